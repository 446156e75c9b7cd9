#!/usr/bin/env bash
# What the tests need besides setup.sh: PostgreSQL's programs (the tests run a server of their own), Chromium, and
# strace, which sees in which order files and rows are made safe.
set -euo pipefail
. "$(dirname "$0")/common.sh"

say "Setting up the tests"
missing=()
if compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || have initdb; then note "PostgreSQL: here"; else missing+=(postgresql); fi
if [ -x "${CHROMIUM:-/usr/bin/chromium}" ]; then note "Chromium: here"; else missing+=(chromium); fi
if have strace; then note "strace: here"; else missing+=(strace); fi
[ ${#missing[@]} = 0 ] || apt_install "${missing[@]}"
