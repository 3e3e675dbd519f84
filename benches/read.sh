#!/usr/bin/env bash
# Reports a second, peak memory and start-up of `read`, over a thousand reports made from ../shared/data.
set -euo pipefail
cd "$(dirname "$0")/.."
binary=target/release/watchkeeper
shared=${WATCHKEEPER_SHARED:-../shared}
if [ ! -d "$shared/data" ]; then
    echo "benches/read.sh: no benchmark data at $shared; set WATCHKEEPER_SHARED" >&2
    exit 1
fi
cargo build -q --release -p watchkeeper
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 benches/thousand_reports.py "$shared" > "$scratch/reports.jsonl"

python3 - "$binary" "$scratch/reports.jsonl" <<'PY'
import hashlib, resource, subprocess, sys, time
binary, reports = sys.argv[1:]
count = sum(1 for _ in open(reports))

def run(*flags):
    started = time.perf_counter()
    out = subprocess.run([binary, "read", "--format", "json", *flags, reports], stdout=subprocess.PIPE, check=True).stdout
    return time.perf_counter() - started, hashlib.sha256(out).hexdigest()

starts = []
for _ in range(10):
    started = time.perf_counter()
    subprocess.run([binary, "read", "--format", "json"], input=b"Nothing happened.", stdout=subprocess.DEVNULL, check=True)
    starts.append(time.perf_counter() - started)
print(f"start-up with one sentence: {1000 * sorted(starts)[5]:.0f} ms (median of 10)")
digests = set()
for threads in ("1", "2", "8"):
    seconds, digest = run("--threads", threads)
    digests.add(digest)
    print(f"{count} reports on {threads} threads: {seconds:.1f} s, {count / seconds:.1f} reports/s")
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"peak memory: {peak:.0f} MB")
print("output: " + ("byte-identical" if len(digests) == 1 else "DIFFERS"))
sys.exit(len(digests) != 1)
PY
