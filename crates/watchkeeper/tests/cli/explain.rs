//! `watchkeeper explain`: what a reading rests on, and what was rejected and why.

use super::run::run;

const REPORT: &str = "A bomb killed two people in Oran on Monday. The mayor blamed Red Column. \
                      Red Column did not claim responsibility for the bombing.";

#[test]
fn the_page_tells_what_made_a_fact_and_what_was_rejected() {
    let done = run(&["explain", "--published", "2024-05-07", "-"], REPORT);
    assert_eq!((done.status, done.err.as_str()), (Some(0), ""));
    for words in [
        "+ incident.bombing (incident) “killed”",
        "WEAPON      “A bomb”  <nsubj",
        "The mayor accuses: Red Column",
        "- claim.responsibility (attribution) “claim”, negated",
        "rejected: it is said not to be so",
        "Who and what took part in incident 1",
    ] {
        assert!(done.out.contains(words), "{words:?} is not in\n{}", done.out);
    }
}

#[test]
fn the_object_says_the_same() {
    let done = run(&["explain", "--format", "json", "-"], REPORT);
    let explained: serde_json::Value = serde_json::from_str(&done.out).expect("one JSON object");
    assert_eq!(explained["schema"], "watchkeeper/explanation/1");
    let second = &explained["sentences"][1]["considered"];
    let frames: Vec<&str> =
        second.as_array().expect("frames").iter().filter_map(|one| one["frame"].as_str()).collect();
    assert!(frames.contains(&"accuse.of"), "{frames:?}");
    let trigger = &second[0]["trigger"];
    let (start, end) =
        (trigger["start"].as_u64().expect("a start"), trigger["end"].as_u64().expect("an end"));
    let words: String = REPORT.chars().skip(start as usize).take((end - start) as usize).collect();
    assert_eq!(trigger["text"], words.as_str());
}

#[test]
fn what_cannot_be_read_is_one_line() {
    let done = run(&["explain", "no-such-report.txt"], "");
    assert_eq!(done.status, Some(2));
    assert_eq!(done.err.lines().count(), 1, "{}", done.err);
}
