//! What the store asks of a database: the two backends differ in nothing else.
//!
//! Statements are written once, in the SQL that both understand, with parameters `$1`, `$2`, … that first appear
//! in that order.

use crate::error::StoreError;

/// A value that goes into a statement or comes out of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// SQL NULL.
    Null,
    /// BIGINT.
    Int(i64),
    /// DOUBLE PRECISION.
    Real(f64),
    /// TEXT.
    Text(String),
    /// BYTEA.
    Blob(Vec<u8>),
}

macro_rules! value_from {
    ($($from:ty => |$v:ident| $make:expr;)+) => {
        $(impl From<$from> for Value {
            fn from($v: $from) -> Self {
                $make
            }
        })+
    };
}

value_from! {
    i64 => |v| Self::Int(v);
    usize => |v| Self::Int(i64::try_from(v).unwrap_or(i64::MAX));
    f64 => |v| Self::Real(v);
    &str => |v| Self::Text(v.to_owned());
    String => |v| Self::Text(v);
    &String => |v| Self::Text(v.clone());
    Vec<u8> => |v| Self::Blob(v);
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(v: Option<T>) -> Self {
        v.map_or(Self::Null, Into::into)
    }
}

/// One row of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Row(pub Vec<Value>);

impl Row {
    /// The text in a column.
    ///
    /// # Errors
    /// Where the column holds something else.
    pub fn text(&self, column: usize) -> Result<&str, StoreError> {
        match self.0.get(column) {
            Some(Value::Text(text)) => Ok(text),
            other => {
                Err(StoreError::corrupt(format!("column {column} holds {} where text was due", kind(other))))
            }
        }
    }

    /// The text in a column, if any.
    pub fn text_or_null(&self, column: usize) -> Option<&str> {
        match self.0.get(column) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The number in a column.
    ///
    /// # Errors
    /// Where the column holds something else.
    pub fn int(&self, column: usize) -> Result<i64, StoreError> {
        match self.0.get(column) {
            Some(Value::Int(number)) => Ok(*number),
            other => Err(StoreError::corrupt(format!(
                "column {column} holds {} where a number was due",
                kind(other)
            ))),
        }
    }

    /// The index in a column.
    ///
    /// # Errors
    /// Where the column holds something else.
    pub fn index(&self, column: usize) -> Result<usize, StoreError> {
        let number = self.int(column)?;
        usize::try_from(number).map_err(|_| {
            StoreError::corrupt(format!("column {column} holds {number} where an index was due"))
        })
    }

    /// The real number in a column.
    ///
    /// # Errors
    /// Where the column holds something else.
    pub fn real(&self, column: usize) -> Result<f64, StoreError> {
        match self.0.get(column) {
            Some(Value::Real(number)) => Ok(*number),
            other => Err(StoreError::corrupt(format!(
                "column {column} holds {} where a real number was due",
                kind(other)
            ))),
        }
    }

    /// The bytes in a column.
    ///
    /// # Errors
    /// Where the column holds something else.
    pub fn blob(&self, column: usize) -> Result<&[u8], StoreError> {
        match self.0.get(column) {
            Some(Value::Blob(bytes)) => Ok(bytes),
            other => Err(StoreError::corrupt(format!(
                "column {column} holds {} where bytes were due",
                kind(other)
            ))),
        }
    }
}

fn kind(value: Option<&Value>) -> &'static str {
    match value {
        None => "nothing",
        Some(Value::Null) => "NULL",
        Some(Value::Int(_)) => "a number",
        Some(Value::Real(_)) => "a real number",
        Some(Value::Text(_)) => "text",
        Some(Value::Blob(_)) => "bytes",
    }
}

/// How a database keeps and finds the words of texts. They come reduced to their stems, so that both find the same.
#[derive(Clone, Copy, Debug)]
pub struct FullText {
    /// Lays out the table `text_words`.
    pub layout: &'static str,
    /// Sets how often its parts are merged, where it has any: seldom, since most words are written once and never looked for.
    pub merging: &'static str,
    /// Puts in `$2`, words with spaces between, as those of the version of number `$1`.
    pub insert: &'static str,
    /// Takes out the words of the version of number `$1`.
    pub delete: &'static str,
    /// The numbers of the versions that have all words of the parameter in place of `?`.
    pub find: &'static str,
    /// What stands around each word in that parameter.
    pub quote: char,
    /// What stands between the words in that parameter.
    pub and: &'static str,
}

/// What the two backends call by different names.
#[derive(Clone, Copy, Debug)]
pub struct Dialect {
    /// A primary key that counts the rows.
    pub counted: &'static str,
    /// Keeps the rows of a table in its primary key's index alone, where that can be had.
    pub clustered: &'static str,
    /// The full-text index.
    pub full_text: FullText,
}

/// A connection to a database.
pub trait Sql: Send {
    /// What the backend calls what the other calls by another name.
    fn dialect(&self) -> Dialect;

    /// Runs statements without parameters, separated by semicolons.
    ///
    /// # Errors
    /// What the database says.
    fn batch(&mut self, statements: &str) -> Result<(), StoreError>;

    /// Runs one statement; the number of rows that it changed.
    ///
    /// # Errors
    /// What the database says.
    fn run(&mut self, statement: &str, parameters: &[Value]) -> Result<u64, StoreError>;

    /// Asks one question.
    ///
    /// # Errors
    /// What the database says.
    fn rows(&mut self, question: &str, parameters: &[Value]) -> Result<Vec<Row>, StoreError>;

    /// Takes the one writer's place until the transaction ends.
    ///
    /// # Errors
    /// What the database says.
    fn begin_writing(&mut self) -> Result<(), StoreError>;

    /// Ends the transaction: all of it is kept.
    ///
    /// # Errors
    /// What the database says.
    fn commit(&mut self) -> Result<(), StoreError> {
        self.batch("COMMIT")
    }

    /// Makes the database's files anew, without what was deleted.
    ///
    /// # Errors
    /// What the database says.
    fn cleanse(&mut self) -> Result<(), StoreError>;

    /// Looks through the database's own structure.
    ///
    /// # Errors
    /// Where it is damaged.
    fn check(&mut self) -> Result<(), StoreError>;

    /// Begins a transaction that only reads, all of it the same state.
    ///
    /// # Errors
    /// What the database says.
    fn begin_reading(&mut self) -> Result<(), StoreError>;
}
