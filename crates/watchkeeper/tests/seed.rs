//! The report that the project began with, where it is at hand: everything that it tells must be read from it.

use std::path::PathBuf;

use watchkeeper::knowledge::{self, Own};
use watchkeeper_core::document::Capture;
use watchkeeper_core::flow;
use watchkeeper_core::reading::{EntityId, Measure};
use watchkeeper_core::vocabulary::{Stage, Stance};
use watchkeeper_nlp::Annotator;

fn seed() -> Option<String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared = std::env::var_os("WATCHKEEPER_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    std::fs::read_to_string(shared.join("seed.txt")).ok()
}

#[test]
fn the_seed_reads_completely() {
    let Some(text) = seed() else {
        eprintln!("skipped: ../shared/seed.txt is not here");
        return;
    };
    let annotator = Annotator::new().expect("embedded weights");
    let knowledge = knowledge::load(Own::default()).expect("well-formed knowledge");
    let reading = flow::read(Capture { text, ..Capture::default() }, &annotator, &knowledge);
    let name = |id: EntityId| reading.entities[id.0].name.as_str();
    let published = reading.document.published.map(|published| published.day().to_string());
    assert_eq!(published.as_deref(), Some("2024-03-25"));

    let news: Vec<_> = reading.incidents.iter().filter(|incident| !incident.background).collect();
    assert_eq!(news.len(), 1, "{news:?}");
    let place = news[0].place.as_ref().map(|place| place.name.as_str());
    assert_eq!((place, news[0].stage), (Some("Moscow"), Stage::Accomplished));
    assert!(news[0].targets.iter().any(|target| target.text.contains("concert hall")), "{news:?}");

    let killed: Vec<_> = reading.casualties.iter().filter(|count| count.measure == Measure::Killed).collect();
    assert_eq!(killed.len(), 1, "{killed:?}");
    assert_eq!((killed[0].bounds.low, killed[0].bounds.high), (Some(131), None));

    let acts: Vec<(Stance, Option<&str>, &str)> =
        reading.attributions.iter().map(|act| (act.stance, act.speaker.map(name), name(act.actor))).collect();
    let branch = "Islamic State Khorasan Province";
    for act in [
        (Stance::Claims, Some(branch), branch),
        (Stance::Accuses, Some("Vladimir Putin"), "Ukraine"),
        (Stance::Refutes, None, "Ukraine"),
    ] {
        assert!(acts.contains(&act), "{act:?} is not among {acts:?}");
    }
    assert_eq!(acts.len(), 3, "{acts:?}");

    let threats: Vec<(Option<&str>, &str)> = reading
        .threats
        .iter()
        .map(|threat| (threat.speaker.map(name), threat.target.as_deref().unwrap_or_default()))
        .collect();
    let threat = threats.iter().find(|(speaker, _)| *speaker == Some("Islamic State"));
    assert!(
        threat.is_some_and(|(_, target)| target.contains("Russia") && target.contains("Putin")),
        "{threats:?}"
    );
    assert!(threats.iter().any(|(speaker, _)| *speaker == Some("Vladimir Putin")), "{threats:?}");

    let issuers: Vec<&str> = reading.warnings.iter().filter_map(|warning| warning.issuer.map(name)).collect();
    assert_eq!(issuers, ["United States"]);
}
