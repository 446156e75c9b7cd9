#!/usr/bin/env bash
# The server that the browser tests talk to: the optimised build, a fresh data folder, the demo studio. Nothing of the
# person's own settings reaches it.
set -euo pipefail
cd "$(dirname "$0")/.."
dir=$PWD/target/end2end
rm -rf "$dir"
mkdir -p "$dir"

# The tests name the address they come from, so that one test's sign-ins don't use up another's.
exec env -i PATH="$PATH" HOME="$HOME" LANG=C.UTF-8 \
  LEPTOS_SITE_ADDR="127.0.0.1:${PHOTOVAULT_TEST_PORT:-3187}" LEPTOS_SITE_ROOT="$PWD/target/site" \
  PHOTOVAULT_DATA="$dir/data" PHOTOVAULT_DEMO=1 PHOTOVAULT_DEMO_PASSWORD=demo-password-1 PAYMENT_SANDBOX=1 \
  TRUSTED_PROXIES=127.0.0.1 RUST_LOG=warn \
  "${PHOTOVAULT_TEST_BIN:-$PWD/target/photovault}" serve 2> >(tee "$dir/server.log" >&2)
