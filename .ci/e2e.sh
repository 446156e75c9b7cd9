#!/usr/bin/env bash
# The Playwright suite against the optimised build. It starts its own server on a fresh data folder.
set -euo pipefail
. "$(dirname "$0")/common.sh"

if [ -z "${PHOTOVAULT_TEST_BIN:-}" ]; then "$ROOT/.ci/build.sh"; fi
cd end2end
exec npx --no-install playwright test "$@"
