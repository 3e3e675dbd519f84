//! Statements: source, cue, content, on anything, and whose words each token is.

mod according;
mod attach;
mod colons;
mod countries;
mod drafts;
mod nesting;
mod nouns;
mod polarity;
mod regions;
mod sources;
mod verbs;

use std::collections::HashMap;

use self::drafts::Draft;
use crate::actors::ActorBook;
use crate::analysis::{Analysis, Dep};
use crate::closed::closed_list;
use crate::read::entities::Entities;
use crate::read::quotes::{self, Quote};
use crate::read::speech::SpeechBook;
use crate::reading::{EntityId, QuoteType, Statement};
use crate::text::{Span, Tokens};

closed_list! {
    /// What a cue tells of its source.
    CueKind {
        /// It says, writes, shows that something is so ("said", "according to").
        Say = "say",
        /// It says that something is not so ("denied").
        Deny = "deny",
        /// It asks or orders ("asked", "urged").
        Ask = "ask",
        /// It holds something to be so ("believes", "suspects").
        Think = "think",
        /// It wants, plans, promises or declines to do something ("wants to", "vowed to").
        Want = "want",
        /// It judges ("criticized", "welcomes"); the thing judged is not asserted by it.
        Judge = "judge",
        /// Something appears so to nobody in particular ("seems", "is expected").
        Seem = "seem",
    }
}

impl CueKind {
    /// Whether the content is what the source puts forward as its own words or belief, so that an event told in
    /// it rests on the source and not on the report.
    pub const fn speaks(self) -> bool {
        match self {
            Self::Say | Self::Deny | Self::Ask | Self::Think | Self::Seem => true,
            Self::Want | Self::Judge => false,
        }
    }
}

/// Index of a statement in [`Statements`], nested ones included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementId(pub usize);

/// The tokens of one statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeechAct {
    /// What the cue tells of its source.
    pub kind: CueKind,
    /// The head token of the cue; absent for a quotation that no word announces.
    pub cue: Option<usize>,
    /// The head token of the source; absent where the report names nobody.
    pub source: Option<usize>,
    /// Who that is.
    pub speaker: Option<EntityId>,
    /// Whether the report says that it was not said ("no group has claimed it", "declined to confirm").
    pub negated: bool,
    /// Whether the report puts the saying as possible, required, conditional or intended ("may claim", "if it denies").
    pub possible: bool,
    /// What is said, in order, without overlap; never empty.
    pub content: Vec<Span<Tokens>>,
}

/// Whose words a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The outlet's own.
    Outlet,
    /// Those of the source of a statement.
    Source(StatementId),
}

/// The statements of a document and which token stands in the content of which.
#[derive(Debug, Default)]
pub struct Statements {
    all: Vec<Statement>,
    acts: Vec<SpeechAct>,
    by_cue: HashMap<usize, StatementId>,
    innermost: Vec<Option<StatementId>>,
    outer: Vec<Option<StatementId>>,
}

impl Statements {
    /// What the report lets somebody say, in order. Of what stands within another's words only indirect reports of
    /// speech are listed ("police said that the group had claimed it"); the rest is that other's talk.
    pub fn listed(&self) -> Vec<Statement> {
        (0..self.all.len()).filter(|&i| self.is_listed(StatementId(i))).map(|i| self.all[i].clone()).collect()
    }

    fn is_listed(&self, id: StatementId) -> bool {
        let mut around = std::iter::successors(self.outer[id.0], |id| self.outer[id.0]).peekable();
        if around.peek().is_none() {
            return true;
        }
        let reports = matches!(self.acts[id.0].kind, CueKind::Say | CueKind::Deny);
        reports && around.all(|outer| self.all[outer.0].quote_type != QuoteType::Direct)
    }

    /// All statements, nested ones included, in order.
    pub fn ids(&self) -> impl Iterator<Item = StatementId> + use<> {
        (0..self.all.len()).map(StatementId)
    }

    /// A statement as it is shown.
    pub fn get(&self, id: StatementId) -> &Statement {
        &self.all[id.0]
    }

    /// The tokens of a statement.
    pub fn act(&self, id: StatementId) -> &SpeechAct {
        &self.acts[id.0]
    }

    /// The innermost statement whose content holds `token`.
    pub fn at(&self, token: usize) -> Option<StatementId> {
        self.innermost.get(token).copied().flatten()
    }

    /// The innermost statement whose content holds `token`, plans and wishes left out: who plans something stands where he
    /// stands.
    pub fn said_at(&self, token: usize) -> Option<StatementId> {
        self.chain(token).find(|id| self.acts[id.0].kind != CueKind::Want)
    }

