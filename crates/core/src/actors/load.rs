//! The book made of its tables.

use smol_str::SmolStr;

use super::book::{ActorBook, ActorId, NameRef, Row, RowName, Term};
use super::kind::{ActorKind, NameKind};
use super::names::{Trie, Words};
use super::table::{self, ActorError, ActorExample, Column, Confidence, Line};
use super::words::{name_words, sound};
use crate::reading::{Country, DateRange};

/// A row's links, as keys, until all rows are known.
struct Links {
    row: u32,
    part_of: SmolStr,
    split_from: SmolStr,
    file: usize,
    line: usize,
}

/// A term of office, as keys, until all rows are known.
struct OpenTerm {
    of: SmolStr,
    office: SmolStr,
    person: u32,
    held: DateRange,
    confidence: Confidence,
    file: usize,
    line: usize,
}

#[derive(Default)]
struct Loading {
    book: ActorBook,
    links: Vec<Links>,
    terms: Vec<OpenTerm>,
}

impl ActorBook {
    /// The book of these tables (file name and text). A later line with the key of an earlier one adds to it and
    /// replaces what it names anew, so that a user's own files go last.
    ///
    /// # Errors
    /// Where a table cannot be understood; the message names the file and the line.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, ActorError> {
        let mut loading = Loading::default();
        let by = |column: Column| {
            files.iter().enumerate().filter(move |(_, f)| table::columns(f.1).contains(&column))
        };
        for (_, (file, text)) in by(Column::Spellings) {
            table::read(file, text, |line| {
                let spellings: Vec<SmolStr> = line.list(Column::Spellings).flat_map(name_words).collect();
                loading.book.words.unite(spellings.iter().map(SmolStr::as_str));
                Ok(())
            })?;
        }
        for (_, (file, text)) in by(Column::Phrases) {
            let ActorBook { functions, words, .. } = &mut loading.book;
            table::read(file, text, |line| functions.add(line, words))?;
        }
        for (number, (file, text)) in files.iter().enumerate() {
            let columns = table::columns(text);
            if columns.contains(&Column::Spellings) || columns.contains(&Column::Phrases) {
                continue;
            }
            let term = columns.contains(&Column::Office);
            table::read(file, text, |line| {
                if term { loading.add_term(line, number) } else { loading.add_actor(line, number) }
            })?;
        }
        loading.finish(files)
    }

    /// The examples of these tables.
    ///
    /// # Errors
    /// Where one has not three cells or its date cannot be read.
    pub fn examples(files: &[(&str, &str)]) -> Result<Vec<ActorExample>, ActorError> {
        let mut found = Vec::new();
        for (file, text) in files {
            found.extend(table::examples(file, text)?);
        }
        Ok(found)
    }
}

impl Loading {
    fn add_actor(&mut self, line: &Line<'_>, file: usize) -> Result<(), String> {
        let row = self.row(line.cell(Column::Id), line)?;
        let dates = line.dates()?;
        let country = country(line)?;
        let actor = &mut self.book.rows[row as usize];
        if let Some(kind) = kind(line)? {
            actor.kind = kind;
        }
        actor.country = country.or(actor.country);
        actor.active.start = dates.start.or(actor.active.start);
        actor.active.end = dates.end.or(actor.active.end);
        if !line.cell(Column::Cameo).is_empty() {
            actor.cameo = SmolStr::new(line.cell(Column::Cameo));
        }
        for (column, kind) in [
            (Column::Official, NameKind::Official),
            (Column::Aliases, NameKind::Alias),
            (Column::Adjectives, NameKind::Adjective),
            (Column::People, NameKind::People),
            (Column::Capital, NameKind::Capital),
        ] {
            line.list(column).for_each(|text| add_name(actor, text, kind));
        }
        let (part_of, split_from) = (line.cell(Column::PartOf), line.cell(Column::SplitFrom));
        if !part_of.is_empty() || !split_from.is_empty() {
            self.links.push(Links {
                row,
                part_of: SmolStr::new(part_of),
                split_from: SmolStr::new(split_from),
                file,
                line: line.number,
            });
        }
        Ok(())
    }

