//! The command line of the service: serving, tokens, backups.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use watchkeeper_store::Role;

use super::{Format, StoreAddress};

/// `watchkeeper serve`.
#[derive(Debug, Args)]
#[command(after_help = "Example, at any free port:\n  watchkeeper serve --listen 127.0.0.1:0")]
pub struct Serve {
    /// Where the store is.
    #[command(flatten)]
    pub address: StoreAddress,
    /// Where to listen; another address than this machine's own needs tokens.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: std::net::SocketAddr,
    /// A name by which the server is called, as behind a proxy; may be given more than once.
    #[arg(long = "host", value_name = "NAME")]
    pub hosts: Vec<String>,
    /// How to write the log.
    #[arg(long, value_enum, default_value = "text")]
    pub log: Format,
}

/// `watchkeeper backup` and `watchkeeper restore`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  watchkeeper backup record.backup && watchkeeper restore record.backup --store sqlite:again.db"
)]
pub struct Backup {
    /// The file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Where the store is.
    #[command(flatten)]
    pub address: StoreAddress,
}

/// `watchkeeper token`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  watchkeeper token add desk --role reader")]
pub struct Token {
    /// What to do.
    #[command(subcommand)]
    pub what: TokenCommand,
}

/// What to do with tokens.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make a token and print it, once: only a hash of it is kept.
    Add {
        /// Whose it is.
        #[arg(value_name = "NAME")]
        name: String,
        /// What its bearer may do.
        #[arg(long, value_name = "ROLE", value_parser = role)]
        role: Role,
        /// Where the store is.
        #[command(flatten)]
        address: StoreAddress,
    },
    /// Print whose tokens there are.
    List {
        /// Where the store is.
        #[command(flatten)]
        address: StoreAddress,
    },
    /// Make a token count no more.
    Revoke {
        /// Whose it is.
        #[arg(value_name = "NAME")]
        name: String,
        /// Where the store is.
        #[command(flatten)]
        address: StoreAddress,
    },
}

fn role(word: &str) -> Result<Role, String> {
    Role::parse(word).ok_or_else(|| "expected reader, editor or admin".to_owned())
}
