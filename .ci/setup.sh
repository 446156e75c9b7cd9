#!/usr/bin/env bash
# Installs what building and running PhotoVault needs. Safe to run again: what is there already is skipped.
set -euo pipefail
. "$(dirname "$0")/common.sh"

compilers() {
  local missing=()
  have cc || missing+=(gcc libc6-dev)
  have c++ || missing+=(g++)
  have make || missing+=(make)
  have cmake || missing+=(cmake)
  have nasm || missing+=(nasm) # libjpeg-turbo's assembler: without it photographs are prepared at a third of the speed
  have pkg-config || missing+=(pkg-config)
  have curl || missing+=(curl ca-certificates)
  if [ ${#missing[@]} = 0 ]; then note "C compiler, cmake, nasm, pkg-config, curl: here"; else apt_install "${missing[@]}"; fi
}

rust() {
  have cargo || stop "Rust is missing." "Install it with rustup (https://rustup.rs), then run the command again."
  note "$(rustc --version)" # the first call lets rustup fetch the version that rust-toolchain.toml names
  local target=wasm32-unknown-unknown
  if [ -d "$(rustc --print sysroot)/lib/rustlib/$target" ]; then
    note "rust target $target: here"
  else
    have rustup || stop "The Rust target $target is missing and there is no rustup to add it." "Install Rust with rustup (https://rustup.rs), then run the command again."
    note "rustup target add $target"
    rustup target add "$target" || stop "rustup could not add $target." "Is there a connection to the internet?"
  fi
}

node_() {
  have node && have npm || stop "Node.js with npm is missing." "Install version 20 or newer (https://nodejs.org, or your system's packages), then run the command again."
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || stop "Node.js $(node --version) is too old." "Install version 20 or newer, then run the command again."
  note "node $(node --version)"
}

# Own build folder, so that an interrupted install goes on where it stopped; removed when it is through.
cargo_tool() {
  local name=$1 version=$2
  shift 2
  note "cargo install $name $version (a few minutes, once)"
  CARGO_TARGET_DIR=$CACHE/tools/$name cargo install --quiet "$name" --version "=$version" "$@" ||
    stop "cargo could not install $name $version." "Run 'cargo install $name --version =$version' by hand to see why, then run the command again."
  rm -rf "${CACHE:?}/tools/$name"
}

cargo_leptos() {
  if [ "$(cargo-leptos --version 2>/dev/null)" = "cargo-leptos $CARGO_LEPTOS_VERSION" ]; then note "cargo-leptos $CARGO_LEPTOS_VERSION: here"; return; fi
  # A default release build of it takes twice as long and gains nothing here.
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    cargo_tool cargo-leptos "$CARGO_LEPTOS_VERSION" --locked --features no_downloads
}

wasm_bindgen() {
  local version
  version=$(locked_version wasm-bindgen)
  if [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $version" ]; then note "wasm-bindgen $version: here"; return; fi
  CARGO_PROFILE_RELEASE_LTO=off cargo_tool wasm-bindgen-cli "$version"
}

npm_packages() {
  local stamp=end2end/node_modules/.installed-from
  if cmp -s end2end/package-lock.json "$stamp"; then note "npm packages of end2end: here"; return; fi
  note "npm ci in end2end (Tailwind, wasm-opt, Playwright)"
  (cd end2end && npm ci --loglevel=error) || stop "npm could not install the packages of end2end." "Run 'npm ci' in end2end by hand to see why, then run the command again."
  cp end2end/package-lock.json "$stamp"
}

say "Setting up"
compilers
rust
node_
cargo_leptos
wasm_bindgen
npm_packages
