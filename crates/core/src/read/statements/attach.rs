//! Joins quotations to the words that announce them.

use crate::analysis::{Analysis, Dep, Pos};
use crate::read::quotes::{self, Quote};

use super::drafts::Draft;
use super::regions::{self, Region};
use super::{CueKind, sources};

/// How many words after a closing mark the cue may come ("…,” the deputy head of the harbour police said").
const REACH: usize = 14;

/// Joins every quotation that says something to the statement that announces it, and makes one where none does.
pub(super) fn join(analysis: &Analysis, quotes: &[Quote], drafts: &mut Vec<Draft>) {
    let mut joiner = Joiner::new(analysis, quotes, drafts);
    joiner.fit_to_marks();
    joiner.attach_all();
}

struct Joiner<'a> {
    analysis: &'a Analysis,
    quotes: &'a [Quote],
    drafts: &'a mut Vec<Draft>,
    /// For each token the quotation that holds it.
    quote_of: Vec<Option<usize>>,
    /// For each paragraph the statements whose cue stands in it.
    in_paragraph: Vec<Vec<usize>>,
    /// For each token the statement whose cue it heads.
    draft_of: Vec<Option<usize>>,
}

impl<'a> Joiner<'a> {
    fn new(analysis: &'a Analysis, quotes: &'a [Quote], drafts: &'a mut Vec<Draft>) -> Self {
        let quote_of = quotes::by_token(analysis, quotes);
        let mut draft_of = vec![None; analysis.tokens.len()];
        let paragraphs = analysis.sentences.last().map_or(0, |last| last.paragraph + 1);
        let mut in_paragraph = vec![Vec::new(); paragraphs];
        for (index, draft) in drafts.iter().enumerate() {
            if let Some(cue) = draft.cue {
                draft_of[cue] = Some(index);
                in_paragraph[analysis.sentences[analysis.tokens[cue].sentence].paragraph].push(index);
            }
        }
        Self { analysis, quotes, drafts, quote_of, in_paragraph, draft_of }
    }

    /// What is said within a quotation ends with it; what reaches into one from outside takes all of it.
    fn fit_to_marks(&mut self) {
        for draft in self.drafts.iter_mut() {
            let home = draft.cue.and_then(|cue| self.quote_of[cue]);
            let source = draft.source.and_then(|source| self.quote_of[source]);
            if source.is_some() && source != home {
                draft.source = None;
            }
            if home.is_some() {
                draft.content.retain(|&token| self.quote_of[token] == home);
                continue;
            }
            let mut reached: Vec<usize> =
                draft.content.iter().filter_map(|&token| self.quote_of[token]).collect();
            reached.dedup();
            for index in reached {
                let whole: Region = self.quotes[index].tokens.range().collect();
                let outside = whole.iter().all(|&token| Some(token) != draft.source);
                if outside {
                    draft.content = regions::union(std::mem::take(&mut draft.content), whole);
                }
            }
        }
    }

    fn attach_all(&mut self) {
        let mut last: Option<(usize, usize)> = None;
        for index in 0..self.quotes.len() {
            let quote = self.quotes[index];
            let covering = self.covering(&quote);
            if let Some(owner) = covering {
                last = Some((index, owner));
                continue;
            }
            if !quotes::is_speech(self.analysis, &quote) {
                continue;
            }
            let announced = self
                .announced_after(index)
                .or_else(|| self.announced_before(index))
                .or_else(|| self.continued(index, last));
            let owner = match announced {
                Some(owner) => owner,
                None if quotes::is_sentence(self.analysis, &quote) => self.unannounced(index, last),
                None => continue,
            };
            let whole: Region = quote.tokens.range().collect();
            let draft = &mut self.drafts[owner];
            draft.content = regions::union(std::mem::take(&mut draft.content), whole);
            last = Some((index, owner));
        }
    }

    /// The statement, announced outside the quotation, whose content already holds it.
    fn covering(&self, quote: &Quote) -> Option<usize> {
        let inside = quote.tokens.start + 1;
        let here = self.in_paragraph[quote.paragraph].iter().map(|&index| (index, &self.drafts[index]));
        here.filter(|(_, d)| d.cue.is_some_and(|cue| !quote.tokens.holds(cue)))
            .filter(|(_, d)| d.content.binary_search(&inside).is_ok())
            .min_by_key(|(_, d)| d.content.len())
            .map(|(index, _)| index)
    }

