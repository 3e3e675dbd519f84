//! The lookups on a small book of invented states and groups.

use jiff::civil::{Date, date};

use super::*;

const FILES: [(&str, &str); 5] = [
    ("spellings.tsv", "spellings\ndefense;defence\n"),
    (
        "functions.tsv",
        "id\tkind\tof\tcameo\tphrases\n\
         president\toffice\tstate\tGOV\tpresident;head of state\n\
         defence_ministry\tministry\tstate\tGOV\tdefence ministry;ministry of defence\n\
         armed_forces\tarmed_forces\tstate\tMIL\tarmy;armed forces\n\
         spokesperson\toffice\tstate;body;group\t\tspokesperson;spokesman;spokeswoman\n",
    ),
    (
        "states.tsv",
        "id\tkind\tname\taliases\tadjectives\tpeople\tcapital\tcountry\tcameo\n\
         norland\tstate\tNorland\t\tNorlandic\tNorlander;Norlanders\tSkerry\tNO\tNLD\n\
         jordania\tstate\tJordania?\tJOR\tJordanian\t\tSaltport\tJO\tJRD\n",
    ),
    (
        "groups.tsv",
        "id\tkind\tname\taliases\tcountry\tpart_of\tfrom\tto\n\
         heron_front\tarmed_group\tal-Hirun Front\tHeron Front;HFRN;IS\tNO\t\t1998\t2010\n\
         heron_front_south\tarmed_group\tHeron Front in the South\tHFS\tNO\theron_front\t2003\t\n\
         norland.harbour_watch\tservice\tHarbour Watch\tHW\t\t\t\t\n\
         norland.defence_ministry\tministry\tNorlandic Ministry of Defence\tthe Citadel\t\t\t\t\n",
    ),
    (
        "leaders.tsv",
        "of\toffice\tname\taliases\tfrom\tto\tconfidence\n\
         norland\tpresident\tKarim al-Hasun\t\t2001-03-04\t2009-03-04\t\n\
         norland\tpresident\tLena Voss\t\t2009-03-04\t\tmedium\n",
    ),
];

fn book() -> ActorBook {
    ActorBook::parse(&FILES).expect("well-formed tables")
}

/// The key of the first candidate.
fn first(mention: &str, on: Option<Date>) -> String {
    let book = book();
    book.candidates(mention, on).first().map_or("-".to_owned(), |one| book.key(one.id))
}

#[test]
fn a_name_is_found_in_its_spellings() {
    for spelling in
        ["Heron Front", "the Heron Front", "Al-Hirun Front", "al Hirun front", "HFRN", "Hfrn", "H.F.R.N."]
    {
        assert_eq!(first(spelling, None), "heron_front", "{spelling}");
    }
    assert_eq!(first("Heron Front in South", None), "heron_front_south");
    assert_eq!(first("Kareem Hasoun", None), "karim_hasun");
    assert_eq!(first("Heron", None), "-");
}

#[test]
fn an_office_is_composed_with_every_state() {
    for (title, key) in [
        ("the Norlandic president", "norland.president"),
        ("Jordania's head of state", "jordania.president"),
        ("President of Norland", "norland.president"),
        ("Jordanian army", "jordania.armed_forces"),
        ("the ministry of defense of Jordania", "jordania.defence_ministry"),
        ("Norlandic defence ministry", "norland.defence_ministry"),
        ("Jordania's defence ministry spokeswoman", "jordania.defence_ministry.spokesperson"),
        ("a spokesman for the Norlandic army", "norland.armed_forces.spokesperson"),
        ("Heron Front spokesman", "heron_front.spokesperson"),
        ("spokesman for Norland's Harbour Watch", "norland.harbour_watch.spokesperson"),
    ] {
        assert_eq!(first(title, None), key, "{title}");
    }
}

#[test]
fn an_office_leads_to_who_held_it_on_the_day() {
    assert_eq!(first("Norlandic president", Some(date(2005, 1, 1))), "karim_hasun");
    assert_eq!(first("the former Norlandic president", Some(date(2012, 1, 1))), "karim_hasun");
    assert_eq!(first("Norlandic president", Some(date(2012, 1, 1))), "lena_voss");
    assert_eq!(first("Norlandic president", Some(date(1999, 1, 1))), "norland.president");
    assert_eq!(first("Norland's President Lena Voss", Some(date(2012, 1, 1))), "lena_voss");
    assert_eq!(first("Voss", Some(date(2012, 1, 1))), "lena_voss");
    assert_eq!(first("Mr. Hasun", None), "karim_hasun");
    assert_eq!(first("harbour pilot Lena Voss", None), "-");
}

