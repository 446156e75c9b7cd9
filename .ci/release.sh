#!/usr/bin/env bash
# `make release`: one file, dist/photovault, that carries every page and asset inside and runs from any folder.
set -euo pipefail
. "$(dirname "$0")/common.sh"

"$ROOT/.ci/setup.sh"
say "Building the site, compressed"
"$ROOT/.ci/build.sh" --precompress --site-only
rm -rf dist/site
mkdir -p dist
trap 'rm -rf "$ROOT/dist/site"' EXIT
cp -r target/site dist/site
rm -f target/.built # the site in target/ is now one with compressed files beside it
say "Building the server with the site inside"
cargo build --release --no-default-features --features embed --bin photovault
cp "$CARGO_TARGET_DIR/release/photovault" dist/photovault.new
mv dist/photovault.new dist/photovault
say "dist/photovault: $(du -h dist/photovault | cut -f1), needs nothing beside it"
