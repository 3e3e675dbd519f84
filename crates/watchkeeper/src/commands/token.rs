//! `watchkeeper token`: who may call a server.

use std::io::Write;
use std::process::ExitCode;

use jiff::Timestamp;
use watchkeeper_store::Store;

use crate::args::{Token, TokenCommand};
use crate::page::plain;
use crate::serve::access;

/// Adds, lists or revokes tokens.
///
/// # Errors
/// Where the store cannot be read or written, or there is no such token.
pub fn run(arguments: &Token) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    match &arguments.what {
        TokenCommand::Add { name, role, address } => {
            let fits = !name.is_empty() && name.chars().count() <= 80 && !name.chars().any(plain::is_harmful);
            anyhow::ensure!(fits, "a token's name has 1 to 80 characters");
            let token = access::new_token()?;
            let mut store = Store::open(&address.store)?;
            let is_new = store.add_token(name, *role, &access::hash(&token), Timestamp::now())?;
            anyhow::ensure!(is_new, "{name}: there is, or was, a token of that name; choose another");
            writeln!(out, "{token}")?;
        }
        TokenCommand::List { address } => {
            for token in Store::open(&address.store)?.tokens()? {
                let state = token.revoked_at.map_or_else(
                    || format!("since {:.0}", token.created_at),
                    |revoked| format!("revoked {revoked:.0}"),
                );
                writeln!(out, "{:<7} {} {}", token.role.as_str(), plain::one_line(&token.name), state)?;
            }
        }
        TokenCommand::Revoke { name, address } => {
            let is_revoked = Store::open(&address.store)?.revoke_token(name, Timestamp::now())?;
            anyhow::ensure!(is_revoked, "{name}: no such token counts; `watchkeeper token list` shows all");
        }
    }
    Ok(ExitCode::SUCCESS)
}