#[test]
fn a_group_is_weighed_by_its_years() {
    let book = book();
    let score = |on| book.candidates("Heron Front", Some(on))[0].score;
    assert!(score(date(2005, 1, 1)) > score(date(2012, 1, 1)));
    assert!(score(date(2012, 1, 1)) > score(date(1990, 1, 1)));
}

#[test]
fn a_doubtful_name_is_left_open() {
    let book = book();
    let doubtful = book.candidates("Jordania", None);
    assert_eq!(doubtful[0].reasons, [Reason::Name(NameKind::Main), Reason::MayMeanOther]);
    assert!(doubtful[0].score < book.candidates("Norland", None)[0].score);
}

#[test]
fn parts_are_within_their_whole() {
    let book = book();
    let id = |key| book.by_key(key).expect("in the book");
    assert!(book.is_within(id("norland.harbour_watch.spokesperson"), id("norland")));
    assert!(book.is_within(id("heron_front_south"), id("heron_front")));
    assert!(!book.is_within(id("heron_front"), id("heron_front_south")));
    let actor = book.actor(id("jordania.armed_forces"));
    assert_eq!((actor.name.as_str(), actor.cameo.as_deref()), ("Jordanian army", Some("JRDMIL")));
}

/// What is found in a text, each with the key of its first sense.
fn found(text: &str) -> Vec<String> {
    let book = book();
    let words = super::words::tokens(text);
    let shown = |one: &Found| {
        let texts: Vec<&str> = words[one.words.clone()].iter().map(|word| word.text).collect();
        format!("{} = {}", texts.join(" "), book.key(one.senses[0].id))
    };
    book.find(&words).iter().map(shown).collect()
}

#[test]
fn names_are_found_in_running_text() {
    assert_eq!(
        found("Norland's defence ministry said the Heron Front (HFRN), not the Harbour Watch, did it."),
        [
            "Norland ' s defence ministry = norland.defence_ministry",
            "Heron Front = heron_front",
            "HFRN = heron_front",
            "Harbour Watch = norland.harbour_watch"
        ]
        .map(|expected| expected.replace("' s", "'s"))
    );
}

#[test]
fn what_only_looks_like_a_name_is_not_found() {
    assert_eq!(found("This is what the heron front of the hfs is."), [""; 0]);
    assert_eq!(found("Norland-backed fighters and pro-Norland crowds"), [""; 0]);
    assert_eq!(found("THE SHIP IS LOST AND NOBODY IS SAVED"), [""; 0]);
    assert_eq!(found("He said IS did it."), ["IS = heron_front"]);
    assert_eq!(found(""), [""; 0]);
    assert_eq!(found("- ' ’s ( .. al- \u{301} al-"), [""; 0]);
}

#[test]
fn a_later_table_adds_and_takes_away() {
    let own = "id\tname\taliases\nheron_front\tHeron Legion\t-HFRN;HLGN\nnew_group\tNew Group\t\n";
    let mut files = FILES.to_vec();
    files.push(("own.tsv", own));
    let book = ActorBook::parse(&files).expect("well-formed");
    let name = |mention| book.candidates(mention, None).first().map(|one| book.name(one.id));
    assert_eq!(name("HLGN").as_deref(), Some("Heron Legion"));
    assert_eq!(name("Heron Front").as_deref(), Some("Heron Legion"));
    assert_eq!(name("HFRN"), None);
    assert_eq!(name("New Group").as_deref(), Some("New Group"));
}

#[test]
fn a_table_that_names_nobody_known_is_refused() {
    let wrong = [
        ("id\tname\tpart_of\nx\tX\tnobody\n", "t.tsv, line 2: no actor has the key \"nobody\""),
        ("of\toffice\tname\nnorland\tshah\tY Z\n", "t.tsv, line 2: no office has the key \"norland.shah\""),
        ("id\tname\nUpper\tX\n", "t.tsv, line 2: \"Upper\" is no key; write small letters, digits and _"),
        ("id\tname\tfrom\tto\nx\tX\t2004\t2003\n", "t.tsv, line 2: 2003-12-31 is before 2004-01-01"),
    ];
    for (text, message) in wrong {
        let mut files = FILES.to_vec();
        files.push(("t.tsv", text));
        assert_eq!(ActorBook::parse(&files).expect_err("refused").to_string(), message);
    }
}
