//! Searches that people keep.

use jiff::Timestamp;

use crate::Store;
use crate::archive::timestamp;
use crate::error::StoreError;

/// A search that somebody keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The filters, as the query of an address.
    pub query: String,
    /// Who keeps it.
    pub author: String,
    /// When it was saved.
    pub recorded_at: Timestamp,
}

impl Store {
    /// Keeps a search.
    ///
    /// # Errors
    /// What the database says.
    pub fn save_search(&mut self, search: &SavedSearch) -> Result<(), StoreError> {
        self.writing(|sql, _| {
            sql.run(
                "INSERT INTO searches (id, name, query, author, recorded_us) VALUES ($1, $2, $3, $4, $5)",
                &[
                    (&search.id).into(),
                    (&search.name).into(),
                    (&search.query).into(),
                    (&search.author).into(),
                    search.recorded_at.as_microsecond().into(),
                ],
            )
            .map(drop)
        })
    }

    /// The searches of an author, the oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn searches(&mut self, author: &str) -> Result<Vec<SavedSearch>, StoreError> {
        let question = "SELECT id, name, query, author, recorded_us FROM searches WHERE author = $1
                        ORDER BY recorded_us, id";
        let rows = self.sql.rows(question, &[author.into()])?;
        rows.iter()
            .map(|row| {
                Ok(SavedSearch {
                    id: row.text(0)?.to_owned(),
                    name: row.text(1)?.to_owned(),
                    query: row.text(2)?.to_owned(),
                    author: row.text(3)?.to_owned(),
                    recorded_at: timestamp(row.int(4)?)?,
                })
            })
            .collect()
    }

    /// Forgets a search; `false` where the author keeps none of that id.
    ///
    /// # Errors
    /// What the database says.
    pub fn forget_search(&mut self, author: &str, id: &str) -> Result<bool, StoreError> {
        self.writing(|sql, _| {
            let question = "DELETE FROM searches WHERE author = $1 AND id = $2";
            sql.run(question, &[author.into(), id.into()]).map(|changed| changed == 1)
        })
    }
}
