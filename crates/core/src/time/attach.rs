//! Which predicate a time expression belongs to, by the parse tree: "said on Tuesday that the blast on Monday" holds a day of
//! saying and a day of happening.

use super::tense::{self, Tense};
use crate::analysis::{Analysis, Dep, Pos};
use crate::reading::{DateRange, Time, TimeType};
use crate::text::{Span, Tokens};

/// How a time belongs to a predicate; the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bond {
    /// It stands below the predicate itself: "Monday's blast", "exploded on Monday".
    Own,
    /// It stands with the verb whose clause the predicate is part of: "the blast happened on Monday".
    Clause,
    /// It stands with a verb that the predicate's verb goes along with: "on Monday they came and killed him".
    Chain,
    /// Only the order of the words says so: no other verb and no other event lies between.
    Near,
}

/// A time expression in the tree.
#[derive(Clone, Copy, Debug)]
struct Hung {
    time: usize,
    /// The token by which it hangs on the rest of the sentence.
    head: usize,
    tokens: Span<Tokens>,
    sentence: usize,
}

/// The time expressions of a document in its trees.
#[derive(Debug, Default)]
pub struct Attachments {
    hung: Vec<Hung>,
}

/// What the tree is asked about.
pub struct Question<'a> {
    /// The grammar.
    pub analysis: &'a Analysis,
    /// Whether a token announces speech; what hangs on it is when it was said.
    pub is_speech: &'a dyn Fn(usize) -> bool,
    /// Whether a token tells of an event; what hangs on it is when that happened.
    pub is_event: &'a dyn Fn(usize) -> bool,
}

impl Attachments {
    /// Hangs the times of a document into its trees; `times` in the order of the text.
    pub fn of(analysis: &Analysis, times: &[Time]) -> Self {
        let mut hung = Vec::with_capacity(times.len());
        for (index, time) in times.iter().enumerate() {
            let Some(span) = tokens_of(analysis, time) else { continue };
            let head = span.range().find(|&at| {
                let above = analysis.tokens[at].head;
                above == at || !span.holds(above)
            });
            if let Some(head) = head {
                hung.push(Hung { time: index, head, tokens: span, sentence: analysis.tokens[head].sentence });
            }
        }
        Self { hung }
    }

    /// The times that belong to the predicate at `token`, indices into the document's times: the closest bond first, and
    /// of one bond the nearest.
    pub fn times_of(&self, token: usize, question: &Question<'_>) -> Vec<(usize, Bond)> {
        let sentence = question.analysis.tokens[token].sentence;
        let from = self.hung.partition_point(|hung| hung.sentence < sentence);
        let here = self.hung[from..].iter().take_while(|hung| hung.sentence == sentence);
        let mut found: Vec<(Bond, usize, usize)> = here
            .filter_map(|hung| {
                let (bond, steps) = bond(question, token, hung)?;
                Some((bond, steps, hung.time))
            })
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(bond, _, time)| (time, bond)).collect()
    }

    /// The day that a predicate without one takes over from the sentence before it in its paragraph, where that tells on which
    /// single day something happened.
    pub fn carried(&self, times: &[Time], token: usize, question: &Question<'_>) -> Option<DateRange> {
        let sentences = &question.analysis.sentences;
        let sentence = question.analysis.tokens[token].sentence;
        let last = sentence.checked_sub(1)?;
        if sentences[last].paragraph != sentences[sentence].paragraph {
            return None;
        }
        let until = self.hung.partition_point(|hung| hung.sentence < sentence);
        let before = self.hung[..until].iter().rev().take_while(|hung| hung.sentence == last);
        let mut told = before.filter(|hung| tells_what_happened(question, hung));
        told.find_map(|hung| closed_days(&times[hung.time]).filter(|range| range.start == range.end))
    }

    /// When the words that the speech verb or noun at `cue` announces were said.
    pub fn said_when(&self, cue: usize, question: &Question<'_>) -> Option<usize> {
        self.times_of(cue, question).into_iter().find(|&(_, bond)| bond == Bond::Own).map(|(time, _)| time)
    }
}