    /// The statements whose content holds `token`, from the innermost to the outermost.
    pub fn chain(&self, token: usize) -> impl Iterator<Item = StatementId> + '_ {
        std::iter::successors(self.at(token), |id| self.outer[id.0])
    }

    /// Whose words `token` is: the source of the innermost statement that speaks (see [`CueKind::speaks`]).
    pub fn voice_at(&self, token: usize) -> Voice {
        self.chain(token).find(|&id| self.acts[id.0].kind.speaks()).map_or(Voice::Outlet, Voice::Source)
    }

    /// The statement whose cue is headed by `token`.
    pub fn of_cue(&self, token: usize) -> Option<StatementId> {
        self.by_cue.get(&token).copied()
    }
}

/// The statements of a document, in order. Links first persons in quotations to their speakers, and their countries to
/// the states for which they speak.
pub fn find(
    analysis: &Analysis,
    entities: &mut Entities,
    speech: &SpeechBook,
    actors: &ActorBook,
) -> Statements {
    let quotes = quotes::find(analysis);
    let mut drafts = verbs::find(analysis, speech);
    drafts.extend(nouns::find(analysis, speech));
    drafts.extend(according::find(analysis));
    drafts.extend(colons::find(analysis, speech));
    attach::join(analysis, &quotes, &mut drafts);
    let quote_of = quotes::by_token(analysis, &quotes);
    drafts.sort_by_key(Draft::start);
    let mut found = Statements::default();
    for draft in drafts {
        let content = regions::spans(analysis, &draft.content);
        if content.is_empty() {
            continue;
        }
        let speaker = draft.source.and_then(|head| entities.at(head));
        let act = SpeechAct {
            kind: draft.kind,
            cue: draft.cue,
            source: draft.source,
            speaker,
            negated: draft.cue.is_some_and(|cue| polarity::is_negated(analysis, cue, draft.source)),
            possible: draft.cue.is_some_and(|cue| polarity::is_possible(analysis, cue)),
            content,
        };
        found.all.push(statement(analysis, &quote_of, &draft, &act));
        if let Some(cue) = act.cue {
            found.by_cue.entry(cue).or_insert(StatementId(found.acts.len()));
        }
        found.acts.push(act);
    }
    let contents: Vec<_> = found.acts.iter().map(|act| act.content.clone()).collect();
    let nesting = nesting::nest(analysis.tokens.len(), &contents);
    found.innermost = nesting.innermost;
    found.outer = nesting.outer;
    bind_first_persons(analysis, &quotes, &found, entities);
    countries::bind(analysis, &found, entities, actors);
    found
}

/// "we" and "I" within a quotation mention its speaker; outside of all, whoever issues the report.
fn bind_first_persons(analysis: &Analysis, quotes: &[Quote], found: &Statements, entities: &mut Entities) {
    let first = |at: usize| {
        matches!(
            &*analysis.tokens[at].lower,
            "i" | "me" | "my" | "myself" | "we" | "us" | "our" | "ours" | "ourselves"
        )
    };
    for at in quotes.iter().flat_map(|quote| quote.tokens.range()) {
        let quoting = |id: &StatementId| found.all[id.0].quote_type != QuoteType::Indirect;
        let outermost = if first(at) { found.chain(at).filter(quoting).last() } else { None };
        if let Some(speaker) = outermost.and_then(|id| found.acts[id.0].speaker) {
            entities.bind(at, speaker, analysis.passage(Span::new(at, at + 1)));
            // "Our fighters", it said: those are the speaker's own.
            if analysis.tokens[at].dep == Dep::Poss {
                entities.belong(analysis.tokens[at].head, speaker);
            }
        }
    }
    let Some(issuer) = entities.issuer() else { return };
    let quoted = quotes::by_token(analysis, quotes);
    for at in (0..analysis.tokens.len()).filter(|&at| first(at) && quoted[at].is_none()) {
        entities.bind(at, issuer, analysis.passage(Span::new(at, at + 1)));
        if analysis.tokens[at].dep == Dep::Poss {
            entities.belong(analysis.tokens[at].head, issuer);
        }
    }
}

fn statement(analysis: &Analysis, quote_of: &[Option<usize>], draft: &Draft, act: &SpeechAct) -> Statement {
    let source = draft.source_words.or_else(|| draft.source.and_then(|head| sources::words(analysis, head)));
    Statement {
        speaker: act.speaker,
        quote_type: quote_type(quote_of, &act.content),
        source: source.map(|words| analysis.passage(words)).into_iter().collect(),
        cue: draft.cue_words.map(|words| analysis.passage(words)).into_iter().collect(),
        content: act.content.iter().map(|&span| analysis.passage(span)).collect(),
    }
}

/// Direct where quotations hold nearly all of the content, mixed where they hold some of it.
fn quote_type(quote_of: &[Option<usize>], content: &[Span<Tokens>]) -> QuoteType {
    let all: usize = content.iter().map(|span| span.len()).sum();
    let quoted =
        content.iter().flat_map(|span| span.range()).filter(|&token| quote_of[token].is_some()).count();
    match quoted {
        0 => QuoteType::Indirect,
        _ if quoted * 10 >= all * 9 => QuoteType::Direct,
        _ => QuoteType::Mixed,
    }
}
