#!/usr/bin/env bash
# `make run`: builds what changed and serves it with the demo studio. Settings: see .env.example.
set -euo pipefail
. "$(dirname "$0")/common.sh"

# .env holds NAME=value lines; what the environment says already wins.
if [ -f .env ]; then
  while IFS= read -r line || [ -n "$line" ]; do
    if [[ $line =~ ^([A-Z_][A-Z0-9_]*)=\"?([^\"]*)\"?$ ]] && [ -z "${!BASH_REMATCH[1]+set}" ]; then export "${BASH_REMATCH[1]}=${BASH_REMATCH[2]}"; fi
  done <.env
fi

"$ROOT/.ci/setup.sh"
say "Building (the first time takes some minutes)"
"$ROOT/.ci/build.sh"
say "Serving http://${LEPTOS_SITE_ADDR:-127.0.0.1:3000} with the data in ${PHOTOVAULT_DATA:-./data} (Ctrl-C ends it)"
export PHOTOVAULT_DEMO=${PHOTOVAULT_DEMO:-1} LEPTOS_SITE_ROOT=$ROOT/target/site
exec target/photovault serve
