//! Tokens per second over our own sentences, as single paragraphs and as one batch.

#![allow(missing_docs)] // criterion's macros make functions without any

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use watchkeeper_core::analysis::Annotate;
use watchkeeper_nlp::Annotator;

fn annotate(criterion: &mut Criterion) {
    let annotator = Annotator::new().expect("the embedded weights");
    let sentences: Vec<&str> = include_str!("../tests/fixtures/sentences.txt").lines().collect();
    let tokens: usize = annotator.annotate(&sentences).iter().map(|parsed| parsed.tokens.len()).sum();
    let mut group = criterion.benchmark_group("annotate");
    group.throughput(Throughput::Elements(tokens as u64));
    group.bench_function("one batch", |bench| bench.iter(|| annotator.annotate(&sentences)));
    group.bench_function("single paragraphs", |bench| {
        bench.iter(|| sentences.iter().for_each(|sentence| drop(annotator.annotate(&[sentence]))));
    });
    group.finish();
}

fn load(criterion: &mut Criterion) {
    criterion.bench_function("load", |bench| bench.iter(|| Annotator::new().expect("the embedded weights")));
}

criterion_group!(benches, annotate, load);
criterion_main!(benches);
