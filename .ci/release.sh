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
# What nobody asks for: types for programmers, and compressed copies of what is compressed already.
find dist/site -name '*.d.ts*' -delete
find dist/site -regextype egrep -regex '.*\.(woff2|jpg|png|webp|avif|ico)\.(br|gz)' -delete
rm -f target/.built # the site in target/ is now one with compressed files beside it
say "Building the server with the site inside"
cargo build --release --no-default-features --features embed --bin photovault
cp "$CARGO_TARGET_DIR/release/photovault" dist/photovault.new
strip --strip-debug dist/photovault.new
mv dist/photovault.new dist/photovault
say "Trying it in an empty folder"
folder=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$folder" "$ROOT/dist/site"' EXIT
address=127.0.0.1:$(free_port)
(cd "$folder" && exec env -i PATH="$PATH" HOME="$HOME" LEPTOS_SITE_ADDR="$address" PHOTOVAULT_DATA="$folder/data" "$ROOT/dist/photovault" serve >"$folder/log" 2>&1) &
server=$!
wait_ready "http://$address" $server
find dist/site -type f ! -name '*.br' ! -name '*.gz' -printf '/%P\n' | while read -r file; do
  curl -fsS "http://$address$file" | cmp -s - "dist/site$file" || stop "dist/photovault does not serve $file as it was built."
done
say "dist/photovault: $(du -h dist/photovault | cut -f1), needs nothing beside it"
