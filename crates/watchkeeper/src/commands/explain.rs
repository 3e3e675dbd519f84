//! `watchkeeper explain`: why a report is read as it is.

use std::fmt::Write as _;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::process::ExitCode;

use serde_json::{Value, json};
use watchkeeper_core::document::{Document, Passage};
use watchkeeper_core::read::events::Put;
use watchkeeper_core::read::explain::{Considered, Explanation, Outcome, Sentence};
use watchkeeper_core::read::fillers::Weighed;
use watchkeeper_ingest::{Defaults, Rejection};

use crate::args::{Explain, Format};
use crate::page::plain;
use crate::pipeline::Pipeline;
use crate::wire::spans::Spans;
use crate::{complain, inputs, knowledge};

/// Explains each report of the input; the status is 1 where one could not be read.
///
/// # Errors
/// Where the input or the knowledge cannot be read, or the output cannot be written.
pub fn run(arguments: &Explain) -> anyhow::Result<ExitCode> {
    inputs::check(&arguments.file)?;
    let own = knowledge::Own { frames: arguments.frames.as_deref(), actors: None };
    let pipeline = Pipeline::new(knowledge::load(own)?)?;
    let defaults = Defaults { published: arguments.published, source: None, url: None };
    let mut out = std::io::stdout().lock();
    let mut failed: Option<anyhow::Error> = None;
    let mut rejected = false;
    inputs::give_all(
        std::slice::from_ref(&arguments.file),
        &defaults,
        pipeline.boilerplate(),
        &mut |arrival| {
            if let Err(reason) = &arrival.capture {
                complain(&format!("{}: {reason}", inputs::name(&arrival.input)));
                rejected = true;
            }
            let (document, explanation) =
                pipeline.explain(arrival.capture.unwrap_or_else(Rejection::into_capture));
            let text = match arguments.format {
                Format::Text => page(&document, &explanation),
                Format::Json => object(&document, &explanation).to_string() + "\n",
            };
            match out.write_all(text.as_bytes()) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error.into());
                    ControlFlow::Break(())
                }
            }
        },
    );
    failed.map_or(Ok(if rejected { ExitCode::from(1) } else { ExitCode::SUCCESS }), Err)
}

fn slice(document: &Document, passage: Passage) -> String {
    plain::one_line(document.slice(passage))
}

/// The sentences with what was considered in them, then the phrases weighed for the roles.
fn page(document: &Document, explanation: &Explanation) -> String {
    let mut text = String::new();
    for (number, sentence) in explanation.sentences.iter().enumerate() {
        let _ = writeln!(text, "{:>3}  {}", number + 1, slice(document, sentence.passage));
        if sentence.considered.is_empty() {
            let _ = writeln!(text, "       no frame has words here");
        }
        for one in &sentence.considered {
            considered(&mut text, document, one);
        }
    }
    for (incident, weighed) in by_incident(&explanation.fillers) {
        let _ = writeln!(text, "\nWho and what took part in incident {}", incident + 1);
        for one in weighed {
            let sign = if one.fills { "+" } else { "-" };
            let reasons: Vec<String> =
                one.reasons.iter().map(|(feature, weight)| format!("{feature} {weight:+.1}")).collect();
            let _ = writeln!(
                text,
                "     {sign} {:12} {:>3.0} %  “{}”\n                          {}",
                one.slot.as_str(),
                one.probability * 100.0,
                slice(document, one.phrase),
                reasons.join(", ")
            );
        }
    }
    text
}

fn considered(text: &mut String, document: &Document, one: &Considered) {
    let (sign, outcome) = match &one.outcome {
        Outcome::Made(facts) => ("+", facts.join("; ")),
        Outcome::PartOf(incident) => ("+", format!("tells of incident {}", incident + 1)),
        Outcome::Shapes => ("·", "shapes what it speaks of".to_owned()),
        Outcome::Rejected(why) => ("-", format!("rejected: {why}")),
    };
    let trigger = slice(document, one.trigger);
    let _ = writeln!(text, "     {sign} {} ({}) “{trigger}”{}", one.frame, one.meaning, put(&one.put));
    let _ = writeln!(text, "         {}", plain::one_line(&outcome));
    for (role, phrase, path) in &one.roles {
        let _ = writeln!(text, "         {role:11} “{}”  {path}", slice(document, *phrase));
    }
}

fn put(put: &Put) -> String {
    let stage = put.stage.map_or(String::new(), |stage| format!(", {stage}"));
    let hedged = if put.hedged { ", hedged" } else { "" };
    format!(", {}{stage}{hedged}", put.modality)
}

fn by_incident(fillers: &[Weighed]) -> Vec<(usize, Vec<&Weighed>)> {
    let mut groups: Vec<(usize, Vec<&Weighed>)> = Vec::new();
    for one in fillers {
        match groups.last_mut() {
            Some((incident, group)) if *incident == one.incident => group.push(one),
            _ => groups.push((one.incident, vec![one])),
        }
    }
    groups
}

/// The same as one JSON object; spans as in readings.
fn object(document: &Document, explanation: &Explanation) -> Value {
    let spans = Spans::new(document);
    let span = |passage: Passage| serde_json::to_value(spans.of(passage)).unwrap_or_default();
    let one = |one: &Considered| {
        let roles: Vec<Value> = one
            .roles
            .iter()
            .map(|(role, phrase, path)| json!({"role": role.as_str(), "words": span(*phrase), "path": path}))
            .collect();
        let outcome = match &one.outcome {
            Outcome::Made(facts) => json!({"made": facts}),
            Outcome::PartOf(incident) => json!({"incident": format!("i{}", incident + 1)}),
            Outcome::Shapes => json!({"shapes": true}),
            Outcome::Rejected(why) => json!({"rejected": why}),
        };
        json!({
            "frame": one.frame.as_str(), "meaning": one.meaning, "trigger": span(one.trigger), "roles": roles,
            "modality": one.put.modality.as_str(), "outcome": outcome,
        })
    };
    let sentence = |sentence: &Sentence| {
        let considered: Vec<Value> = sentence.considered.iter().map(one).collect();
        json!({"sentence": span(sentence.passage), "considered": considered})
    };
    let filler = |one: &Weighed| {
        json!({
            "incident": format!("i{}", one.incident + 1), "slot": one.slot.as_str(), "words": span(one.phrase),
            "probability": (f64::from(one.probability) * 1000.0).round() / 1000.0, "fills": one.fills,
            "reasons": one.reasons.iter().map(|(f, w)| json!({"feature": f, "weight": w})).collect::<Vec<_>>(),
        })
    };
    json!({
        "schema": "watchkeeper/explanation/1",
        "sentences": explanation.sentences.iter().map(sentence).collect::<Vec<_>>(),
        "fillers": explanation.fillers.iter().map(filler).collect::<Vec<_>>(),
    })
}
