#!/usr/bin/env bash
# Fuzzes feed, html, json and text, or the targets named, for some seconds each (600 where not said):
# fuzz/run.sh [SECONDS [TARGET…]]. The target `reading` takes the whole program, which is slow to build and to run.
# Ends with status 1 at the first crash, hang or leak; the input is then in fuzz/artifacts/TARGET.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-600}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(feed html json text)

if ! cargo fuzz --version >/dev/null 2>&1; then
  echo "fuzz/run.sh: cargo-fuzz is not installed; install it with: cargo install cargo-fuzz" >&2
  exit 2
fi
if ! rustup toolchain list 2>/dev/null | grep -q '^nightly'; then
  echo "fuzz/run.sh: fuzzing needs the nightly toolchain, which is not installed; install it with: rustup toolchain install nightly" >&2
  exit 2
fi

for target in "${targets[@]}"; do
  corpus=fuzz/corpus/$target
  mkdir -p "$corpus"
  # The seeds are our own sentences; what a run finds beyond them stays in the corpus, which is not kept in the repository.
  cp fuzz/seeds/* "$corpus"/
  if [ -d examples ]; then
    find examples -type f -size -64k -exec cp {} "$corpus"/ \;
  fi
  options=(-max_total_time="$seconds" -max_len=16384 -timeout=10 -rss_limit_mb=4096)
  features=()
  if [ "$target" = reading ]; then
    # The sanitiser slows the nets down some twenty times: shorter texts, and more patience with each.
    features=(--features reading)
    options=(-max_total_time="$seconds" -max_len=2048 -timeout=60 -rss_limit_mb=4096)
  fi
  dictionary=fuzz/dictionaries/$target.txt
  [ -f "$dictionary" ] || dictionary=fuzz/dictionaries/text.txt
  cargo +nightly fuzz run "${features[@]}" "$target" "$corpus" -- "${options[@]}" -dict="$dictionary"
done
