#!/usr/bin/env bash
# Tokens per second of the Python package and of our runtime: one core, same texts, same components, one run.
# usage: training/speed.sh FILE.conllu…   (PYTHON names the interpreter that has the package)
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python=${PYTHON:-python3}
cargo build -q --release -p watchkeeper-nlp --example speed
"$python" training/gum_paragraphs.py "$@" > "$scratch/paragraphs.jsonl"
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 BLIS_NUM_THREADS=1
echo -n "python: "
taskset -c 0 "$python" training/oracle.py < "$scratch/paragraphs.jsonl" 2>&1 > "$scratch/answers.jsonl" | tail -n 1
echo -n "rust:   "
taskset -c 0 target/release/examples/speed "$scratch/answers.jsonl"
