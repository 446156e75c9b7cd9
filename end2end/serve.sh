#!/usr/bin/env bash
# The server that the browser tests talk to: the optimised build, a fresh data folder, the demo studio. Nothing of the
# person's own settings reaches it.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
dir=$root/target/end2end
rm -rf "$dir"
mkdir -p "$dir"
cd "$dir" # a released program finds its pages inside itself, wherever it is started

site=(LEPTOS_SITE_ROOT="$root/target/site")
[ -z "${PHOTOVAULT_TEST_BIN:-}" ] || site=()
cards=()
[ -z "${PHOTOVAULT_TEST_BANK:-}" ] || cards=(STRIPE_API_BASE="$PHOTOVAULT_TEST_BANK" STRIPE_JS_URL="$PHOTOVAULT_TEST_BANK/v3/"
  STRIPE_SECRET_KEY=sk_test_end2end STRIPE_PUBLIC_KEY=pk_test_end2end STRIPE_WEBHOOK_SECRET=whsec_end2end)
# The tests name the address they come from (TRUSTED_PROXIES), so that one test's sign-ins don't use up another's.
exec env -i PATH="$PATH" HOME="$HOME" LANG=C.UTF-8 "${site[@]}" "${cards[@]}" \
  LEPTOS_SITE_ADDR="127.0.0.1:${PHOTOVAULT_TEST_PORT:-3187}" TRUSTED_PROXIES=127.0.0.1 \
  PHOTOVAULT_DATA="$dir/data" PHOTOVAULT_DEMO=1 PHOTOVAULT_DEMO_PASSWORD=demo-password-1 RUST_LOG=warn \
  "${PHOTOVAULT_TEST_BIN:-$root/target/photovault}" serve 2> >(tee "$dir/server.log" >&2)
