#!/usr/bin/env bash
# `make fuzz`: asks the API of a running demo studio a few thousand odd questions in each role, made from its own
# description, and fails on every 5xx and on every answer that the description does not name.
# CASES=2000 says how many in each role; FUZZ_BASE names a server that runs already, with TRUSTED_PROXIES=127.0.0.1.
set -euo pipefail
. "$(dirname "$0")/common.sh"

SCHEMATHESIS=4.32.5
CASES=${CASES:-2000}
venv=$CACHE/fuzz/schemathesis-$SCHEMATHESIS
if [ ! -x "$venv/bin/schemathesis" ]; then
  say "Installing schemathesis $SCHEMATHESIS"
  python3 -m venv "$venv" || stop "Python's venv is missing." "Run:  apt-get install python3-venv"
  "$venv/bin/pip" install -q "schemathesis==$SCHEMATHESIS" || stop "schemathesis could not be installed from PyPI."
fi

password=fuzz-password-1
if [ -z "${FUZZ_BASE:-}" ]; then
  "$ROOT/.ci/setup.sh"
  say "Building"
  "$ROOT/.ci/build.sh"
  data=$(mktemp -d /tmp/photovault-fuzz.XXXXXX)
  FUZZ_BASE=http://127.0.0.1:$(free_port)
  env LEPTOS_SITE_ADDR="${FUZZ_BASE#http://}" LEPTOS_SITE_ROOT="$ROOT/target/site" PHOTOVAULT_DATA="$data" PHOTOVAULT_DEMO=1 \
    PHOTOVAULT_DEMO_PASSWORD=$password TRUSTED_PROXIES=127.0.0.1 RUST_LOG=warn "${PHOTOVAULT_TEST_BIN:-$ROOT/target/photovault}" serve >/dev/null &
  server=$!
  trap 'kill $server 2>/dev/null; wait $server 2>/dev/null || true; rm -rf "$data"' EXIT
  wait_ready "$FUZZ_BASE" $server
fi

token() {
  curl -fsS "$FUZZ_BASE/api/v1/auth/login" -H 'Content-Type: application/json' -d "{\"email\":\"$1@photovault.test\",\"password\":\"${FUZZ_PASSWORD:-$password}\"}" |
    node -pe 'JSON.parse(require("fs").readFileSync(0)).access'
}

# What signs the fuzzer itself out, or locks it out, is left to the tests.
apart=(--exclude-path-regex 'auth/(logout|password)')
operations=$(curl -fsS "$FUZZ_BASE/api/v1/openapi.json" | node -pe 'Object.values(JSON.parse(require("fs").readFileSync(0)).paths).flatMap(Object.values).length')
each=$(((CASES + operations - 1) / operations))
checks=not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,unsupported_method
# all before the first case: the fuzzer's own guesses may close the door to sign in by
declare -A tokens=([nobody]='' [client]=$(token client) [photographer]=$(token photographer) [owner]=$(token owner))
cd "$CACHE/fuzz" # where it keeps what it remembers
export PYTHONPATH=$ROOT/.ci PYTHONDONTWRITEBYTECODE=1 SCHEMATHESIS_HOOKS=fuzz_addresses
failed=0
for role in nobody client photographer owner; do
  say "$role: about $((each * operations)) cases in $operations operations"
  headers=()
  [ $role = nobody ] || headers=(-H "Authorization: Bearer ${tokens[$role]}")
  "$venv/bin/schemathesis" run "$FUZZ_BASE/api/v1/openapi.json" "${headers[@]}" "${apart[@]}" --checks $checks --phases examples,coverage,fuzzing \
    --max-examples "$each" --workers 2 --continue-on-failure --suppress-health-check all --generation-database none "$@" || failed=1
done
[ $failed = 0 ] || stop "Some answers were not as they should be; see above."
