//! Where an incident happened, of all the places that its report names: sentences of our own.

use watchkeeper::knowledge::{self, Own};
use watchkeeper_core::document::Capture;
use watchkeeper_core::flow;
use watchkeeper_nlp::Annotator;

/// A report and the place of its only incident.
const REPORTS: [(&str, &str); 10] = [
    // The part of a town that the next sentence names.
    (
        "A bomb exploded in New York City on Monday and wounded three policemen. It had been placed at a bank in \
         Brooklyn.",
        "Brooklyn",
    ),
    (
        "A bomb exploded in San Salvador on Monday. It had been placed at a bank in the Montebon neighborhood of San \
         Salvador.",
        "Montebon",
    ),
    (
        "Gunmen killed a judge at her home in San Salvador, in the Montebon neighborhood of San Salvador, on Monday.",
        "Montebon",
    ),
    // A distance is counted from somewhere else.
    ("An attack in Guatemala City, 60 km from Escuintla, killed two guards on Monday.", "Guatemala City"),
    (
        "Rebels killed two guards 60 km west of Leon in Matagalpa on Monday, the army of Nicaragua said.",
        "Matagalpa",
    ),
    // A road's name is no place; a street is one of the town where the report was filed.
    (
        "Rebels attacked an army patrol on the Quito-Ambato highway on Monday, killing two soldiers, the government of \
         Ecuador said.",
        "Ecuador",
    ),
    (
        "MARSEILLE, May 4 - A bomb exploded in a shop on Toulon Street on Monday and wounded a guard, French police said.",
        "Marseille",
    ),
    (
        "SANTIAGO, 4 May 2021 - A bomb exploded at a bank on Bolivar and Sucre streets on Monday and wounded a guard. \
         Chilean police are looking for a man.",
        "Santiago",
    ),
    // A body's name says little of where.
    (
        "Officials of the Santa Fe Provincial Bank in Argentina said that two bombs had exploded at an office of the \
         Santa Fe Provincial Bank on Monday.",
        "Argentina",
    ),
    // What stands by itself says where.
    (
        "Gunmen killed four soldiers on Monday near Metapan, 110 km west of San Salvador, the army said.",
        "Metapan",
    ),
];

#[test]
fn an_incident_has_the_place_that_its_report_tells() {
    let annotator = Annotator::new().expect("embedded weights");
    let knowledge = knowledge::load(Own::default()).expect("well-formed knowledge");
    let wrong: Vec<String> = REPORTS
        .iter()
        .filter_map(|&(text, expected)| {
            let capture = Capture { text: text.to_owned(), ..Capture::default() };
            let reading = flow::read(capture, &annotator, &knowledge);
            let places: Vec<&str> = reading
                .incidents
                .iter()
                .map(|incident| incident.place.as_ref().map_or("nowhere", |place| &place.name))
                .collect();
            (places != [expected]).then(|| format!("{text}\n  gives {places:?}, not {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
