//! The knowledge that is embedded in the program, and a user's own.

use std::path::{Path, PathBuf};

use anyhow::Context;
use include_dir::{Dir, include_dir};
use watchkeeper_core::actors::ActorBook;
use watchkeeper_core::clean::Boilerplate;
use watchkeeper_core::knowledge::Knowledge;
use watchkeeper_core::places::{Gazetteer, GazetteerFiles};
use watchkeeper_core::read::fillers::RoleWeights;
use watchkeeper_core::read::frames::FrameBook;
use watchkeeper_core::read::speech::{SpeechBook, SpeechFiles};
use watchkeeper_core::time::{DayBook, DayFiles};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../knowledge");

static GAZETTEER: &[u8] = include_bytes!("../../../models/gazetteer.bin");
const TOPONYM_WEIGHTS: &str = include_str!("../../../models/toponyms.tsv");
const ROLE_WEIGHTS: &str = include_str!("../../../models/roles.tsv");

/// The text of an embedded file.
fn file(path: &str) -> anyhow::Result<&'static str> {
    FILES
        .get_file(path)
        .and_then(include_dir::File::contents_utf8)
        .with_context(|| format!("knowledge/{path} is not embedded: build the program again"))
}

/// The files of an embedded folder with their names, in the order of their names.
fn files_in(folder: &str) -> Vec<(&'static str, &'static str)> {
    let mut files: Vec<(&str, &str)> = FILES
        .get_dir(folder)
        .into_iter()
        .flat_map(Dir::files)
        .filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?)))
        .collect();
    files.sort_unstable();
    files
}

/// All files of an embedded folder and the folders in it, with their names in order.
fn files_below(folder: &str) -> Vec<(&'static str, &'static str)> {
    let mut open: Vec<&Dir<'_>> = FILES.get_dir(folder).into_iter().collect();
    let mut files: Vec<(&str, &str)> = Vec::new();
    while let Some(dir) = open.pop() {
        files.extend(dir.files().filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?))));
        open.extend(dir.dirs());
    }
    files.sort_unstable();
    files
}

/// Folders with knowledge of the user's own, which goes before what is embedded.
#[derive(Clone, Copy, Debug, Default)]
pub struct Own<'a> {
    /// Frames, of the form of `knowledge/frames`.
    pub frames: Option<&'a Path>,
    /// Tables of actors, of the form of `knowledge/actors`.
    pub actors: Option<&'a Path>,
}

/// Everything that the reader knows beforehand, with the user's own.
///
/// # Errors
/// Where a file cannot be read or understood; the message names the file and the entry.
pub fn load(own: Own<'_>) -> anyhow::Result<Knowledge> {
    let frames = own.frames.map(|folder| texts_in(folder, "toml", "frames")).transpose()?.unwrap_or_default();
    let own_frames = frames.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let speech = SpeechBook::parse(&SpeechFiles {
        verbs: file("speech/verbs.toml")?,
        nouns: file("speech/nouns.toml")?,
        adjectives: file("speech/adjectives.toml")?,
        roles: file("speech/roles.toml")?,
    })?;
    let boilerplate = boilerplate()?;
    let frames = FrameBook::parse(files_in("frames").into_iter().chain(own_frames))?;
    let events =
        [("frames/classes.toml", file("frames/classes.toml")?)].into_iter().chain(files_in("events"));
    let events = FrameBook::parse(events)?;
    let actors = actors(own.actors)?;
    let roles = RoleWeights::parse(ROLE_WEIGHTS)?;
    Ok(Knowledge { boilerplate, frames, events, speech, actors, places: places()?, days: days()?, roles })
}

/// Lines that are furniture of pages.
///
/// # Errors
/// Where a file cannot be understood; the message names the file and the entry.
pub fn boilerplate() -> anyhow::Result<Boilerplate> {
    Ok(Boilerplate::parse(files_in("boilerplate"))?)
}

/// The actor book: every table of `knowledge/actors` and of a folder of the user's own, which goes last.
///
/// # Errors
/// Where a table cannot be read or understood; the message names the table and the line.
pub fn actors(own: Option<&Path>) -> anyhow::Result<ActorBook> {
    let own = own.map(|folder| texts_in(folder, "tsv", "actors")).transpose()?.unwrap_or_default();
    let own = own.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let tables: Vec<(&str, &str)> = files_below("actors").into_iter().chain(own).collect();
    Ok(ActorBook::parse(&tables)?)
}

/// The files of a folder that have this extension with their names, in the order of their names.
fn texts_in(folder: &Path, extension: &str, what: &str) -> anyhow::Result<Vec<(String, String)>> {
    let about = || format!("{}: cannot be read as a folder of {what}", folder.display());
    let entries = std::fs::read_dir(folder).with_context(about)?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<PathBuf>>>();
    let mut paths = paths.with_context(about)?;
    paths.retain(|path| path.extension().is_some_and(|found| found == extension));
    paths.sort();
    anyhow::ensure!(
        !paths.is_empty(),
        "{}: holds no {what}; a file of {what} ends in .{extension}",
        folder.display()
    );
    let text = |path: PathBuf| {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(&path).with_context(|| format!("{name}: cannot be read"))?;
        Ok((name, text))
    };
    paths.into_iter().map(text).collect()
}

/// The gazetteer: the compiled index and every table of `knowledge/places`.
///
/// # Errors
/// Where a table cannot be understood; the message names the table and the line.
pub fn places() -> anyhow::Result<Gazetteer> {
    let mut tables = files_in("places");
    tables.retain(|(path, _)| path.ends_with(".tsv"));
    Ok(Gazetteer::load(&GazetteerFiles {
        index: GAZETTEER,
        tables: &tables,
        words: file("places/words.toml")?,
        demonyms: file("places/demonyms.toml")?,
        weights: TOPONYM_WEIGHTS,
    })?)
}

/// The days that have names.
///
/// # Errors
/// Where a file cannot be understood; the message names the file and the entry.
pub fn days() -> anyhow::Result<DayBook> {
    Ok(DayBook::parse(&DayFiles { days: file("time/days.toml")?, names: file("time/names.toml")? })?)
}
