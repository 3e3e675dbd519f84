//! Patterns as they are compiled.

use super::*;

fn verb(line: &str) -> Node {
    match parse_verb(line) {
        Ok(Shape::Verb(node)) => node,
        other => panic!("{line}: {other:?}"),
    }
}

#[test]
fn a_verb_takes_subject_object_and_prepositions() {
    let node = verb("SPEAKER claim|take responsibility [for INCIDENT]");
    assert_eq!(node.words.len(), 2);
    let places: Vec<_> = node.edges.iter().map(|edge| (edge.place.clone(), edge.optional)).collect();
    assert_eq!(
        places,
        [(Place::Subject, false), (Place::Object, false), (Place::Prep(vec!["for".into()]), true)]
    );
}

#[test]
fn a_particle_belongs_to_its_verb() {
    let node = verb("ACTOR carry_out|stage INCIDENT");
    assert_eq!(node.words[0].particle.as_deref(), Some("out"));
    assert_eq!(node.words[1].particle, None);
}

#[test]
fn after_be_stands_what_is_said_of_the_subject() {
    assert!(matches!(parse_verb("ACTOR be behind INCIDENT"), Ok(Shape::Preposition { .. })));
    let Ok(Shape::Noun(node)) = parse_verb("INCIDENT be the work of ACTOR") else { panic!("no noun") };
    assert_eq!(node.words[0].lemma, "work");
}

#[test]
fn what_the_subject_is_may_be_a_role() {
    let node = verb("a culprit|author be ACTOR");
    assert_eq!(node.words[0].lemma, "be");
    assert_eq!(node.edges[1].place, Place::Object);
}

#[test]
fn a_noun_before_the_verb_has_an_article() {
    let node = verb("a suspicion fall on ACTOR");
    assert_eq!(node.words[0].lemma, "fall");
    assert!(matches!(&node.edges[0].filler, Filler::Node(subject) if subject.words[0].lemma == "suspicion"));
}

#[test]
fn a_noun_before_the_verb_may_be_of_something() {
    let node = verb("a number of dead|victim stand at NUMBER");
    assert_eq!(node.words[0].lemma, "stand");
    let Filler::Node(subject) = &node.edges[0].filler else { panic!("no noun") };
    assert_eq!(subject.edges[0].place, Place::Prep(vec!["of".into()]));
}

#[test]
fn what_is_wrong_is_named() {
    assert_eq!(parse_verb("SPEAKR blame ACTOR"), Err(PatternError::UnknownRole("SPEAKR".into())));
    assert_eq!(parse_verb("SPEAKER blame ACTOR [for INCIDENT"), Err(PatternError::Bracket));
    assert_eq!(parse_verb("SPEAKER"), Err(PatternError::NoTrigger));
    assert_eq!(parse_verb("SPEAKER blame ACTOR for"), Err(PatternError::NothingAfter("for".into())));
}
