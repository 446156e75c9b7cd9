#!/usr/bin/env bash
# What the tests need besides setup.sh: PostgreSQL's programs (the tests run a server of their own) and Chromium.
set -euo pipefail
. "$(dirname "$0")/common.sh"

say "Setting up the tests"
missing=()
if compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || have initdb; then note "PostgreSQL: here"; else missing+=(postgresql); fi
if [ -x "${CHROMIUM:-/usr/bin/chromium}" ]; then note "Chromium: here"; else missing+=(chromium); fi
[ ${#missing[@]} = 0 ] || apt_install "${missing[@]}"
