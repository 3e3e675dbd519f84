//! A PostgreSQL server of its own for a test that stops it.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use postgres::{Client, NoTls};

use super::scratch::folder;

/// The user as whom the server runs where the tests run as root, whom it refuses.
const NOBODY: u32 = 65_534;

/// A server and its folder.
pub struct Server {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
}

impl Server {
    /// Starts one, where `WATCHKEEPER_TEST_POSTGRES_BIN` tells where its programs are.
    pub fn start() -> Option<Self> {
        let programs = PathBuf::from(std::env::var_os("WATCHKEEPER_TEST_POSTGRES_BIN")?);
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("a port").port();
        drop(listener);
        let folder = folder();
        if is_root() {
            std::os::unix::fs::chown(&folder, Some(NOBODY), None).expect("given away");
        }
        let server = Self { programs, folder, port };
        server.run("initdb", &["-U", "watchkeeper", "-A", "trust", "-E", "UTF8", "--locale=C"]);
        server.restart();
        Some(server)
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let mut command = Command::new(self.programs.join(program));
        if is_root() {
            std::os::unix::process::CommandExt::uid(&mut command, NOBODY);
        }
        let data = self.folder.join("data");
        let status = command
            .arg("-D")
            .arg(&data)
            .args(arguments)
            .current_dir(&self.folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        assert!(status.expect("the server's programs run").success(), "{program} failed");
    }

    /// Stops it as a crash would.
    pub fn stop(&mut self) {
        self.run("pg_ctl", &["-m", "immediate", "stop"]);
    }

    /// Starts it again.
    pub fn restart(&self) {
        let options = format!("-h 127.0.0.1 -p {} -k ''", self.port);
        let log = self.folder.join("log");
        self.run("pg_ctl", &["-w", "-o", &options, "-l", &log.to_string_lossy(), "start"]);
    }

    fn address(&self, database: &str) -> String {
        format!("postgres://watchkeeper@127.0.0.1:{}/{database}", self.port)
    }

    /// The address of a new database.
    pub fn database(&self, name: &str) -> String {
        let mut client = Client::connect(&self.address("postgres"), NoTls).expect("the server");
        client.batch_execute(&format!("CREATE DATABASE {name}")).expect("a database");
        self.address(name)
    }

    /// How many versions a store there holds; none where it is not laid out yet.
    pub fn versions(&self, address: &str) -> i64 {
        let mut client = Client::connect(address, NoTls).expect("the server");
        client.query_one("SELECT COUNT(*) FROM versions", &[]).map_or(0, |row| row.get(0))
    }
}

fn is_root() -> bool {
    std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").expect("a process")) == 0
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.folder.join("data");
        if data.join("postmaster.pid").exists() {
            self.run("pg_ctl", &["-m", "immediate", "stop"]);
        }
        drop(std::fs::remove_dir_all(&self.folder));
    }
}
