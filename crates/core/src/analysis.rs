//! The grammar of a document: tokens with tags, heads and names, by paragraph and sentence.

use smol_str::SmolStr;

use crate::document::{Document, Field, ParagraphKind, Passage};
pub use crate::grammar::{Dep, NameLabel, Pos};
use crate::repair;
use crate::text::{Bytes, Span, Tokens};

/// One token as the annotator gives it; positions count within its paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedToken {
    /// Where it stands in the paragraph's text.
    pub span: Span<Bytes>,
    /// Dictionary form.
    pub lemma: SmolStr,
    /// Universal part of speech.
    pub pos: Pos,
    /// Penn Treebank tag.
    pub tag: SmolStr,
    /// Relation to its head.
    pub dep: Dep,
    /// Index of its head in the paragraph; its own index for a root.
    pub head: usize,
    /// Whether it begins a sentence.
    pub sentence_start: bool,
    /// Whether a space follows it.
    pub space_after: bool,
}

/// A name as the annotator gives it; positions count within its paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParsedName {
    /// Which tokens.
    pub tokens: Span<Tokens>,
    /// What kind of name.
    pub label: NameLabel,
}

/// One paragraph as the annotator gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// Its tokens in order.
    pub tokens: Vec<ParsedToken>,
    /// Its names in order, without overlap.
    pub names: Vec<ParsedName>,
}

/// What finds tokens, syntax and names in paragraphs; `nlp` implements it.
pub trait Annotate: Send + Sync {
    /// One result for each paragraph, in order. Never fails: ugly text gives ugly tokens.
    fn annotate(&self, paragraphs: &[&str]) -> Vec<Parsed>;
}

/// One token of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Which of the document's texts it stands in.
    pub field: Field,
    /// Where it stands in that text.
    pub span: Span<Bytes>,
    /// Lower-case form.
    pub lower: SmolStr,
    /// Dictionary form, lower case but for names.
    pub lemma: SmolStr,
    /// Universal part of speech.
    pub pos: Pos,
    /// Penn Treebank tag.
    pub tag: SmolStr,
    /// Relation to its head.
    pub dep: Dep,
    /// Index of its head in [`Analysis::tokens`]; its own index for a root.
    pub head: usize,
    /// Index of its sentence in [`Analysis::sentences`].
    pub sentence: usize,
    /// Whether a space follows it.
    pub space_after: bool,
}

/// One sentence of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Span<Tokens>,
    /// Index of its paragraph in [`Document::paragraphs`].
    pub paragraph: usize,
    /// What its paragraph is.
    pub kind: ParagraphKind,
}

/// A name found by the recogniser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its tokens.
    pub tokens: Span<Tokens>,
    /// What kind of name.
    pub label: NameLabel,
}

/// The grammar of a whole document; token indices run through title and text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// All tokens, in order.
    pub tokens: Vec<Token>,
    /// All sentences, in order.
    pub sentences: Vec<Sentence>,
    /// All names, in order, without overlap.
    pub names: Vec<Name>,
    /// For each token the tokens that it heads, in order.
    children: Vec<Vec<u32>>,
}

impl Analysis {
    /// Annotates every paragraph of the document and joins the results.
    pub fn of(document: &Document, annotator: &dyn Annotate) -> Self {
        // A line broken within a paragraph is a space to grammar; both are one byte, so offsets hold.
        let lines: Vec<String> = document
            .paragraphs
            .iter()
            .map(|p| document.slice(p.passage).replace(['\n', '\r', '\t'], " "))
            .collect();
        let texts: Vec<&str> = lines.iter().map(String::as_str).collect();
        let mut analysis = Self::default();
        for (index, (parsed, paragraph)) in
            annotator.annotate(&texts).into_iter().zip(&document.paragraphs).enumerate()
        {
            analysis.append(parsed, index, paragraph.passage, paragraph.kind, document);
        }
        repair::mend(&mut analysis.tokens, &analysis.names);
        analysis.children = vec![Vec::new(); analysis.tokens.len()];
        for (index, token) in analysis.tokens.iter().enumerate() {
            if token.head != index {
                analysis.children[token.head].push(index as u32);
            }
        }
        analysis
    }

    fn append(
        &mut self,
        parsed: Parsed,
        paragraph: usize,
        passage: Passage,
        kind: ParagraphKind,
        document: &Document,
    ) {
        let base = self.tokens.len();
        let count = parsed.tokens.len();
        let text = document.field(passage.field);
        for (index, token) in parsed.tokens.into_iter().enumerate() {
            if index == 0 || token.sentence_start {
                let at = base + index;
                if let Some(last) = self.sentences.last_mut().filter(|_| index > 0) {
                    last.tokens.end = at;
                }
                self.sentences.push(Sentence { tokens: Span::new(at, base + count), paragraph, kind });
            }
            let span = token.span.shift(passage.span.start);
            self.tokens.push(Token {
                field: passage.field,
                span,
                lower: lowercase(span.of(text)),
                lemma: token.lemma,
                pos: token.pos,
                tag: token.tag,
                dep: token.dep,
                head: base + token.head,
                sentence: self.sentences.len() - 1,
                space_after: token.space_after,
            });
        }
        self.names
            .extend(parsed.names.into_iter().map(|n| Name { tokens: n.tokens.shift(base), label: n.label }));
    }

    /// The tokens that `token` heads, in order.
    pub fn children(&self, token: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.children[token].iter().map(|&child| child as usize)
    }

    /// The children of `token` that stand in one of the relations.
    pub fn children_by<'a>(&'a self, token: usize, deps: &'a [Dep]) -> impl Iterator<Item = usize> + 'a {
        self.children(token).filter(move |&child| deps.contains(&self.tokens[child].dep))
    }

    /// The smallest span of tokens that holds `token` and everything below it.
    pub fn subtree(&self, token: usize) -> Span<Tokens> {
        let mut span = Span::new(token, token + 1);
        let mut open = vec![token];
        while let Some(next) = open.pop() {
            for child in self.children(next) {
                span = span.cover(Span::new(child, child + 1));
                open.push(child);
            }
        }
        span
    }

    /// Whether `token` is `above` or stands below it.
    pub fn is_below(&self, token: usize, above: usize) -> bool {
        let mut at = token;
        loop {
            if at == above {
                return true;
            }
            let head = self.tokens[at].head;
            if head == at {
                return false;
            }
            at = head;
        }
    }

    /// Where a span of tokens stands in the document; it must not be empty nor cross fields.
    pub fn passage(&self, tokens: Span<Tokens>) -> Passage {
        let (first, last) = (&self.tokens[tokens.start], &self.tokens[tokens.end - 1]);
        Passage { field: first.field, span: first.span.cover(last.span) }
    }
}

fn lowercase(text: &str) -> SmolStr {
    if text.chars().any(char::is_uppercase) { SmolStr::from(text.to_lowercase()) } else { SmolStr::new(text) }
}
