# The everyday commands; `just --list` shows them.

# The reading of an example.
example:
    cargo run --release -- read examples/harbour-bombing.txt

# All tests; those that need servers, Python or ../shared skip with a line where these are missing.
test:
    cargo test --release --workspace

# What CI checks of form.
lint:
    cargo fmt --check
    cargo clippy --release --workspace --all-targets -- -D warnings
    cargo deny check licenses bans sources

# Everything that CI does, with the tools installed that it needs.
ci:
    .ci/run

# Speed of the syntax tier beside the Python package.
speed *files:
    training/speed.sh {{files}}

# Reports a second, memory and start-up of `read`.
bench:
    benches/read.sh

# A server for the tests that need one, on loopback, its data in a folder that is removed: just services cargo test.
services +command:
    .ci/services {{command}}

# Fuzz each way in for so many seconds.
fuzz seconds="60":
    fuzz/run.sh {{seconds}}