    fn announced_after(&mut self, index: usize) -> Option<usize> {
        let quote = self.quotes[index];
        let (tokens, from) = (&self.analysis.tokens, quote.tokens.end);
        if quote.open_ended || from >= tokens.len() {
            return None;
        }
        let paragraph = |t: usize| self.analysis.sentences[tokens[t].sentence].paragraph;
        if paragraph(from) != quote.paragraph {
            return None;
        }
        let closed = &*tokens[quote.last_inside()].lower == ".";
        if closed && tokens[from].sentence != tokens[from - 1].sentence {
            return None;
        }
        let sentence_end = self.analysis.sentences[tokens[from].sentence].tokens.end;
        let limit = sentence_end.min(from + REACH);
        let window = (from..limit).take_while(|&t| self.quote_of[t].is_none());
        for at in window {
            if !matches!(tokens[at].pos, Pos::Verb | Pos::Aux)
                || matches!(tokens[at].dep, Dep::Aux | Dep::Auxpass)
            {
                continue;
            }
            if let Some(draft) = self.draft_of[at].filter(|&d| self.drafts[d].takes_quote) {
                self.settle_source(draft, from, at);
                return Some(draft);
            }
            let subject = sources::child(self.analysis, at, Dep::Nsubj)?;
            let near = at <= from + 1 || subject >= from && at <= from + 4;
            return (near && tokens[at].pos == Pos::Verb).then(|| self.new_cue(at, subject));
        }
        None
    }

    /// Between a quotation and its cue, or right after the cue, stands the source, whatever the parser made of it:
    /// "…?” the deputy mayor, Anna Berg, asked", "…,” said Berg".
    fn settle_source(&mut self, draft: usize, from: usize, cue: usize) {
        let tokens = &self.analysis.tokens;
        let noun = |t: &usize| matches!(tokens[*t].pos, Pos::Noun | Pos::Propn | Pos::Pron);
        // The head of the first noun phrase: its last noun before anything else than a noun follows.
        let head = |from: usize, end: usize| {
            let first = (from..end).find(noun)?;
            (first..end).take_while(noun).last()
        };
        let end = tokens.len().min(cue + 1 + REACH);
        let between = head(from, cue);
        let stated = self.drafts[draft].source.filter(|&source| source >= from && source < end);
        let source = stated.or(between).or_else(|| head(cue + 1, end).filter(|&t| t <= cue + 4));
        let Some(source) = source else { return };
        let draft = &mut self.drafts[draft];
        draft.source = Some(source);
        let aside = if source < cue { from..cue } else { cue..source + 1 };
        draft.content.retain(|token| !aside.contains(token));
    }

    fn announced_before(&mut self, index: usize) -> Option<usize> {
        let quote = self.quotes[index];
        let tokens = &self.analysis.tokens;
        let before = quote.tokens.start.checked_sub(1)?;
        let sentence = tokens[before].sentence;
        if self.analysis.sentences[sentence].paragraph != quote.paragraph {
            return None;
        }
        let joint = &*tokens[before].lower;
        if matches!(joint, "." | "?" | "!") {
            return None;
        }
        let start = self.analysis.sentences[sentence].tokens.start;
        let window = (start..=before).rev().take_while(|&t| self.quote_of[t].is_none());
        let mut generic = None;
        for at in window {
            if let Some(draft) = self.draft_of[at].filter(|&d| self.drafts[d].takes_quote) {
                return Some(draft);
            }
            if tokens[at].pos == Pos::Verb && generic.is_none() {
                generic = sources::of_verb(self.analysis, at).map(|subject| (at, subject));
            }
        }
        let (verb, subject) = generic.filter(|_| matches!(joint, ":" | ","))?;
        Some(self.new_cue(verb, subject))
    }

    /// "“A,” he said. “B.”": the next sentence of the same paragraph goes on with the same source.
    fn continued(&self, index: usize, last: Option<(usize, usize)>) -> Option<usize> {
        let quote = self.quotes[index];
        let (previous, owner) = last?;
        let previous = self.quotes[previous];
        if previous.paragraph != quote.paragraph && !previous.open_ended {
            return None;
        }
        let tokens = &self.analysis.tokens;
        let cue = self.drafts[owner].cue.unwrap_or(previous.tokens.start);
        let from = tokens[cue.max(previous.tokens.end - 1)].sentence;
        (tokens[quote.tokens.start].sentence <= from + 1).then_some(owner)
    }

    /// A quotation that no word announces: of the source of the quotation before it, where that is near.
    fn unannounced(&mut self, index: usize, last: Option<(usize, usize)>) -> usize {
        let quote = self.quotes[index];
        let near = last.filter(|&(previous, _)| self.quotes[previous].paragraph + 1 >= quote.paragraph);
        let source = near.and_then(|(_, owner)| self.drafts[owner].source);
        self.drafts.push(Draft {
            kind: CueKind::Say,
            cue: None,
            cue_words: None,
            source,
            source_words: None,
            content: Region::new(),
            takes_quote: true,
        });
        self.drafts.len() - 1
    }

    fn new_cue(&mut self, verb: usize, subject: usize) -> usize {
        let draft = Draft::of_cue(self.analysis, CueKind::Say, verb, Some(subject), Region::new());
        self.drafts.push(Draft { takes_quote: true, ..draft });
        self.draft_of[verb] = Some(self.drafts.len() - 1);
        self.drafts.len() - 1
    }
}
