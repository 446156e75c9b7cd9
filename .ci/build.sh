#!/usr/bin/env bash
# Builds the server and the site optimised: target/photovault and target/site. Does nothing when no source is newer.
# --precompress adds .br and .gz beside every file of the site; --site-only leaves the server out.
set -euo pipefail
. "$(dirname "$0")/common.sh"

precompress=() server=1
for option in "$@"; do
  case $option in
    --precompress) precompress=(--precompress) ;;
    --site-only) server=0 ;;
    *) stop "unknown option $option" ;;
  esac
done

# CARGO_TARGET_DIR is shared by clones, so what belongs to this one is kept in its own target/.
stamp=target/.built
if [ $# = 0 ] && [ -x target/photovault ] && [ -f target/site/pkg/photovault.wasm ] && [ -f "$stamp" ] &&
  [ -z "$(find Cargo.toml Cargo.lock src style public migrations end2end/package-lock.json -newer "$stamp" -print -quit)" ]; then
  note "target/photovault and target/site are newer than every source"
  exit
fi

for tool in cargo-leptos wasm-bindgen wasm-opt tailwindcss; do
  have "$tool" || stop "$tool is missing." "Run:  make setup"
done
mkdir -p target
rm -f "$stamp"
touch target/.building
# What a person has set for running must not move the build (cargo-leptos reads the same names, and .env).
export LEPTOS_SITE_ROOT=target/site LEPTOS_SITE_PKG_DIR=pkg LEPTOS_SITE_ADDR=127.0.0.1:3000 LEPTOS_RELOAD_PORT=3001 LEPTOS_HASH_FILES=false
if [ $server = 1 ]; then
  cargo leptos build --release "${precompress[@]}"
  cp "$CARGO_TARGET_DIR/release/photovault" target/photovault.new
  mv target/photovault.new target/photovault # renamed, so that one that is running goes on undisturbed
  if [ $# = 0 ]; then mv target/.building "$stamp"; fi
else
  cargo leptos build --release --frontend-only "${precompress[@]}"
fi