/// The days that a predicate's times tell, both ends known: of the closest, the first that tells one day, else the first.
pub fn first_days(times: &[Time], indices: impl IntoIterator<Item = usize>) -> Option<DateRange> {
    let mut first = None;
    for range in indices.into_iter().filter_map(|index| closed_days(&times[index])) {
        if range.start == range.end {
            return Some(range);
        }
        first.get_or_insert(range);
    }
    first
}

/// The days of a date or a time, where both ends are known.
fn closed_days(time: &Time) -> Option<DateRange> {
    let dated = matches!(time.kind, TimeType::Date | TimeType::Time);
    time.range.filter(|range| dated && range.start.is_some() && range.end.is_some())
}

/// The tokens that a time expression touches.
fn tokens_of(analysis: &Analysis, time: &Time) -> Option<Span<Tokens>> {
    let (field, span) = (time.mention.field, time.mention.span);
    // Title and text follow one another in the order of their fields, and the tokens of each in the order of the text.
    let first = analysis.tokens.partition_point(|t| (t.field, t.span.end) <= (field, span.start));
    let last = analysis.tokens.partition_point(|t| (t.field, t.span.start) < (field, span.end));
    (first < last).then(|| Span::new(first, last))
}

/// How the time that hangs by `head` belongs to `predicate`, and in how many steps.
fn bond(question: &Question<'_>, predicate: usize, hung: &Hung) -> Option<(Bond, usize)> {
    if let Some(steps) = climb(question, hung.head, predicate) {
        return Some((Bond::Own, steps));
    }
    let verb = clause_verb(question.analysis, predicate);
    let apart = |verb| verb != predicate && (looks_on(question, verb) || is_topic(question, predicate));
    if verb.is_some_and(apart) {
        return None; // "protested today the murder of a student", "spoke on Saturday about the attack"
    }
    let by_verb = verb.and_then(|verb| {
        let steps = climb(question, hung.head, verb).filter(|&steps| verb != predicate && steps <= 4);
        let chain = if verb == predicate { chained(question, verb, hung.head) } else { None };
        steps.map(|steps| (Bond::Clause, steps)).or(chain)
    });
    by_verb.or_else(|| near(question, predicate, hung))
}

/// Prepositions that relate what is done to an event.
const RELATING: [&str; 10] =
    ["over", "about", "after", "following", "since", "before", "for", "despite", "regarding", "concerning"];

/// Whether something only stands in relation to a noun: what is done about, over or after it has a time of its own.
fn is_topic(question: &Question<'_>, noun: usize) -> bool {
    let token = &question.analysis.tokens[noun];
    token.dep == Dep::Pobj && RELATING.contains(&&*question.analysis.tokens[token.head].lower)
}

/// Whether a verb announces speech, or takes up what has happened: its own time is not that of its object.
fn looks_on(question: &Question<'_>, verb: usize) -> bool {
    (question.is_speech)(verb)
        || matches!(
            question.analysis.tokens[verb].lemma.as_str(),
            "condemn"
                | "protest"
                | "deplore"
                | "denounce"
                | "claim"
                | "deny"
                | "blame"
                | "accuse"
                | "attribute"
                | "investigate"
                | "probe"
                | "mourn"
                | "mark"
                | "commemorate"
                | "recall"
                | "criticize"
                | "criticise"
                | "link"
                | "express"
                | "discuss"
                | "regret"
                | "reject"
                | "describe"
                | "charge"
                | "acquit"
                | "plead"
                | "clear"
                | "jail"
                | "imprison"
                | "arraign"
                | "question"
                | "extradite"
                | "confess"
                | "pardon"
                | "find"
                | "rule"
                | "remember"
                | "vow"
                | "identify"
                | "name"
                | "arrest"
                | "indict"
                | "sentence"
                | "convict"
                | "release"
                | "accept"
                | "assume"
                | "admit"
                | "announce"
                | "report"
                | "confirm"
                | "lament"
                | "repudiate"
                | "examine"
                | "study"
                | "capture"
                | "detain"
                | "try"
                | "continue"
                | "visit"
                | "pay"
                | "honor"
                | "honour"
                | "bury"
                | "suspect"
                | "implicate"
        )
}

