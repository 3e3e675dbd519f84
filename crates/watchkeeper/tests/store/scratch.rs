//! Stores of their own for tests, removed in the end, and what is in them.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use postgres::{Client, NoTls};

/// A store of its own for each call.
pub struct Scratch {
    /// Its address, as `--store` takes it.
    pub address: String,
    place: Place,
}

enum Place {
    Folder(PathBuf),
    Database { server: String, name: String },
}

/// What linking makes, all of which can be made anew. The number of a version, which tells when it came, is left out.
const DERIVED: [(&str, &str); 6] = [
    (
        "tellings",
        "version, fact, incident, time_us, country, first_day, last_day, is_long, type, stage, lat, lon, statement,
         fineness, reasons",
    ),
    ("joins", "*"),
    ("incident_keys", "*"),
    ("bands", "band, time_us, version_order"),
    ("repeats", "version, repeats, time_us, dependence, likeness"),
    ("notices", "*"),
];

fn number() -> usize {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    NUMBER.fetch_add(1, Ordering::Relaxed)
}

/// A folder of its own.
pub fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("watchkeeper-trials-{}-{}", std::process::id(), number()));
    std::fs::create_dir_all(&folder).expect("a scratch folder");
    folder
}

impl Scratch {
    /// A SQLite file.
    pub fn sqlite() -> Self {
        Self::at(&folder())
    }

    /// A SQLite file in a folder, which is removed too.
    pub fn at(folder: &Path) -> Self {
        let folder = folder.to_owned();
        Self {
            address: format!("sqlite:{}", folder.join("store.db").display()),
            place: Place::Folder(folder),
        }
    }

    /// A database on the server of the tests, where there is one.
    pub fn postgres() -> Option<Self> {
        let server = std::env::var("WATCHKEEPER_TEST_POSTGRES").ok()?;
        let name = format!("trials_{}_{}", std::process::id(), number());
        let mut client = Client::connect(&server, NoTls).expect("the server of the tests");
        client.batch_execute(&format!("CREATE DATABASE {name}")).expect("a scratch database");
        let (base, _) = server.rsplit_once('/').expect("an address that ends in a database");
        Some(Self { address: format!("{base}/{name}"), place: Place::Database { server, name } })
    }

    /// The file of the store, where it is one.
    pub fn file(&self) -> Option<PathBuf> {
        match &self.place {
            Place::Folder(folder) => Some(folder.join("store.db")),
            Place::Database { .. } => None,
        }
    }

    /// Every row of every derived table, as text.
    pub fn derived(&self) -> Vec<(&'static str, Vec<String>)> {
        DERIVED.iter().map(|&(table, columns)| (table, self.rows(table, columns))).collect()
    }

    /// Runs a statement behind the program's back.
    pub fn run(&self, statement: &str) {
        match self.file() {
            Some(file) => {
                let connection = rusqlite::Connection::open(file).expect("the store's file");
                connection.execute_batch(statement).expect("a statement");
            }
            None => {
                let mut client = Client::connect(&self.address, NoTls).expect("the store's server");
                client.batch_execute(statement).expect("a statement");
            }
        }
    }

    fn rows(&self, table: &str, columns: &str) -> Vec<String> {
        let mut rows = match self.file() {
            Some(file) => {
                let connection = rusqlite::Connection::open(file).expect("the store's file");
                let mut asked =
                    connection.prepare(&format!("SELECT {columns} FROM {table}")).expect("a table");
                let columns = asked.column_count();
                let row = |row: &rusqlite::Row<'_>| {
                    let cells = (0..columns).map(|at| row.get_ref(at).map(|value| format!("{value:?}")));
                    cells.collect::<Result<Vec<_>, _>>().map(|cells| cells.join("|"))
                };
                asked.query_map([], row).expect("rows").collect::<Result<Vec<_>, _>>().expect("rows")
            }
            None => {
                let mut client = Client::connect(&self.address, NoTls).expect("the store's server");
                let question = format!("SELECT t::text FROM (SELECT {columns} FROM {table}) AS t");
                client.query(&question, &[]).expect("rows").iter().map(|row| row.get(0)).collect()
            }
        };
        rows.sort();
        rows
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        match &self.place {
            Place::Folder(folder) => drop(std::fs::remove_dir_all(folder)),
            Place::Database { server, name } => {
                if let Ok(mut client) = Client::connect(server, NoTls) {
                    drop(client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
                }
            }
        }
    }
}

/// Runs a test on each backend that is there.
pub fn on_both(test: impl Fn(fn() -> Scratch)) {
    test(Scratch::sqlite);
    if std::env::var_os("WATCHKEEPER_TEST_POSTGRES").is_some() {
        test(|| Scratch::postgres().expect("the server of the tests"));
    } else {
        println!("skipped on PostgreSQL: WATCHKEEPER_TEST_POSTGRES is not set");
    }
}
