#!/usr/bin/env bash
# Latency, throughput and memory of the service: benches/serve.sh STORE [CLIENTS] [SECONDS]
# STORE as `--store` takes it; `cargo xtask bench scale --store sqlite:big.db` makes one of any size. Needs wrk.
set -euo pipefail
cd "$(dirname "$0")/.."
store=${1:?which store, as sqlite:PATH}
clients=${2:-50}
seconds=${3:-15}
command -v wrk >/dev/null || { echo "wrk is needed: apt-get install wrk" >&2; exit 2; }
bin=${WATCHKEEPER:-target/release/watchkeeper}

log=$(mktemp)
"$bin" serve --store "$store" --listen 127.0.0.1:0 2>"$log" &
server=$!
trap 'kill "$server" 2>/dev/null; rm -f "$log"' EXIT
base=
while [ -z "$base" ]; do
    kill -0 "$server" || { cat "$log" >&2; exit 1; }
    base=$(sed -n 's|^serving at \(http://[^ ]*\)/$|\1|p' "$log")
    sleep 0.05
done
began=$(date +%s.%N)
until curl -sf "$base/readyz" >/dev/null; do sleep 0.1; done
ready=$(date +%s.%N)
printf 'ready after %.1f s; %s\n' "$(echo "$ready - $began" | bc)" "$(curl -s "$base/api/status" | head -c 200)"

id=$(curl -s "$base/api/incidents?limit=1" | sed -n 's/.*"items":\[{"id":"\([^"]*\)".*/\1/p')
ids=$(curl -s "$base/api/incidents?limit=200" | grep -o '{"id":"[0-9a-f]*-[0-9]*","title"' | cut -d'"' -f4 | tr '\n' ' ')

# Every address once kept, and every address new: what is not kept is what the server can do by itself.
varied=$(mktemp --suffix=.lua)
trap 'kill "$server" 2>/dev/null; rm -f "$log" "$varied"' EXIT
cat > "$varied" <<LUA
local ids = {}
for id in ("$ids"):gmatch("%S+") do ids[#ids + 1] = id end
local kind = os.getenv("KIND")
local count = 0
math.randomseed(7)
request = function()
  count = count + 1
  if kind == "lists" then
    return wrk.format("GET", "/api/incidents?near=" .. math.random(-60, 60) .. "," .. math.random(-170, 170) .. "," .. (2000 + count % 9000))
  end
  return wrk.format("GET", "/api/incidents/" .. ids[math.random(#ids)])
end
LUA

measure() {
    local what=$1
    shift
    wrk -t2 -c"$clients" -d"${seconds}s" --latency "$@" | awk -v what="$what" '
        /50%/ {median=$2} /99%/ {p99=$2} /Requests\/sec/ {rate=$2} /Non-2xx/ {bad=$0}
        END {printf "%-34s median %-9s p99 %-9s %8s requests/s %s\n", what, median, p99, rate, bad}'
}
measure "list, one page" "$base/api/incidents"
measure "one incident" "$base/api/incidents/$id"
KIND=lists measure "lists, each asked for the first time" -s "$varied" "$base"
KIND=incidents measure "incidents, two hundred of them" -s "$varied" "$base"
awk '/VmHWM/ {printf "memory at most %d MiB\n", $2 / 1024}' "/proc/$server/status"
