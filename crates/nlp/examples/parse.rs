//! Prints the grammar of a sentence as a table: `cargo run --release -p watchkeeper-nlp --example parse -- "…"`.

use watchkeeper_core::analysis::Annotate;
use watchkeeper_nlp::Annotator;

fn main() -> Result<(), watchkeeper_nlp::ModelError> {
    let text = std::env::args().skip(1).collect::<Vec<_>>().join(" ");
    let annotator = Annotator::new()?;
    for parsed in annotator.annotate(&[&text]) {
        let form = |index: usize| parsed.tokens[index].span.of(&text);
        for (index, token) in parsed.tokens.iter().enumerate() {
            if index > 0 && token.sentence_start {
                println!();
            }
            let name = parsed
                .names
                .iter()
                .find(|name| name.tokens.holds(index))
                .map_or("", |name| name.label.as_str());
            println!(
                "{index:>3} {:<18} {:<16} {:<6} {:<5} {:<10} {:>3} {:<16} {name}",
                form(index),
                token.lemma,
                token.pos,
                token.tag,
                token.dep,
                token.head,
                form(token.head),
            );
        }
    }
    Ok(())
}
