//! Where an incident happened, of all the places that its report names: sentences of our own.

use watchkeeper::knowledge::{self, Own};
use watchkeeper_core::document::Capture;
use watchkeeper_core::flow;
use watchkeeper_nlp::Annotator;

/// A report and the place of its only incident.
const REPORTS: [(&str, &str); 25] = [
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
    // A quarter shares its name with a town elsewhere, and is finer than its own town.
    (
        "Gunmen shot a lawyer at his home in the San Francisco neighborhood of San Salvador on Monday.",
        "San Francisco",
    ),
    // What only bears the name of a place, and where somebody goes.
    ("Gunmen of the Tijuana cartel killed a judge in Mexico City on Monday.", "Mexico City"),
    (
        "Gunmen kidnapped a trader in Guatemala City on Monday while he was on his way to Escuintla.",
        "Guatemala City",
    ),
    // A building that no gazetteer knows is what was hit; where it stands is the town.
    ("A bomb exploded outside the Danish Embassy in Kingston, Jamaica, on Monday.", "Kingston"),
    // A village of which the text says only the country.
    ("Gunmen killed two farmers in the village of Ruelas in Peru on Monday.", "Ruelas"),
    // Two verbs share the place of the first.
    ("Gunmen came to the village of Ruelas in Peru on Monday and shot two farmers.", "Ruelas"),
    // A clause about the target tells of more than where it is.
    ("Rebels in Cali blew up a pipeline that carries oil to a refinery in Barranquilla on Monday.", "Cali"),
    // Where a speaker stands is not where it happened, unless a local body speaks.
    (
        "The archbishop of Managua told reporters that gunmen had murdered two Nicaraguan nurses on Monday.",
        "Nicaragua",
    ),
    (
        "The archbishop of Managua told police that gunmen had murdered two Nicaraguan nurses on Monday.",
        "Nicaragua",
    ),
    ("Police in Marseille said on Monday that a bomb had wounded a guard.", "Marseille"),
    ("The Marseille fire brigade said that a bomb had wounded a guard on Monday.", "Marseille"),
    (
        "The Honduran government denounced the murder of a Salvadoran judge by gunmen on Monday.",
        "El Salvador",
    ),
    // What is wider than a country is none.
    (
        "Gunmen killed two teachers of the Central American University on Monday. Nicaraguan police are looking for them.",
        "Nicaragua",
    ),
    // Text in capitals: a common noun is no name, a word of a longer name no place.
    ("A BOMB DESTROYED A POWER TOWER IN CARTAGENA, COLOMBIA, ON MONDAY AND WOUNDED A GUARD.", "Cartagena"),
    (
        "GUNMEN MACHINEGUNNED THE CAR OF CARLOS OLMEDO RODRIGUEZ IN SAN SALVADOR ON MONDAY, THE POLICE SAID.",
        "San Salvador",
    ),
];

/// A report and the places of its incidents.
const SEVERAL: [(&str, &[&str]); 1] = [
    // Two towns of one department; the town from which a distance is counted is none.
    (
        "Gunmen killed a lawyer in Cali on Monday. A teacher was also shot in Buga, 60 km from Cali, the police said.",
        &["Cali", "Guadalajara de Buga"],
    ),
];

#[test]
fn an_incident_has_the_place_that_its_report_tells() {
    let annotator = Annotator::new().expect("embedded weights");
    let knowledge = knowledge::load(Own::default()).expect("well-formed knowledge");
    let single = REPORTS.iter().map(|(text, place)| (*text, std::slice::from_ref(place)));
    let wrong: Vec<String> = single
        .chain(SEVERAL)
        .filter_map(|(text, expected)| {
            let capture = Capture { text: text.to_owned(), ..Capture::default() };
            let reading = flow::read(capture, &annotator, &knowledge);
            let places: Vec<&str> = reading
                .incidents
                .iter()
                .map(|incident| incident.place.as_ref().map_or("nowhere", |place| &place.name))
                .collect();
            (places != expected).then(|| format!("{text}\n  gives {places:?}, not {expected:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
