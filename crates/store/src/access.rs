//! Who may ask, and who wrote what: tokens, of which only a hash is kept, and the log of writing calls.

use jiff::Timestamp;

use crate::Store;
use crate::archive::timestamp;
use crate::error::StoreError;
use crate::sql::Value;

/// What a caller may do; each role may do what those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Reads.
    Reader,
    /// Reads, takes reports in and decides.
    Editor,
    /// Does everything, and sees who wrote what.
    Admin,
}

impl Role {
    /// All roles, the least first.
    pub const ALL: [Self; 3] = [Self::Reader, Self::Editor, Self::Admin];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Editor => "editor",
            Self::Admin => "admin",
        }
    }

    /// The role with this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// A token as the store knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Whose it is.
    pub name: String,
    /// What its bearer may do.
    pub role: Role,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when it counts no more.
    pub revoked_at: Option<Timestamp>,
}

/// A call that wrote, or tried to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Counted from 1.
    pub number: i64,
    /// When.
    pub recorded_at: Timestamp,
    /// Who: the token's name, or `local`.
    pub author: String,
    /// In which role.
    pub role: Role,
    /// The method, as `POST`.
    pub method: String,
    /// The path.
    pub path: String,
    /// The status of the answer.
    pub status: u16,
}

const TOKEN_COLUMNS: &str = "name, role, created_us, revoked_us";

impl Store {
    /// Keeps the hash of a new token; `false` where one of that name is there already.
    ///
    /// # Errors
    /// What the database says.
    pub fn add_token(
        &mut self,
        name: &str,
        role: Role,
        hash: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.writing(|sql, _| {
            let changed = sql.run(
                "INSERT INTO tokens (name, role, hash, created_us) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                &[name.into(), role.as_str().into(), hash.into(), now.as_microsecond().into()],
            )?;
            Ok(changed == 1)
        })
    }

    /// All tokens, by name.
    ///
    /// # Errors
    /// What the database says.
    pub fn tokens(&mut self) -> Result<Vec<Token>, StoreError> {
        let question = format!("SELECT {TOKEN_COLUMNS} FROM tokens ORDER BY name");
        self.sql.rows(&question, &[])?.iter().map(token).collect()
    }

    /// The token with this hash, revoked or not.
    ///
    /// # Errors
    /// What the database says.
    pub fn token(&mut self, hash: &str) -> Result<Option<Token>, StoreError> {
        let question = format!("SELECT {TOKEN_COLUMNS} FROM tokens WHERE hash = $1");
        self.sql.rows(&question, &[hash.into()])?.first().map(token).transpose()
    }

    /// Makes a token count no more; `false` where there is none of that name that counts.
    ///
    /// # Errors
    /// What the database says.
    pub fn revoke_token(&mut self, name: &str, now: Timestamp) -> Result<bool, StoreError> {
        self.writing(|sql, _| {
            let changed = sql.run(
                "UPDATE tokens SET revoked_us = $1 WHERE name = $2 AND revoked_us IS NULL",
                &[now.as_microsecond().into(), name.into()],
            )?;
            Ok(changed == 1)
        })
    }

    /// Logs a call; its number is given here.
    ///
    /// # Errors
    /// What the database says.
    pub fn log_call(&mut self, call: &Call) -> Result<(), StoreError> {
        self.writing(|sql, _| {
            sql.run(
                "INSERT INTO calls (number, recorded_us, author, role, method, path, status)
                 SELECT COALESCE(MAX(number), 0) + 1, CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS TEXT),
                        CAST($4 AS TEXT), CAST($5 AS TEXT), CAST($6 AS BIGINT) FROM calls",
                &[
                    call.recorded_at.as_microsecond().into(),
                    (&call.author).into(),
                    call.role.as_str().into(),
                    (&call.method).into(),
                    (&call.path).into(),
                    i64::from(call.status).into(),
                ],
            )
            .map(drop)
        })
    }

    /// Logged calls before a number, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn calls(&mut self, before: Option<i64>, limit: usize) -> Result<Vec<Call>, StoreError> {
        let question = "SELECT number, recorded_us, author, role, method, path, status FROM calls
                        WHERE number < $1 ORDER BY number DESC LIMIT $2";
        let rows = self.sql.rows(question, &[Value::Int(before.unwrap_or(i64::MAX)), limit.into()])?;
        rows.iter()
            .map(|row| {
                Ok(Call {
                    number: row.int(0)?,
                    recorded_at: timestamp(row.int(1)?)?,
                    author: row.text(2)?.to_owned(),
                    role: role(row.text(3)?)?,
                    method: row.text(4)?.to_owned(),
                    path: row.text(5)?.to_owned(),
                    status: u16::try_from(row.int(6)?).unwrap_or(0),
                })
            })
            .collect()
    }
}

fn role(word: &str) -> Result<Role, StoreError> {
    Role::parse(word).ok_or_else(|| StoreError::corrupt(format!("unknown role {word}")))
}

fn token(row: &crate::sql::Row) -> Result<Token, StoreError> {
    Ok(Token {
        name: row.text(0)?.to_owned(),
        role: role(row.text(1)?)?,
        created_at: timestamp(row.int(2)?)?,
        revoked_at: row.int(3).ok().map(timestamp).transpose()?,
    })
}
