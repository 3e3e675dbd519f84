//! Tokens, syntax and names of English: a runtime for the weights of spaCy's `en_core_web_sm` 3.8.
//!
//! A paragraph goes through tokenizer, encoders, tagger, parser, name recogniser, attribute rules and lemmatizer; see
//! [`Annotator`].

mod dense;
mod encoder;
mod forms;
mod hash;
mod initials;
mod lemmas;
mod model;
mod names;
mod parser;
mod recase;
mod rules;
mod tagger;
mod tokenizer;
mod transitions;
mod tree;

use std::borrow::Cow;

use smol_str::SmolStr;
use watchkeeper_core::analysis::{Annotate, Parsed, ParsedToken};
use watchkeeper_core::text::Span;

use encoder::Encoder;
use forms::Forms;
use lemmas::Lemmatizer;
use model::Model;
pub use model::ModelError;
use names::Recogniser;
use parser::Parser;
use recase::Recaser;
use rules::{Rules, Seen};
use tagger::Tagger;
use tokenizer::{Piece, Tokenizer};

/// How many tokens share one pass through the encoders.
const TOKENS_PER_PASS: usize = 2_000;

/// Annotates English paragraphs with the embedded weights.
pub struct Annotator {
    tokenizer: Tokenizer,
    forms: Forms,
    syntax_encoder: Encoder,
    name_encoder: Encoder,
    tagger: Tagger,
    parser: Parser,
    recogniser: Recogniser,
    rules: Rules,
    lemmatizer: Lemmatizer,
    /// Absent where text is to be taken as it stands.
    recaser: Option<Recaser>,
}

/// One paragraph on its way.
struct Paragraph<'a> {
    /// In usual case.
    text: Cow<'a, str>,
    pieces: Vec<Piece>,
    keys: Vec<(forms::Features, bool)>,
    /// Tokens before which no sentence may be broken off; empty where it may everywhere.
    glued: Vec<bool>,
}

impl Annotator {
    /// Reads the embedded weights.
    ///
    /// # Errors
    /// Where the embedded file is not what this code reads, which a build that passed its tests rules out.
    pub fn new() -> Result<Self, ModelError> {
        let model = Model::english()?;
        Ok(Self {
            tokenizer: Tokenizer::new(&model)?,
            forms: Forms::new(&model)?,
            syntax_encoder: Encoder::new(&model, "tok2vec", 6)?,
            name_encoder: Encoder::new(&model, "ner", 4)?,
            tagger: Tagger::new(&model)?,
            parser: Parser::new(&model)?,
            recogniser: Recogniser::new(&model)?,
            rules: Rules::new(&model)?,
            lemmatizer: Lemmatizer::new(&model)?,
            recaser: Some(Recaser::new(&Model::word_case()?)?),
        })
    }

    /// Takes text as it stands, whatever its case.
    #[must_use]
    pub fn without_recasing(self) -> Self {
        Self { recaser: None, ..self }
    }

    fn prepare<'a>(&self, text: &'a str) -> Paragraph<'a> {
        let recased = self
            .recaser
            .as_ref()
            .and_then(|recaser| recaser.recase(text, |word| self.lemmatizer.knows(word)));
        let is_recased = recased.is_some();
        let text = recased.map_or(Cow::Borrowed(text), Cow::Owned);
        let pieces = self.tokenizer.tokens(&text);
        let glued = if is_recased { initials::glued(&text, &pieces) } else { Vec::new() };
        let keys = pieces
            .iter()
            .map(|piece| (self.forms.features(&text[piece.start..piece.end], piece.norm), piece.space_after))
            .collect();
        Paragraph { text, pieces, keys, glued }
    }

    /// Annotates paragraphs in one pass through the encoders.
    fn pass(&self, paragraphs: &[Paragraph<'_>]) -> Vec<Parsed> {
        let keys: Vec<_> = paragraphs.iter().map(|paragraph| paragraph.keys.clone()).collect();
        let syntax = self.syntax_encoder.encode(&keys);
        // The name encoder does not see the space after a token.
        let without_space =
            |keys: &Vec<(forms::Features, bool)>| keys.iter().map(|&(f, _)| (f, false)).collect();
        let names = self.name_encoder.encode(&keys.iter().map(without_space).collect::<Vec<_>>());
        paragraphs
            .iter()
            .enumerate()
            .map(|(number, paragraph)| {
                let count = paragraph.pieces.len();
                self.finish(paragraph, syntax.text(number, count), names.text(number, count))
            })
            .collect()
    }

    fn finish(&self, paragraph: &Paragraph<'_>, syntax: &[f32], names: &[f32]) -> Parsed {
        let is_space: Vec<bool> = paragraph.keys.iter().map(|(features, _)| features.is_space).collect();
        let tags = self.tagger.tags(syntax);
        let tree = self.parser.parse(syntax, &is_space, &paragraph.glued);
        let names = self.recogniser.names(names, &is_space, &tree.begins_sentence);
        let seen: Vec<Seen<'_>> = paragraph
            .pieces
            .iter()
            .zip(&tags)
            .zip(&tree.deps)
            .map(|((piece, &tag), &dep)| {
                let form = &paragraph.text[piece.start..piece.end];
                Seen { form, lower: SmolStr::from(form.to_lowercase()), tag, dep }
            })
            .collect();
        let said = self.rules.apply(&seen);
        let tokens = paragraph.pieces.iter().zip(&seen).zip(&said).enumerate();
        let tokens = tokens
            .map(|(index, ((piece, seen), said))| ParsedToken {
                span: Span::new(piece.start, piece.end),
                lemma: self.lemmatizer.lemma(seen.form, said),
                pos: said.pos,
                tag: SmolStr::new_static(said.tag.unwrap_or(seen.tag)),
                dep: said.dep.unwrap_or(seen.dep),
                head: tree.heads[index],
                sentence_start: tree.begins_sentence[index],
                space_after: piece.space_after,
            })
            .collect();
        Parsed { tokens, names }
    }
}

impl Annotate for Annotator {
    fn annotate(&self, paragraphs: &[&str]) -> Vec<Parsed> {
        let mut parsed = Vec::with_capacity(paragraphs.len());
        let mut waiting: Vec<Paragraph<'_>> = Vec::new();
        let mut tokens = 0;
        for text in paragraphs {
            let paragraph = self.prepare(text);
            tokens += paragraph.pieces.len();
            waiting.push(paragraph);
            if tokens >= TOKENS_PER_PASS {
                parsed.extend(self.pass(&waiting));
                waiting.clear();
                tokens = 0;
            }
        }
        parsed.extend(self.pass(&waiting));
        parsed
    }
}
