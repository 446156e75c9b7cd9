# Shared by the scripts of this folder: where things are, and how the scripts talk. Source it, don't run it.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"

CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/photovault
# One build folder for every clone and for CI on this machine: the dependencies are compiled once.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$CACHE/target}
# Leptos bakes this name in when it is compiled; the same value everywhere keeps plain cargo and cargo-leptos from undoing
# each other's builds, and without it a server built by plain cargo asks for a wasm file of another name.
export LEPTOS_OUTPUT_NAME=photovault
# tailwindcss and wasm-opt come from npm; cargo-leptos takes what it finds on PATH and downloads nothing.
export PATH="$ROOT/end2end/node_modules/.bin:${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
export NODE_PATH=$ROOT/end2end/node_modules
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

CARGO_LEPTOS_VERSION=0.3.10 # 0.3.11 needs a newer rustc than rust-toolchain.toml names

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
note() { printf '    %s\n' "$*"; }
stop() {
  printf '\033[31m==> %s\033[0m\n' "$1" >&2
  shift
  for line in "$@"; do printf '    %s\n' "$line" >&2; done
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# The version that Cargo.lock holds of a crate.
locked_version() { awk -v name="name = \"$1\"" '$0 == name { getline; gsub(/version = |"/, ""); print; exit }' Cargo.lock; }

# Debian packages: as root, with sudo when it asks for nothing, or a sentence that says what to type.
apt_install() {
  local run=()
  if ! have apt-get; then stop "These packages are missing: $*" "This is not Debian or Ubuntu: install their likes with your system's package manager, then run the command again."; fi
  if [ "$(id -u)" != 0 ]; then
    if have sudo && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then run=(sudo); else
      stop "These Debian packages are missing: $*" "Installing them needs root. Please run:  sudo apt-get update && sudo apt-get install -y $*" "then run the command again."
    fi
  fi
  note "apt-get install $*"
  "${run[@]}" apt-get update -q >/dev/null || note "apt-get update failed; trying with the lists that are here"
  "${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null ||
    stop "apt-get could not install: $*" "Run 'apt-get update && apt-get install $*' by hand to see why, then run the command again."
}

# A port that nobody listens on.
free_port() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'; }

# Waits until the server at $1 says it is ready; $2 is its process, whose end ends the waiting.
wait_ready() {
  for _ in $(seq 600); do
    curl -fsS -o /dev/null "$1/healthz" 2>/dev/null && return
    kill -0 "$2" 2>/dev/null || stop "The server at $1 ended before it was ready."
    sleep 0.1
  done
  stop "The server at $1 was not ready within a minute."
}
