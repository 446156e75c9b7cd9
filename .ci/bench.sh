#!/usr/bin/env bash
# `make bench`: every benchmark of end2end/bench, or those named. Each prints its figures and what they are held to.
set -euo pipefail
. "$(dirname "$0")/common.sh"

"$ROOT/.ci/setup.sh"
"$ROOT/.ci/setup-tests.sh" # some of them look with a browser
if [ -z "${PHOTOVAULT_TEST_BIN:-}" ]; then
  say "Building"
  "$ROOT/.ci/build.sh"
fi
figures=$(mktemp)
trap 'rm -f "$figures"' EXIT
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
  esac | tee -a "$figures"
done
say "$(grep -c ': kept$' "$figures" || true) figures kept, $(grep -c ': MISSED$' "$figures" || true) missed"
grep ': MISSED$' "$figures" || true
