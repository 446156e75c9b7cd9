#!/usr/bin/env bash
# `make test`: everything, in the order in which a mistake shows soonest. Stops at the first step that fails.
set -euo pipefail
. "$(dirname "$0")/common.sh"

logs=target/test-logs
mkdir -p $logs
rm -f $logs/*
current=
times=()
step() { # name, command …
  local begun=$SECONDS
  current=$1
  say "$current"
  "${@:2}" 2>&1 | tee "$logs/${current// /-}.log"
  times+=("$(printf '%5ds  %s' $((SECONDS - begun)) "$current")")
  current=
}
report() {
  local code=$?
  say "Times"
  printf '    %s\n' "${times[@]}"
  [ -z "$current" ] || printf '    \033[31mfailed: %s\033[0m (its output: %s)\n' "$current" "$logs/${current// /-}.log"
  # The sum in the plain form that every CI reads: "N passed, N failed".
  cat $logs/*.log | awk -v broken="${current:+1}" '
    /^test result:/ { passed += $4; failed += $6; skipped += $8 }
    /^ +[0-9]+ (passed|failed|flaky|skipped|did not run)/ { if ($2 ~ /passed|flaky/) passed += $1; else if ($2 == "failed") failed += $1; else skipped += $1 }
    END { if (broken && !failed) failed = 1; printf "%d passed, %d failed%s\n", passed, failed, skipped ? ", " skipped " skipped" : "" }'
  exit "$code"
}
trap report EXIT

step "set-up" "$ROOT/.ci/setup.sh"
step "set-up of the tests" "$ROOT/.ci/setup-tests.sh"
step "formatting" cargo fmt --check
step "clippy on the server" cargo clippy --quiet --all-targets -- -D warnings
step "clippy on the browser half" cargo clippy --quiet --lib --no-default-features --features hydrate --target wasm32-unknown-unknown -- -D warnings
step "unit and integration tests on SQLite and PostgreSQL" "$ROOT/.ci/postgres.sh" cargo test --quiet
step "release build" "$ROOT/.ci/release.sh"
export PHOTOVAULT_TEST_BIN=$ROOT/dist/photovault # the browser sees what is shipped
step "browser tests" "$ROOT/.ci/e2e.sh"
