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

rm -rf "$cache/pictures"
"$INGEST" write "$cache/pictures" "$cache"/photos/*.jpg
node end2end/bench/ingest-sharp-quality.mjs "$cache/pictures" "$cache"/photos/*.jpg
"$INGEST" score "$cache/pictures" "$cache"/photos/*.jpg > "$cache/scores.txt"
node end2end/bench/ingest-figures.mjs "$cache/ingest.jsonl" "$cache/scores.txt"
