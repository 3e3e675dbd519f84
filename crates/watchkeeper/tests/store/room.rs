//! Disks that are full or cannot be written, and files that are no store or no longer one.

use std::path::{Path, PathBuf};
use std::process::Command;

use watchkeeper_store::{Filter, Store};

use super::runs::{Undisturbed, assert_one_line, begin, complete, program};
use super::scratch::{Scratch, folder};
use super::streams::{Numbers, feed, now, streams};

/// A file system of its own in memory.
struct Disk(PathBuf);

impl Disk {
    /// Mounts one, which takes root.
    fn mount(kilobytes: usize) -> Option<Self> {
        let disk = Self(folder());
        disk.run(&["-t", "tmpfs", "-o", &format!("size={kilobytes}k"), "tmpfs"]).then_some(disk)
    }

    fn run(&self, arguments: &[&str]) -> bool {
        let done = Command::new("mount").args(arguments).arg(&self.0).output();
        done.is_ok_and(|output| output.status.success())
    }

    fn remount(&self, options: &str) {
        assert!(self.run(&["-o", &format!("remount,{options}")]), "remounted with {options}");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg(&self.0).output());
        drop(std::fs::remove_dir(&self.0));
    }
}

#[test]
fn a_full_disk_is_one_line_and_loses_nothing() {
    let undisturbed = Undisturbed::new(Scratch::sqlite);
    let mut failed = 0;
    for kilobytes in [64, 300, 700, 1_500, 3_000, 4_500] {
        let Some(disk) = Disk::mount(kilobytes) else {
            println!("skipped: no file system can be mounted here");
            return;
        };
        let scratch = Scratch::at(&disk.0);
        let output = begin(&scratch.address).wait_with_output().expect("the program ends");
        if output.status.success() {
            continue;
        }
        failed += 1;
        assert_one_line(&output, "disk is full");
        disk.remount("size=64m");
        if scratch.file().is_some_and(|file| file.exists()) {
            let connection = rusqlite::Connection::open(scratch.file().expect("a file")).expect("opened");
            let verdict: String =
                connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("checked");
            assert_eq!(verdict, "ok", "{kilobytes} kB");
            let audit = program(&["audit", "--store", &scratch.address]);
            assert!(audit.status.success(), "{kilobytes} kB: {}", String::from_utf8_lossy(&audit.stdout));
        }
        complete(&scratch.address);
        undisturbed.assert_same(&scratch, &format!("after {kilobytes} kB"));
    }
    assert!(failed > 3, "{failed}");
}

#[test]
fn a_disk_that_cannot_be_written_is_one_line() {
    let Some(disk) = Disk::mount(64_000) else {
        println!("skipped: no file system can be mounted here");
        return;
    };
    disk.remount("ro");
    let scratch = Scratch::at(&disk.0);
    let run = |what: &str| {
        assert_one_line(&begin(&scratch.address).wait_with_output().expect("the program ends"), what);
    };
    run("cannot open the store");
    disk.remount("rw");
    complete(&scratch.address);
    disk.remount("ro");
    run("cannot open the store");
}

#[test]
fn what_is_no_store_is_one_line() {
    let folder = folder();
    let name = |path: &Path| format!("sqlite:{}", path.display());
    let refused = |address: &str, words: &str| {
        assert_one_line(&begin(address).wait_with_output().expect("the program ends"), words);
        assert_one_line(&program(&["record", "--store", address]), words);
        assert_one_line(&program(&["audit", "--store", address]), words);
    };
    refused(&name(&folder), "it is a folder");
    refused(&name(&folder.join("none/store.db")), "cannot open the store");
    let text = folder.join("notes.txt");
    std::fs::write(&text, "These are notes, not a store.\n".repeat(400)).expect("written");
    refused(&name(&text), "not a database");
    refused("postgres://watchkeeper@127.0.0.1:1/none", "cannot open the store");
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn a_damaged_file_is_an_error_not_a_fault() {
    let scratch = Scratch::sqlite();
    let streams = streams();
    feed(&scratch.address, streams.iter().flat_map(|stream| &stream.readings), 256).settle().expect("linked");
    let file = scratch.file().expect("a file");
    let whole = std::fs::read(&file).expect("read");
    let mut numbers = Numbers(9);
    let (mut refused, mut found) = (0, 0);
    for _ in 0..60 {
        let mut bytes = whole.clone();
        // Much of a small file is room in pages, where no damage can be seen.
        let mut at = numbers.below(bytes.len() - 600);
        while bytes[at..at + 600].iter().filter(|byte| **byte == 0).count() > 300 {
            at = numbers.below(bytes.len() - 600);
        }
        bytes[at..at + 600].iter_mut().for_each(|byte| *byte = numbers.below(256) as u8);
        std::fs::write(&file, &bytes).expect("written");
        // Whatever comes of it, it is an answer: an error of one line, or findings of the audit.
        let asked = || -> Result<usize, watchkeeper_store::StoreError> {
            let mut store = Store::open(&scratch.address)?;
            let (_, failures) = store.audit()?;
            store.record(now(), None, &Filter::default())?;
            Ok(failures.len())
        };
        match asked() {
            Ok(failures) => found += usize::from(failures > 0),
            Err(error) => {
                refused += 1;
                assert_eq!(error.to_string().lines().count(), 1, "{error}");
            }
        }
    }
    assert!(refused > 10 && refused + found > 20, "{refused} refused, {found} found by the audit");
}
