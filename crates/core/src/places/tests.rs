//! Toponyms in sentences of our own, with names as a recogniser gives them.

use crate::analysis::{Analysis, Annotate, Parsed, ParsedName, ParsedToken};
use crate::document::{Capture, Document};
use crate::grammar::{Dep, NameLabel, Pos};
use crate::places::{Gazetteer, GazetteerFiles, explain, find};
use crate::reading::{Country, Place, Precision};
use crate::text::Span;

static INDEX: &[u8] = include_bytes!("../../../../models/gazetteer.bin");
const TABLES: &[(&str, &str)] = &[
    ("countries.tsv", include_str!("../../../../knowledge/places/countries.tsv")),
    ("cities.tsv", include_str!("../../../../knowledge/places/cities.tsv")),
    ("states.tsv", include_str!("../../../../knowledge/places/states.tsv")),
    ("regions.tsv", include_str!("../../../../knowledge/places/regions.tsv")),
    ("waters.tsv", include_str!("../../../../knowledge/places/waters.tsv")),
    ("lands.tsv", include_str!("../../../../knowledge/places/lands.tsv")),
    ("airports.tsv", include_str!("../../../../knowledge/places/airports.tsv")),
    ("facilities.tsv", include_str!("../../../../knowledge/places/facilities.tsv")),
    ("districts.tsv", include_str!("../../../../knowledge/places/districts.tsv")),
];

const FILES: GazetteerFiles<'static> = GazetteerFiles {
    index: INDEX,
    tables: TABLES,
    words: include_str!("../../../../knowledge/places/words.toml"),
    demonyms: include_str!("../../../../knowledge/places/demonyms.toml"),
    weights: include_str!("../../../../models/toponyms.tsv"),
};

fn gazetteer() -> Gazetteer {
    Gazetteer::load(&FILES).expect("the gazetteer loads")
}

/// Words parted at spaces and punctuation; capitals are proper nouns; names are given by their words.
struct Plain(&'static [(&'static str, NameLabel)]);

impl Annotate for Plain {
    fn annotate(&self, paragraphs: &[&str]) -> Vec<Parsed> {
        paragraphs.iter().map(|text| self.paragraph(text)).collect()
    }
}

impl Plain {
    fn paragraph(&self, text: &str) -> Parsed {
        let tokens = tokens(text);
        let names = self
            .0
            .iter()
            .flat_map(|(words, label)| {
                let at = text.find(words)?;
                let start = tokens.iter().position(|token| token.span.start == at)?;
                let end = tokens.iter().position(|token| token.span.end == at + words.len())? + 1;
                Some(ParsedName { tokens: Span::new(start, end), label: *label })
            })
            .collect();
        Parsed { tokens, names }
    }
}

fn tokens(text: &str) -> Vec<ParsedToken> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices() {
        if letter.is_alphanumeric() || letter == '.' && text[at + 1..].starts_with(char::is_alphanumeric) {
            start.get_or_insert(at);
            continue;
        }
        spans.extend(start.take().map(|start| (start, at)));
        if !letter.is_whitespace() {
            spans.push((at, at + letter.len_utf8()));
        }
    }
    spans.extend(start.map(|start| (start, text.len())));
    let mut begins = true;
    spans
        .iter()
        .enumerate()
        .map(|(number, &(start, end))| {
            let word = &text[start..end];
            let capital = word.starts_with(char::is_uppercase);
            let pos = match word {
                "." | "," | "-" | "—" => Pos::Punct,
                _ if capital => Pos::Propn,
                _ => Pos::Noun,
            };
            let sentence_start = std::mem::replace(&mut begins, word == ".");
            ParsedToken {
                span: Span::new(start, end),
                lemma: word.into(),
                pos,
                tag: if capital { "NNP" } else { "NN" }.into(),
                dep: Dep::Dep,
                head: number,
                sentence_start,
                space_after: text[end..].starts_with(' '),
            }
        })
        .collect()
}

fn places(text: &str, names: &'static [(&'static str, NameLabel)]) -> Vec<(String, Place)> {
    let capture = Capture { text: text.to_owned(), ..Capture::default() };
    let document: Document = crate::clean::clean(capture, &Default::default());
    let analysis = Analysis::of(&document, &Plain(names));
    let found = find(&document, &analysis, &gazetteer());
    found.into_iter().map(|place| (document.slice(place.mention).to_owned(), place)).collect()
}

#[track_caller]
fn expect(text: &str, names: &'static [(&'static str, NameLabel)], wanted: &[(&str, &str, Option<&str>)]) {
    let found = places(text, names);
    let said: Vec<(&str, &str, Option<&str>)> = found
        .iter()
        .map(|(words, place)| {
            (words.as_str(), place.country.as_ref().map_or("", Country::as_str), place.admin1.as_deref())
        })
        .collect();
    assert_eq!(said, wanted, "{text}");
}

