//! The examples of `knowledge/speech` and of the rules that read statements and entities, read with the real annotator.

mod common;

use common::{ANNOTATOR, SPEECH};
use watchkeeper_core::actors::ActorBook;
use watchkeeper_core::analysis::Analysis;
use watchkeeper_core::clean::{self, Boilerplate};
use watchkeeper_core::document::{Capture, Document, Passage};
use watchkeeper_core::read::entities::{self, Entities};
use watchkeeper_core::read::statements::{self, Statements, Voice};

struct Read {
    document: Document,
    analysis: Analysis,
    entities: Entities,
    statements: Statements,
}

fn read(text: &str) -> Read {
    let capture = Capture { text: text.to_owned(), ..Capture::default() };
    let document = clean::clean(capture, &Boilerplate::default());
    let analysis = Analysis::of(&document, &*ANNOTATOR);
    let actors = ActorBook::default();
    let mut entities = entities::gather(&document, &analysis, &[], &actors, &SPEECH);
    let statements = statements::find(&analysis, &mut entities, &SPEECH, &actors);
    Read { document, analysis, entities, statements }
}

impl Read {
    fn words(&self, passages: &[Passage]) -> String {
        passages.iter().map(|&passage| self.document.slice(passage)).collect::<Vec<_>>().join(" … ")
    }

    /// Every statement as "source | content", nested ones included.
    fn told(&self) -> Vec<String> {
        let shown = |id| {
            let statement = self.statements.get(id);
            format!("{} | {}", self.words(&statement.source), self.words(&statement.content))
        };
        self.statements.ids().map(shown).collect()
    }

    /// The words of all mentions of the entity with this name.
    fn mentions(&self, name: &str) -> Vec<&str> {
        let entity = self.entities.list.iter().find(|entity| entity.name == name);
        entity.map_or(Vec::new(), |e| e.mentions.iter().map(|&m| self.document.slice(m)).collect())
    }

    /// The name of the source in whose words a token stands, each around the next, the innermost first.
    fn voices_at(&self, word: &str) -> Vec<String> {
        let token = (0..self.analysis.tokens.len())
            .find(|&t| self.analysis.tokens[t].lower == word)
            .expect("present");
        let name = |id| {
            let speaker = self.statements.act(id).speaker;
            speaker.map_or("?".to_owned(), |s| self.entities.list[s.0].name.clone())
        };
        self.statements.chain(token).map(name).collect()
    }
}

