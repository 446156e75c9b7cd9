#!/bin/sh
# Ingest against sharp, interleaved over five rounds, so that a busy neighbour disturbs both alike. Ratios count.
#   end2end/bench/ingest.sh [workers]
set -eu
cd "$(dirname "$0")/../.."
workers="${1:-2}"
cache="${PHOTOVAULT_BENCH_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/photovault/bench}/ingest" # a folder of its own: parts of it are removed below
mkdir -p "$cache"

if [ -z "${INGEST:-}" ]; then
  cargo bench --bench ingest --no-run
  INGEST=$(cargo bench --bench ingest --no-run --message-format=json 2>/dev/null | sed -n 's/.*"name":"ingest".*"executable":"\([^"]*\)".*/\1/p' | tail -1)
fi
rm -rf "$cache/photos" # 50 MB, made anew: they belong to the version of the benchmark
"$INGEST" make "$cache/photos"

: > "$cache/ingest.jsonl"
for round in 1 2 3 4 5; do
  "$INGEST" develop 1 "$workers" "$cache"/photos/*.jpg | tee -a "$cache/ingest.jsonl"
  for icc in icc no-icc; do
    node end2end/bench/ingest-sharp.mjs "$icc" 1 "$workers" "$cache"/photos/*.jpg | tee -a "$cache/ingest.jsonl"
  done
done
node -e '
  const lines = require("fs").readFileSync(process.argv[1], "utf8").trim().split("\n").map(line => JSON.parse(line))
  const median = (tool, key) => lines.filter(line => line.tool === tool).map(line => line[key]).sort((a, b) => a - b)[2]
  const ours = key => median("photovault", key)
  console.log("\nmedians of five        CPU s/photo   photos/s    peak MB     CPU and speed against ours")
  for (const tool of ["photovault", "sharp icc", "sharp no-icc"]) {
    const [cpu, speed, peak] = ["cpu_s", "photos_per_s", "peak_mb"].map(key => median(tool, key))
    console.log(tool.padEnd(22), cpu.toFixed(3).padStart(11), speed.toFixed(2).padStart(10), String(peak).padStart(10), `   ${(cpu / ours("cpu_s")).toFixed(2)} x CPU, ${(speed / ours("photos_per_s")).toFixed(2)} x speed`)
  }' "$cache/ingest.jsonl"

rm -rf "$cache/pictures"
"$INGEST" write "$cache/pictures" "$cache"/photos/*.jpg
node end2end/bench/ingest-sharp-quality.mjs "$cache/pictures" "$cache"/photos/*.jpg
"$INGEST" score "$cache/pictures" "$cache"/photos/*.jpg
