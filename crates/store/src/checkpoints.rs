//! Checkpoints beside the work: what gathered in the log of a SQLite file is moved into the file by a thread of its own, so
//! that who writes does not stand still meanwhile.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;

/// So often all is moved that is there, while others write.
const BESIDE_WRITERS: usize = 3;
/// A moment in which nobody writes is looked for so often, and after such a pause.
const ROUNDS: usize = 100;
const PAUSE: Duration = Duration::from_millis(5);

/// The thread; it ends with this.
pub struct Checkpoints {
    due: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpoints {
    /// Starts the thread for a file; without it, where it cannot be started, who writes moves more himself.
    pub fn of(path: &Path) -> Self {
        let (due, asked) = sync_channel(1);
        let path = path.to_owned();
        let work = move || {
            // A failure loses nothing: what is in the log stays there, and who writes comes by it too.
            if let Ok(connection) =
                Connection::open(&path).and_then(|it| it.busy_timeout(Duration::ZERO).map(|()| it))
            {
                while asked.recv().is_ok() {
                    move_all(&connection, &asked);
                }
            }
        };
        let thread = std::thread::Builder::new().name("checkpoints".to_owned()).spawn(work).ok();
        Self { due: Some(due), thread }
    }

    /// Asks for a checkpoint.
    pub fn ask(&self) {
        if let Some(due) = &self.due {
            // Where one was asked for already, that will do.
            due.try_send(()).unwrap_or_default();
        }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.due = None;
        drop(self.thread.take().map(JoinHandle::join));
    }
}

fn move_all(connection: &Connection, asked: &Receiver<()>) {
    let leaves_some = |question: &str| connection.query_row(question, [], |row| row.get(0)).unwrap_or(false);
    // Most of it while others write. They add to the log meanwhile, less each time, and it begins anew only when the rest is
    // moved while they are kept from that.
    for _ in 0..BESIDE_WRITERS {
        leaves_some("PRAGMA wal_checkpoint(PASSIVE)");
    }
    for _ in 0..ROUNDS {
        if !leaves_some("PRAGMA wal_checkpoint(RESTART)")
            || asked.recv_timeout(PAUSE) == Err(RecvTimeoutError::Disconnected)
        {
            return;
        }
    }
}