use NameLabel::{Gpe, Loc, Org, Person};

#[test]
fn a_state_behind_a_comma_decides() {
    expect(
        "A barn burned in Springfield, Ohio.",
        &[("Springfield", Gpe), ("Ohio", Gpe)],
        &[("Springfield", "US", Some("Ohio")), ("Ohio", "US", Some("Ohio"))],
    );
    expect(
        "He was held in Paris, Texas.",
        &[("Paris", Gpe), ("Texas", Gpe)],
        &[("Paris", "US", Some("Texas")), ("Texas", "US", Some("Texas"))],
    );
}

#[test]
fn a_name_alone_means_its_best_known_bearer() {
    expect("He was held in Paris.", &[("Paris", Gpe)], &[("Paris", "FR", Some("Ile-de-France"))]);
    let found = places("Gunmen struck in Moscow. Russia mourned.", &[("Moscow", Gpe), ("Russia", Gpe)]);
    assert_eq!(found[0].1.country, Country::parse("RU"));
    assert_eq!(found[0].1.precision, Precision::City);
    assert_eq!(found[1].1.precision, Precision::Country);
    assert_eq!(found[1].1.point, Some((60.0, 100.0)));
}

#[test]
fn a_state_that_owns_a_county_decides() {
    expect(
        "The farm is in Ohio's Clark County.",
        &[("Ohio", Gpe), ("Clark County", Gpe)],
        &[("Ohio", "US", Some("Ohio")), ("Clark County", "US", Some("Ohio"))],
    );
}

#[test]
fn two_senses_of_one_name_stay_apart_where_both_are_qualified() {
    expect(
        "The sisters live in Paris, Texas, and Paris, France.",
        &[("Texas", Gpe), ("France", Gpe)],
        &[
            ("Paris", "US", Some("Texas")),
            ("Texas", "US", Some("Texas")),
            ("Paris", "FR", Some("Ile-de-France")),
            ("France", "FR", None),
        ],
    );
}

#[test]
fn outlets_and_persons_are_no_places() {
    expect("The Washington Post said so.", &[("Washington Post", Org)], &[]);
    expect("She met Paris Hilton.", &[("Paris Hilton", Person)], &[]);
}

#[test]
fn standing_places_are_known() {
    expect(
        "Troops crossed the Bosphorus and shelled the Gaza Strip.",
        &[("Bosphorus", Loc), ("Gaza Strip", Gpe)],
        &[("Bosphorus", "TR", None), ("Gaza Strip", "PS", Some("Gaza Strip"))],
    );
}

#[test]
fn a_capital_that_speaks_is_a_toponym_still() {
    expect("Kyiv denied any role.", &[("Kyiv", Gpe)], &[("Kyiv", "UA", Some("Kyiv City"))]);
}

#[test]
fn a_village_that_the_gazetteer_lacks_lies_where_the_text_says() {
    let found = places("Raiders burned the village of Qorvenaal in Helmand.", &[("Helmand", Gpe)]);
    assert_eq!(found[0].0, "Qorvenaal");
    assert_eq!(found[0].1.country, Country::parse("AF"));
    assert_eq!(found[0].1.geonames_id, None);
    assert_eq!(found[0].1.precision, Precision::Region);
}

#[test]
fn an_abbreviated_country_is_no_village() {
    expect("Talks with the UK began.", &[("UK", Gpe)], &[("UK", "GB", None)]);
    expect("Let us go.", &[], &[]);
}

#[test]
fn ugly_text_is_read_without_a_panic() {
    for text in ["", "\u{0}", "....", "É", "МОСКВА 🙂 — Paris’", "the the The", "A, B, C, D", "U.S.", "’s ’s"]
    {
        places(text, &[]);
    }
}

#[test]
fn a_name_is_explained_by_its_clues() {
    let gazetteer = gazetteer();
    let list = explain("Moscow", &gazetteer);
    assert_eq!(list[0].entry.country, Country::parse("RU"));
    assert!(list.iter().map(|one| one.probability).sum::<f32>() > 0.99);
    assert!(!list[0].reasons.is_empty());
    assert!(explain("Xyzzyqwerty", &gazetteer).is_empty());
}

#[test]
fn every_division_of_the_tables_is_in_the_index() {
    let gazetteer = gazetteer();
    for line in TABLES[2].1.lines().filter(|line| !line.starts_with('#')) {
        let name = line.split('\t').next().unwrap_or("");
        let known = gazetteer.candidates(name).iter().any(|one| one.entry.admin1.is_some());
        assert!(known, "{name} is joined to no division");
    }
}

#[test]
fn damaged_bytes_are_refused() {
    for index in [&b"WKPLACE"[..], &INDEX[..1000]] {
        assert!(Gazetteer::load(&GazetteerFiles { index, ..FILES }).is_err());
    }
}