    /// The row of a key, made new where it is new; its name goes first.
    fn row(&mut self, key: &str, line: &Line<'_>) -> Result<u32, String> {
        let well_formed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '.';
        if key.is_empty() || !key.chars().all(well_formed) {
            return Err(format!("{key:?} is no key; write small letters, digits and _"));
        }
        let name = line.cell(Column::Name);
        if let Some(&row) = self.book.keys.get(key) {
            if !name.is_empty() {
                let names = &mut self.book.rows[row as usize].names;
                names.retain(|known| known.text != name);
                names.insert(0, plain(name, NameKind::Main));
            }
            return Ok(row);
        }
        if name.is_empty() {
            return Err(format!("{key} has no name"));
        }
        Ok(self.push(key, name, kind(line)?.unwrap_or(ActorKind::ArmedGroup)))
    }

    fn push(&mut self, key: &str, name: &str, kind: ActorKind) -> u32 {
        let row = self.book.rows.len() as u32;
        let mut actor = Row {
            key: SmolStr::new(key),
            kind,
            names: Vec::new(),
            country: None,
            cameo: SmolStr::default(),
            part_of: None,
            split_from: None,
            active: DateRange { start: None, end: None },
        };
        add_name(&mut actor, name, NameKind::Main);
        self.book.rows.push(actor);
        self.book.keys.insert(SmolStr::new(key), row);
        row
    }

    fn add_term(&mut self, line: &Line<'_>, file: usize) -> Result<(), String> {
        let name = line.cell(Column::Name);
        let key = name_words(name).join("_");
        if key.is_empty() {
            return Err("a term of office without a name".to_owned());
        }
        let known = self.book.keys.get(key.as_str()).copied();
        let person = known.unwrap_or_else(|| self.push(&key, name, ActorKind::Person));
        if self.book.rows[person as usize].kind != ActorKind::Person {
            return Err(format!("{key} is the key of something that is no person"));
        }
        let actor = &mut self.book.rows[person as usize];
        line.list(Column::Aliases).for_each(|text| add_name(actor, text, NameKind::Alias));
        let confidence = match line.cell(Column::Confidence) {
            "" => Confidence::High,
            word => Confidence::parse(word).ok_or_else(|| format!("{word:?} is no confidence"))?,
        };
        self.terms.push(OpenTerm {
            of: SmolStr::new(line.cell(Column::Of)),
            office: SmolStr::new(line.cell(Column::Office)),
            person,
            held: line.dates()?,
            confidence,
            file,
            line: line.number,
        });
        Ok(())
    }

    fn finish(mut self, files: &[(&str, &str)]) -> Result<ActorBook, ActorError> {
        let wrong = |file: usize, line: usize, what: String| ActorError {
            file: files.get(file).map_or(String::new(), |(name, _)| (*name).to_owned()),
            line,
            what,
        };
        for links in &self.links {
            let find =
                |key: &SmolStr| match key.as_str() {
                    "" => Ok(None),
                    key => self.book.by_key(key).map(Some).ok_or_else(|| {
                        wrong(links.file, links.line, format!("no actor has the key {key:?}"))
                    }),
                };
            let (part_of, split_from) = (find(&links.part_of)?, find(&links.split_from)?);
            let row = &mut self.book.rows[links.row as usize];
            row.part_of = part_of.or(row.part_of);
            row.split_from = split_from.or(row.split_from);
        }
        self.inherit();
        for term in &self.terms {
            let key = format!("{}.{}", term.of, term.office);
            let office = self
                .book
                .by_key(&key)
                .ok_or_else(|| wrong(term.file, term.line, format!("no office has the key {key:?}")))?;
            let at = self.book.terms.len() as u32;
            let person = ActorId::of_row(term.person);
            self.book.terms_in.entry(office).or_default().push(at);
            self.book.terms_of.entry(person).or_default().push(at);
            self.book.terms.push(Term { person, office, held: term.held, confidence: term.confidence });
        }
        self.surnames();
        index(&mut self.book);
        Ok(self.book)
    }

    /// A body whose key begins with that of a state is a part of it where nothing else is said.
    fn inherit(&mut self) {
        for row in 0..self.book.rows.len() {
            let key = self.book.rows[row].key.clone();
            let owner = key.split_once('.').and_then(|(owner, _)| self.book.keys.get(owner).copied());
            if let Some(owner) = owner {
                let (country, part_of) = (self.book.rows[owner as usize].country, ActorId::of_row(owner));
                let actor = &mut self.book.rows[row];
                actor.country = actor.country.or(country);
                actor.part_of = actor.part_of.or(Some(part_of));
            }
        }
    }