#[test]
fn every_example_of_the_knowledge_files_is_read_as_it_says() {
    let mut wrong = Vec::new();
    for example in SPEECH.examples() {
        let expected = format!("{} | {}", example.source, example.content);
        let told = read(&example.text).told();
        if !told.contains(&expected) {
            wrong.push(format!("{}\n  expected {expected}\n  found {told:#?}", example.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn statements_are_found_in_every_position() {
    let cases = [
        // Inverted, with a second quotation behind the cue.
        (
            "“Nobody warned us,” said Anna Berg, the harbour master. “We saw the smoke first.”",
            "Anna Berg, the harbour master | “Nobody warned us,” … “We saw the smoke first.”",
        ),
        // Split by the cue.
        (
            "“The pier,” the admiral said, “was empty when we arrived.”",
            "the admiral | “The pier,” … “was empty when we arrived.”",
        ),
        // The source stands in a phrase.
        (
            "Two boats sank near the lighthouse, according to the coastguard.",
            "the coastguard | Two boats sank near the lighthouse",
        ),
        (
            "According to investigators, the charge was laid by divers.",
            "investigators | the charge was laid by divers",
        ),
        // A participle has the subject of its clause.
        (
            "The militia issued a statement saying that it had sunk the ferry.",
            "The militia | that it had sunk the ferry",
        ),
        // A colon announces.
        ("Admiral Lena Voss: ferry was mined by divers", "Admiral Lena Voss | ferry was mined by divers"),
        // A clause with "as".
        ("As the coastguard reported, the ferry had sunk.", "the coastguard | the ferry had sunk"),
        // Hearsay has no source.
        ("The ferry was reportedly hit by a mine.", " | The ferry was … hit by a mine"),
    ];
    for (text, expected) in cases {
        let told = read(text).told();
        assert!(
            told.iter().any(|found| found == expected),
            "{text}\n  expected {expected}\n  found {told:#?}"
        );
    }
}

#[test]
fn a_quotation_runs_on_over_paragraphs_and_without_a_cue() {
    let told = read(
        "The admiral said the strait was safe.\n“We searched every cove,” she said.\n“We found no mine.”",
    )
    .told();
    assert!(told.contains(&"she | “We found no mine.”".to_owned()), "{told:#?}");
}

#[test]
fn a_word_set_apart_by_marks_is_no_statement() {
    let told = read("The ferry, called the “Grey Lady”, lay at the pier.").told();
    assert!(!told.iter().any(|found| found == " | “Grey Lady”"), "{told:#?}");
}

#[test]
fn voices_nest() {
    let read =
        read("The ministry said that the Northern Front had claimed that its divers mined the bridge.");
    assert_eq!(read.voices_at("divers"), ["Northern Front", "The ministry"]);
    assert_eq!(read.voices_at("claimed"), ["The ministry"]);
}

#[test]
fn a_judged_thing_stays_in_the_outlets_voice() {
    let read = read("The mayor condemned the bombing of the ferry.");
    let token = (0..read.analysis.tokens.len())
        .find(|&t| read.analysis.tokens[t].lower == "bombing")
        .expect("present");
    assert!(read.statements.at(token).is_some());
    assert_eq!(read.statements.voice_at(token), Voice::Outlet);
}

#[test]
fn names_abbreviations_descriptions_and_pronouns_are_one_entity() {
    let read = read(
        "The National Islands Front (NIF) said its fighters had mined the bridge. The group gave no proof. \
         The NIF has fought the government since May.",
    );
    assert_eq!(
        read.mentions("National Islands Front"),
        ["National Islands Front", "NIF", "its", "The group", "NIF"]
    );
}

#[test]
fn a_surname_finds_the_full_name_wherever_it_stands() {
    let read = read(
        "Berg blames divers\nAnna Berg, the harbour master, blamed divers. Mrs Berg said she had seen them.",
    );
    assert_eq!(read.mentions("Anna Berg"), ["Berg", "Anna Berg", "the harbour master", "Berg", "she"]);
}

#[test]
fn an_office_and_its_body_are_aliases_of_the_person() {
    let read = read("“We will strike again,” said Aldo Reyes, a spokesman for the National Islands Front.");
    let index = read.entities.list.iter().position(|e| e.name == "Aldo Reyes").expect("found");
    let person = &read.entities.list[index];
    assert_eq!(person.aliases, ["spokesman for the National Islands Front", "National Islands Front"]);
    let body = read.entities.part_of(watchkeeper_core::reading::EntityId(index)).expect("a body");
    assert_eq!(read.entities.list[body.0].name, "National Islands Front");
    assert_eq!(read.mentions("Aldo Reyes")[0], "We");
}

#[test]
fn an_empty_subject_mentions_nobody() {
    let read = read("The ministry met on Monday. It is clear that the ferry was mined.");
    assert_eq!(read.mentions("The ministry"), ["The ministry"]);
}

#[test]
fn a_day_before_the_subject_does_not_hide_it() {
    let told = read("On Tuesday Oleksiy Marchenko said the ferry had been mined.").told();
    assert!(told.contains(&"Oleksiy Marchenko | the ferry had been mined".to_owned()), "{told:#?}");
}

#[test]
fn what_was_not_said_is_told_apart() {
    let read = read(
        "No group said that it had mined the ferry. The mayor may claim that it sank by itself. Divers said it burned.",
    );
    let acts: Vec<_> =
        read.statements.ids().map(|id| read.statements.act(id)).map(|a| (a.negated, a.possible)).collect();
    assert_eq!(acts, [(true, false), (false, true), (false, false)]);
}

#[test]
fn those_described_by_their_group_are_part_of_it() {
    let read = read("The National Islands Front said that its fighters had mined the ferry.");
    let index = read.entities.list.iter().position(|e| e.name == "its fighters").expect("found");
    let group = read.entities.part_of(watchkeeper_core::reading::EntityId(index)).expect("a group");
    assert_eq!(read.entities.list[group.0].name, "National Islands Front");
}

#[test]
fn nobody_is_nobody() {
    let read =
        read("No group said that it had mined the ferry. Which group did it, the mayor could not say.");
    assert!(
        read.entities.list.iter().all(|entity| !entity.name.ends_with("group")),
        "{:?}",
        read.entities.list
    );
}

#[test]
fn an_abbreviation_with_a_hyphen_is_one_word() {
    let read = read("Gunmen of the Islands Front Khorat (IF-K) fled. The IF-K denied it.");
    assert_eq!(read.mentions("Islands Front Khorat"), ["Islands Front Khorat", "IF-K", "IF-K"]);
}

#[test]
fn single_marks_quote_and_apostrophes_do_not() {
    let told =
        read("'We heard the divers' engine and ran,' the harbour master said. The officials' boat had gone.")
            .told();
    assert_eq!(told[0], "the harbour master | 'We heard the divers' engine and ran,'", "{told:#?}");
    let told = read("‘We’re leaving the island,’ said Anna Berg.").told();
    assert_eq!(told[0], "Anna Berg | ‘We’re leaving the island,’", "{told:#?}");
}

#[test]
fn a_group_goes_by_its_name_within_and_behind_a_description() {
    let read = read(
        "Officials blamed the Heron Brigade. The Heron Brigade organisation denied it. \
         A splinter called the Tern Column said it had mined the ferry.",
    );
    assert_eq!(read.mentions("Heron Brigade")[1..], ["Heron Brigade", "The Heron Brigade organisation"]);
    assert_eq!(read.mentions("Tern Column")[..2], ["A splinter", "Tern Column"]);
}

#[test]
fn a_name_broken_over_two_lines_is_the_same_name() {
    let read = read(
        "The ministry in charge of harbours and lighthouses said on Tuesday that Aldo\n\
         Reyes had blamed the ferry company for the fire, although the leader of Heron\n\
         Brigade had claimed it. Nobody else spoke about it on the island on that day.\n\
         Aldo Reyes blamed the Heron Brigade.\n",
    );
    assert_eq!(read.mentions("Aldo Reyes").len(), 2, "{:?}", read.entities.list);
    assert_eq!(read.mentions("Heron Brigade").len(), 2, "{:?}", read.entities.list);
}

#[test]
fn a_body_is_named_by_all_its_capitals() {
    let read = read("The Kestrel Liberation Front’s (KLF) leader spoke. The KLF mined the ferry.");
    assert_eq!(read.mentions("Kestrel Liberation Front").len(), 3, "{:?}", read.entities.list);
}
