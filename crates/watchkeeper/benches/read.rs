//! The whole way of a report, from its bytes to its line of JSON, over the examples.

use std::path::Path;

use criterion::{Criterion, Throughput, criterion_main};
use watchkeeper::pipeline::Pipeline;
use watchkeeper::wire::reading::WireReading;
use watchkeeper::{knowledge, wire};
use watchkeeper_ingest::{Defaults, Rejection, captures};

fn examples() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("examples").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).expect("an example")).collect()
}

fn read(criterion: &mut Criterion) {
    let pipeline =
        Pipeline::new(knowledge::load(knowledge::Own::default()).expect("knowledge")).expect("weights");
    let inputs = examples();
    let reports =
        || inputs.iter().flat_map(|bytes| captures(&bytes[..], &Defaults::default(), pipeline.boilerplate()));
    let mut group = criterion.benchmark_group("whole flow");
    group.throughput(Throughput::Elements(reports().count() as u64));
    group.bench_function("examples", |bencher| {
        bencher.iter(|| {
            reports()
                .map(|capture| pipeline.read(capture.unwrap_or_else(Rejection::into_capture)))
                .map(|reading| wire::line(&WireReading::from(&reading)).expect("JSON").len())
                .sum::<usize>()
        });
    });
    group.finish();
    criterion.bench_function("start-up", |bencher| {
        bencher.iter(|| {
            Pipeline::new(knowledge::load(knowledge::Own::default()).expect("knowledge")).expect("weights")
        });
    });
}

mod group {
    #![allow(missing_docs)]
    criterion::criterion_group!(benches, super::read);
}
criterion_main!(group::benches);
