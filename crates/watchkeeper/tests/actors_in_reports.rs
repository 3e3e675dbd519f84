//! Entities that the actor book knows, on a small book of invented states and groups, read with the real annotator.

mod common;

use std::sync::LazyLock;

use common::{ANNOTATOR, SPEECH};
use jiff::civil::date;
use watchkeeper_core::actors::ActorBook;
use watchkeeper_core::analysis::Analysis;
use watchkeeper_core::clean::{self, Boilerplate};
use watchkeeper_core::document::{Capture, Document, PublishedAt};
use watchkeeper_core::read::entities::{self, Entities};
use watchkeeper_core::reading::{Entity, EntityId, EntityKind};

static BOOK: LazyLock<ActorBook> = LazyLock::new(|| {
    let tables = [
        (
            "functions.tsv",
            "id\tkind\tof\tcameo\tphrases\n\
             president\toffice\tstate\tGOV\tpresident;head of state;leader\n\
             interior_ministry\tministry\tstate\tGOV\tinterior ministry;ministry of the interior\n\
             armed_forces\tarmed_forces\tstate\tMIL\tarmy;armed forces;military\n\
             officials\tofficials\tstate\tGOV\tofficials;official\n\
             spokesperson\toffice\tstate;body;group\t\tspokesperson;spokesman;spokeswoman\n",
        ),
        (
            "states.tsv",
            "id\tkind\tname\taliases\tadjectives\tpeople\tcapital\tcountry\tcameo\n\
             norland\tstate\tNorland\t\tNorlandic\tNorlander;Norlanders\tSkerry\tNO\tNLD\n",
        ),
        (
            "groups.tsv",
            "id\tkind\tname\taliases\tcountry\tpart_of\tfrom\tto\n\
             heron_front\tarmed_group\tHeron Liberation Front\tHeron Front;HLF\tNO\t\t1998\t\n",
        ),
        (
            "leaders.tsv",
            "of\toffice\tname\taliases\tfrom\tto\tconfidence\n\
             norland\tpresident\tKarim Hasun\t\t2001-03-04\t2009-03-04\t\n\
             norland\tpresident\tLena Voss\t\t2009-03-04\t\t\n",
        ),
    ];
    ActorBook::parse(&tables).expect("well-formed tables")
});

struct Read {
    document: Document,
    entities: Entities,
}

fn read(text: &str) -> Read {
    let published = Some(PublishedAt::Day(date(2015, 6, 1)));
    let capture = Capture { text: text.to_owned(), published, ..Capture::default() };
    let document = clean::clean(capture, &Boilerplate::default());
    let analysis = Analysis::of(&document, &*ANNOTATOR);
    let entities = entities::gather(&document, &analysis, &[], &BOOK, &SPEECH);
    Read { document, entities }
}

impl Read {
    fn find(&self, name: &str) -> (EntityId, &Entity) {
        let list = &self.entities.list;
        let index = list.iter().position(|entity| entity.name == name);
        let index = index.unwrap_or_else(|| panic!("{name} is not in {list:#?}"));
        (EntityId(index), &list[index])
    }

    fn mentions(&self, name: &str) -> Vec<&str> {
        self.find(name).1.mentions.iter().map(|&mention| self.document.slice(mention)).collect()
    }
}

#[test]
fn a_group_has_the_books_name_kind_and_country() {
    let read = read("The HLF mined the ferry. The Heron Front said that its divers were safe.");
    let (_, group) = read.find("Heron Liberation Front");
    assert_eq!(group.kind, EntityKind::ArmedGroup);
    assert_eq!(group.country.map(|c| c.as_str().to_owned()).as_deref(), Some("NO"));
    assert!(group.codes.contains(&("actor".into(), "heron_front".into())), "{:?}", group.codes);
    assert_eq!(read.mentions("Heron Liberation Front"), ["HLF", "Heron Front", "its"]);
}

#[test]
fn the_holder_of_an_office_is_meant_by_it_on_the_day() {
    let read = read(
        "Lena Voss blamed the Heron Front. The Norlandic president spoke on Monday. She left early. The president will return.",
    );
    assert_eq!(
        read.mentions("Lena Voss"),
        ["Lena Voss", "The Norlandic president", "She", "The president"],
        "{:#?}",
        read.entities.list
    );
    let aliases = &read.find("Lena Voss").1.aliases;
    assert!(
        aliases.contains(&"Norlandic president".to_owned()) && aliases.contains(&"Norland".to_owned()),
        "{aliases:?}"
    );
}

#[test]
fn a_capital_that_speaks_is_its_government() {
    let denies = read("Skerry denied that it had sent the divers.");
    assert_eq!(denies.find("Norland").1.kind, EntityKind::State);
    let lies = read("The ferry burned in Skerry on Monday.");
    assert!(lies.entities.list.iter().all(|entity| entity.name != "Norland"), "{:#?}", lies.entities.list);
}

#[test]
fn a_named_bearer_of_an_office_keeps_the_name_and_takes_body_and_country() {
    let read = read("“We found nothing,” said Aldo Reyes, a spokesman for the Norlandic interior ministry.");
    let (id, person) = read.find("Aldo Reyes");
    for alias in ["spokesman for the Norlandic interior ministry", "Norland"] {
        assert!(person.aliases.iter().any(|known| known == alias), "{alias} in {:?}", person.aliases);
    }
    assert_eq!(person.country.map(|c| c.as_str().to_owned()).as_deref(), Some("NO"));
    assert_eq!(
        read.entities.part_of(id).map(|body| read.entities.list[body.0].kind),
        Some(EntityKind::GovernmentBody)
    );
}

#[test]
fn an_institution_is_composed_with_its_state() {
    let read = read("The Norlandic army shelled the island. Norland denied it.");
    let (id, army) = read.find("Norlandic army");
    assert_eq!(army.kind, EntityKind::GovernmentBody);
    let state = read.entities.part_of(id).expect("a state");
    assert_eq!(read.entities.list[state.0].name, "Norland");
}

#[test]
fn a_surname_is_whose_the_report_says() {
    let read = read("Erik Voss, a fisherman, saw the blast. Voss said it was loud.");
    assert_eq!(
        read.mentions("Erik Voss").iter().filter(|name| **name == "Voss").count(),
        1,
        "{:#?}",
        read.entities.list
    );
}
