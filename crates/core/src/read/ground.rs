//! What the readers of facts look at, and the frames found in it.

use crate::actors::ActorBook;
use crate::analysis::{Analysis, Dep, NameLabel, Pos};
use crate::document::{Document, ParagraphKind, Passage};
use crate::places::Gazetteer;
use crate::places::attach::Atlas;
use crate::read::entities::Entities;
use crate::read::frames::{Found, FrameBook, FrameId, Meaning, Role, Scene, lower_lemma};
use crate::read::phrase;
use crate::read::predicates::Predicates;
use crate::read::statements::{Statements, Voice};
use crate::reading::{EntityId, Place, Time, Trace};
use crate::text::{Span, Tokens};
use crate::time::attach::Attachments;

/// A document with all that is known of it before facts are read.
pub struct Ground<'a> {
    /// The report.
    pub document: &'a Document,
    /// Its grammar.
    pub analysis: &'a Analysis,
    /// Its predicates.
    pub predicates: &'a Predicates,
    /// Who is mentioned.
    pub entities: &'a Entities,
    /// Whom the reader knows.
    pub actors: &'a ActorBook,
    /// Whose words each token is.
    pub statements: &'a Statements,
    /// Its toponyms.
    pub places: &'a [Place],
    /// What is known of places.
    pub gazetteer: &'a Gazetteer,
    /// Its time expressions.
    pub times: &'a [Time],
    /// Where they hang in the trees.
    pub attachments: &'a Attachments,
    /// The frames.
    pub book: &'a FrameBook,
}

/// The frames found in a document, by what they mean.
pub struct Matches {
    /// Incidents told of.
    pub incidents: Vec<Found>,
    /// All others, in the order of their triggers.
    pub others: Vec<Found>,
}

impl Matches {
    /// Finds the frames of a document: first those that tell of incidents, then those that speak of them.
    pub fn find(ground: &Ground<'_>) -> Self {
        let mut scene = Scene {
            analysis: ground.analysis,
            predicates: ground.predicates,
            entities: ground.entities,
            book: ground.book,
            events: vec![false; ground.analysis.tokens.len()],
        };
        let meaning = |id: FrameId| ground.book.get(id).meaning;
        let incidents = scene.find(|id| matches!(meaning(id), Meaning::Incident { .. }));
        for found in &incidents {
            scene.events[found.trigger] = true;
        }
        // "a plot to bomb the bridge" can be foiled, denied and accused of like the bombing itself.
        for found in scene.find(|id| matches!(meaning(id), Meaning::Modality(_) | Meaning::Stage(_))) {
            let embeds = found.first(Role::Incident).or_else(|| found.first(Role::Clause)).is_some();
            if embeds && ground.analysis.tokens[found.trigger].pos == Pos::Noun {
                scene.events[found.trigger] = true;
            }
        }
        let contents = scene.find(|id| matches!(meaning(id), Meaning::Responsibility { .. }));
        for found in &contents {
            scene.events[found.trigger] = true;
        }
        let mut others = scene
            .find(|id| !matches!(meaning(id), Meaning::Incident { .. } | Meaning::Responsibility { .. }));
        others.extend(contents);
        others.sort_by_key(|found| found.trigger);
        Self { incidents, others }
    }
}

impl Ground<'_> {
    /// Its places and what they stand in.
    pub fn atlas(&self) -> Atlas<'_> {
        let Ground { document, analysis, places, gazetteer, .. } = *self;
        Atlas { document, analysis, places, gazetteer }
    }

    /// The passage of the clause-sized words around a found frame: from its first to its last word or role.
    pub fn evidence(&self, found: &Found) -> Passage {
        let sentence = self.analysis.sentences[self.analysis.tokens[found.trigger].sentence].tokens;
        let mut span = Span::new(found.trigger, found.trigger + 1);
        let within = |at: &usize| sentence.holds(*at);
        for &token in found.words.iter().filter(|at| within(at)) {
            span = span.cover(Span::new(token, token + 1));
        }
        for token in found.roles.iter().map(|&(_, token, _)| token).filter(within) {
            span = span.cover(phrase::naming(self.analysis, token));
        }
        self.passage(span)
    }

    /// Where tokens stand, without quotation marks and spaces around them.
    pub fn passage(&self, span: Span<Tokens>) -> Passage {
        let outer = |at: usize| matches!(self.analysis.tokens[at].pos, Pos::Punct | Pos::Space);
        let mut span = span;
        while span.len() > 1 && outer(span.start) {
            span.start += 1;
        }
        while span.len() > 1 && outer(span.end - 1) {
            span.end -= 1;
        }
        self.analysis.passage(span)
    }

    /// Why a fact stands in the reading.
    pub fn trace(&self, found: &Found) -> Trace {
        let trigger = self.analysis.passage(Span::new(found.trigger, found.trigger + 1));
        Trace { rule: self.book.get(found.frame).id.clone(), trigger }
    }

    /// The words of a passage.
    pub fn text(&self, passage: Passage) -> &str {
        self.document.slice(passage)
    }

    /// Who says what stands at `token`; nobody where the outlet does or where the report names no speaker.
    pub fn speaker_at(&self, token: usize) -> Option<EntityId> {
        match self.statements.voice_at(token) {
            Voice::Outlet => None,
            Voice::Source(id) => self.statements.act(id).speaker,
        }
    }

    /// Who says what stands at `token`: its speaker, or whoever issues the report where nobody else speaks.
    pub fn said_by(&self, token: usize) -> Option<EntityId> {
        match self.statements.voice_at(token) {
            Voice::Outlet => self.entities.issuer(),
            Voice::Source(_) => self.speaker_at(token),
        }
    }

    /// The dictionary form of a token, lower case.
    pub fn lemma(&self, token: usize) -> smol_str::SmolStr {
        lower_lemma(&self.analysis.tokens[token].lemma)
    }

    /// Whether the token stands in a headline or a heading.
    pub fn is_headline(&self, token: usize) -> bool {
        let sentence = self.analysis.tokens[token].sentence;
        self.analysis.sentences[sentence].kind != ParagraphKind::Prose
    }

    /// Whether the token stands in a name of one of these kinds.
    pub fn is_named(&self, token: usize, labels: &[NameLabel]) -> bool {
        self.analysis.names.iter().any(|name| name.tokens.holds(token) && labels.contains(&name.label))
    }

    /// The words above `token`, from its head to the root of its sentence.
    pub fn above(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(token), |&at| {
            let head = self.analysis.tokens[at].head;
            (head != at).then_some(head)
        })
        .skip(1)
    }

    /// The nearest verb above `token` in its own clause, or the token itself where it is a verb.
    pub fn clause_verb(&self, token: usize) -> Option<usize> {
        std::iter::once(token)
            .chain(self.above(token))
            .find(|&at| matches!(self.analysis.tokens[at].pos, Pos::Verb | Pos::Aux))
    }

    /// The place mentioned at a token.
    pub fn place_at(&self, token: usize) -> Option<usize> {
        let here = self.analysis.passage(Span::new(token, token + 1));
        self.places
            .iter()
            .position(|place| place.mention.field == here.field && place.mention.span.overlaps(here.span))
    }

    /// The preposition before which a noun stands, with what the preposition hangs on.
    pub fn preposition_of(&self, noun: usize) -> Option<(usize, usize)> {
        let token = &self.analysis.tokens[noun];
        let preposition = token.head;
        (token.dep == Dep::Pobj && preposition != noun)
            .then(|| (preposition, self.analysis.tokens[preposition].head))
    }
}