/// Whether a time hangs on what happened, and not on what was said, will be or is.
fn tells_what_happened(question: &Question<'_>, hung: &Hung) -> bool {
    let analysis = question.analysis;
    if tense::of(analysis, hung.tokens) != Tense::Past {
        return false;
    }
    let above = analysis.tokens[hung.head].head;
    let of_event = (question.is_event)(above) || (question.is_event)(analysis.tokens[above].head);
    of_event || clause_verb(analysis, hung.head).is_some_and(|verb| !looks_on(question, verb))
}

/// Up from the verb through those that it goes along with.
fn chained(question: &Question<'_>, verb: usize, head: usize) -> Option<(Bond, usize)> {
    let mut at = verb;
    for _ in 0..3 {
        let token = &question.analysis.tokens[at];
        if token.head == at
            || !matches!(token.dep, Dep::Conj | Dep::Advcl | Dep::Xcomp | Dep::Pcomp | Dep::Acl)
        {
            return None;
        }
        at = clause_verb(question.analysis, token.head).filter(|&verb| !looks_on(question, verb))?;
        if let Some(steps) = climb(question, head, at).filter(|&steps| steps <= 3) {
            return Some((Bond::Chain, steps));
        }
    }
    None
}

/// The steps from a time up to a token, where no other event lies between, and no other clause but one that only adds to the
/// token: "the murder that was committed on Monday", "died when the car blew up on Monday", "a bank located there last night".
fn climb(question: &Question<'_>, head: usize, target: usize) -> Option<usize> {
    let analysis = question.analysis;
    let mut at = head;
    for steps in 0..12 {
        if at == target {
            return Some(steps);
        }
        let token = &analysis.tokens[at];
        let adds = match token.dep {
            Dep::Relcl | Dep::Acl => token.head == target || is_stative(&token.lemma),
            Dep::Advcl => token.head == target && is_meanwhile(analysis, at),
            Dep::Ccomp | Dep::Csubj | Dep::Parataxis => false,
            _ => true,
        };
        let other = steps > 0 && (question.is_event)(at) && !matches!(token.dep, Dep::Relcl | Dep::Acl);
        if token.head == at || !adds || other {
            return None;
        }
        at = token.head;
    }
    None
}

/// Participles that only say where something is; a time behind them belongs to what happened there.
fn is_stative(lemma: &str) -> bool {
    matches!(lemma, "locate" | "situate" | "base" | "belong" | "own" | "park" | "name" | "call" | "know")
}

/// Whether an adverbial clause tells of the same time: it begins with "when", "while" or "as".
fn is_meanwhile(analysis: &Analysis, verb: usize) -> bool {
    analysis.children(verb).any(|child| matches!(&*analysis.tokens[child].lower, "when" | "while" | "as"))
}

/// Whether nothing stands between a time and a predicate that the time could belong to instead, and no speech verb before it.
fn near(question: &Question<'_>, predicate: usize, hung: &Hung) -> Option<(Bond, usize)> {
    let tokens = &question.analysis.tokens;
    let (first, last) = match predicate < hung.tokens.start {
        true => (predicate + 1, hung.tokens.start),
        false => (hung.tokens.end, predicate),
    };
    let mut between = first..last;
    let other = |at: usize| {
        let finite = matches!(&*tokens[at].tag, "VBD" | "VBZ" | "VBP" | "MD");
        let auxiliary = matches!(tokens[at].dep, Dep::Aux | Dep::Auxpass) && tokens[at].head == predicate;
        (finite && !auxiliary)
            || looks_on(question, at)
            || (question.is_event)(at)
            || matches!(&*tokens[at].lower, ";" | ":")
    };
    let said = (hung.tokens.start.saturating_sub(2)..hung.tokens.start).any(|at| looks_on(question, at));
    (first <= last && last - first <= 14 && !said && !between.any(other)).then(|| (Bond::Near, last - first))
}

/// The verb of the clause that a token stands in, or the token itself where it is a verb.
fn clause_verb(analysis: &Analysis, token: usize) -> Option<usize> {
    let mut at = token;
    for _ in 0..32 {
        let here = &analysis.tokens[at];
        if matches!(here.pos, Pos::Verb | Pos::Aux) {
            return Some(at);
        }
        if here.head == at {
            return None;
        }
        at = here.head;
    }
    None
}
