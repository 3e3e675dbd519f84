//! Reports for the tests, on events that never were.

use serde_json::{Value, json};

/// A report with a claim, a denial, counts, a warning and a threat.
pub const FERRY: &str = "\
Bomb tears through ferry in Port Salis

PORT SALIS, March 4 — A bomb exploded on a crowded ferry in the harbour of Port Salis on Monday, killing at least \
12 people and wounding more than 30, the coastguard said.

The Northern Islands Front (NIF) claimed responsibility for the bombing in a statement. “We will strike again until \
the navy leaves our islands,” the group said.

Advertisement

Interior Minister Aldo Reyes accused the neighbouring Republic of Tarn of arming the group. Tarn’s foreign ministry \
denied any involvement in the attack.

The embassy of Norway had warned on 25 February that an attack on ferries was likely.
";

/// Texts that are hard to read: other scripts, emoji with joiners, combining marks, no spaces, no text.
pub const UGLY: [&str; 12] = [
    "“😀👩‍👩‍👧‍👦” said Żółć Ñandú, a spokesman; the bomb in Łódź killed ten 🇵🇱 people.\r\n\r\nSecond paragraph.\r\n",
    "e\u{301}cole bombe\u{301}e : 3 morts, selon le ministe\u{300}re\u{301}\u{301}\u{301}\u{301}.",
    "一枚炸弹在港口爆炸，造成十二人死亡。",
    "قُتل اثنا عشر شخصًا في انفجار في الميناء، قال الوزير.",
    "A bomb\u{0}\u{1b}[31m exploded\u{7f}\u{9b}31m in\u{202e} Port Salis \u{2066}today\u{2069}.",
    "A\u{2028}bomb\u{2029}exploded\u{85}in\u{b}Port\u{c}Salis.",
    "A BOMB WENT OFF IN PORT SALIS ON MONDAY, KILLING 12, THE NAVY SAID.",
    "((((((((((((((((((((\"\"\"\"\"''''''““““““””””””))))))))))))))) --- ... !!! ???",
    "a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a",
    "\u{feff}Bomb kills 3\n\n\u{200b}\u{200b}\u{ad}Three\u{a0}people died\u{200d}, police said.",
    "https://courier.example/a?b=c&d=%20#e killed 4 @police #attack £3m 12.5% 1,204 10:30 GMT+2 2024-03-25T10:00:00Z",
    "The group said the group said the group said the group said the group said that it did it.",
];

/// The JSON line of a report.
pub fn line(report: &Value) -> String {
    format!("{report}\n")
}

/// A hundred different reports as JSON Lines, some with titles and dates.
pub fn hundred() -> String {
    (0..100)
        .map(|number| {
            let dead = number % 17 + 2;
            let text = format!(
                "{}\n{}",
                FERRY.replace("12 people", &format!("{dead} people")),
                UGLY[number % UGLY.len()]
            );
            let mut report =
                json!({ "text": text, "source": format!("Courier {number}"), "published": "2024-03-05" });
            if number % 3 == 0 {
                report["title"] = json!(format!("Bomb kills {dead} on ferry – “who did it?”"));
            }
            line(&report)
        })
        .collect()
}