    /// People are called by the last word of their name, where the tables give nothing else.
    fn surnames(&mut self) {
        for row in self.book.rows.iter_mut().filter(|row| row.kind == ActorKind::Person) {
            if row.names.iter().any(|name| name.kind == NameKind::Surname) {
                continue;
            }
            let surname = surname(row.name()).map(|text| plain(text, NameKind::Surname));
            row.names.extend(surname);
        }
    }
}

/// The last word of a name with the particles before it; nothing where it is a single word or a number.
fn surname(name: &str) -> Option<&str> {
    const PARTICLES: [&str; 16] = [
        "van", "von", "der", "de", "den", "bin", "ibn", "di", "da", "dos", "do", "ould", "la", "du", "del",
        "ter",
    ];
    let (before, _) = name.rsplit_once(' ')?;
    let mut start = before.len() + 1;
    let numeral = name[start..].chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    for word in before.split(' ').skip(1).collect::<Vec<_>>().into_iter().rev() {
        if !PARTICLES.contains(&word.to_lowercase().as_str()) {
            break;
        }
        start -= word.len() + 1;
    }
    (!numeral).then(|| &name[start..])
}

fn kind(line: &Line<'_>) -> Result<Option<ActorKind>, String> {
    match line.cell(Column::Kind) {
        "" => Ok(None),
        word => {
            ActorKind::parse(word).map(Some).ok_or_else(|| format!("no kind of actor is called {word:?}"))
        }
    }
}

fn country(line: &Line<'_>) -> Result<Option<Country>, String> {
    match line.cell(Column::Country) {
        "" => Ok(None),
        code => Country::parse(code).map(Some).ok_or_else(|| format!("{code:?} is no country code")),
    }
}

/// Adds a name as the tables write it: see [`Column::Aliases`].
fn add_name(row: &mut Row, written: &str, kind: NameKind) {
    if let Some(gone) = written.strip_prefix('-') {
        row.names.retain(|name| name.text != gone);
        return;
    }
    let (written, kind) = match written.strip_prefix('=') {
        Some(short) => (short, NameKind::Surname),
        None => (written, kind),
    };
    let text = written.trim_end_matches(['?', '!']);
    let (weak, strict) = (written.ends_with('?'), written[text.len()..].contains('!'));
    let kind = match kind {
        NameKind::Alias | NameKind::Main if is_acronym(text) => NameKind::Acronym,
        kind => kind,
    };
    if !row.names.iter().any(|name| name.text == text) {
        row.names.push(RowName { weak, strict, ..plain(text, kind) });
    }
}

fn plain(text: &str, kind: NameKind) -> RowName {
    RowName { text: SmolStr::new(text), kind, weak: false, strict: false }
}

/// Whether a name is written as abbreviations are: one word, more capitals and digits than small letters.
fn is_acronym(name: &str) -> bool {
    let (upper, lower) = name.chars().fold((0, 0), |(upper, lower), c| {
        (upper + usize::from(c.is_uppercase() || c.is_ascii_digit()), lower + usize::from(c.is_lowercase()))
    });
    !name.contains(' ') && upper > 1 && upper > lower
}

fn index(book: &mut ActorBook) {
    let ActorBook { rows, words, names, sounds, sounding, .. } = book;
    for (number, row) in rows.iter().enumerate() {
        for (at, name) in row.names.iter().enumerate() {
            let reference = NameRef { row: number as u32, name: at as u16 };
            let folded = name_words(&name.text);
            insert(names, words, &folded, reference);
            let sounds_alike = matches!(row.kind, ActorKind::Person | ActorKind::ArmedGroup)
                && matches!(name.kind, NameKind::Main | NameKind::Alias);
            if sounds_alike && folded.iter().map(|word| word.len()).sum::<usize>() > 6 {
                let folded: Vec<SmolStr> = folded.iter().map(|word| sound(word)).collect();
                insert(sounding, sounds, &folded, reference);
            }
        }
    }
}

fn insert(trie: &mut Trie<NameRef>, words: &mut Words, folded: &[SmolStr], name: NameRef) {
    trie.insert(folded.iter().map(|word| words.intern(word)), name);
}
