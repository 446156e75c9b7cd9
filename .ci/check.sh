#!/usr/bin/env bash
# `make check`: the fast inner loop. Formatting, both halves type-checked, the unit tests beside the code.
set -euo pipefail
. "$(dirname "$0")/common.sh"

say "rustfmt"
cargo fmt --check
say "cargo check: browser half"
cargo check --quiet --lib --no-default-features --features hydrate --target wasm32-unknown-unknown
say "cargo check: server half with its tests"
cargo check --quiet --all-targets
say "unit tests"
cargo test --quiet --lib
