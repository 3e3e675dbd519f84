//! What a statement says in its own voice is said by whoever issues it; an outlet's report says nothing in anybody's name.

use watchkeeper::knowledge::{self, Own};
use watchkeeper_core::document::Capture;
use watchkeeper_core::flow;
use watchkeeper_core::vocabulary::Stance;
use watchkeeper_nlp::Annotator;

const STATEMENT: &str = "The Interior Ministry of Norland has learned with sorrow of the bombing of a market in Graz on \
                         Monday.\n\nThe bombing was carried out by al-Shabaab. Our forces will hunt them down.";

/// The speaker and the stance of every act that the statement tells, as published by `source`.
fn acts(source: &str) -> Vec<(Option<String>, Stance)> {
    let knowledge = knowledge::load(Own::default()).expect("well-formed knowledge");
    let annotator = Annotator::new().expect("embedded weights");
    let capture =
        Capture { text: STATEMENT.to_owned(), source: Some(source.to_owned()), ..Capture::default() };
    let reading = flow::read(capture, &annotator, &knowledge);
    let speaker = |id: watchkeeper_core::reading::EntityId| reading.entities[id.0].name.clone();
    reading.attributions.iter().map(|act| (act.speaker.map(speaker), act.stance)).collect()
}

#[test]
fn a_ministry_accuses_in_its_statement() {
    let told = acts("Interior Ministry of Norland");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].0.as_deref().is_some_and(|name| name.contains("Interior Ministry")), "{told:?}");
    assert_eq!(told[0].1, Stance::Accuses);
}

#[test]
fn an_outlet_accuses_in_its_own_voice() {
    for source in ["Norland News", "Ministry Watch Herald"] {
        assert_eq!(acts(source), [(None, Stance::Accuses)], "{source}");
    }
}
