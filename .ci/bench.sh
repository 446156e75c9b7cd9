#!/usr/bin/env bash
# `make bench`: every benchmark of end2end/bench, or those named. Each prints its figures and what they are held to.
set -euo pipefail
. "$(dirname "$0")/common.sh"

"$ROOT/.ci/setup.sh"
say "Building"
"$ROOT/.ci/build.sh"
# A name with a dash is a part of the benchmark before the dash.
benchmarks() { find end2end/bench -maxdepth 1 \( -name '*.sh' -o -name '*.mjs' \) ! -name '*-*' | sort; }
if [ $# = 0 ]; then
  for file in $(benchmarks); do set -- "$@" "$(basename "${file%.*}")"; done
fi
for name in "$@"; do
  file=$(benchmarks | grep -E "/$name\.(sh|mjs)$") || stop "There is no benchmark $name." "There are: $(benchmarks | sed -E 's|.*/||; s|\..*||' | tr '\n' ' ')"
  say "Benchmark: $name"
  case $file in
    *.sh) bash "$file" ;;
    *) node "$file" ;;
  esac
done
