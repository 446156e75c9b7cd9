#!/usr/bin/env bash
# `make chaos`: the tests of bad days at their full length, and the figures that they found. The same tests run among all
# others with a few rounds each. Shorter: KILLS=10 CROWDS=20 make chaos; only some: make chaos ONLY="crash disk".
set -euo pipefail
. "$(dirname "$0")/common.sh"

"$ROOT/.ci/setup-tests.sh"
have strace || stop "strace is missing: it shows in which order files and rows are made safe." "Run:  apt-get install strace"

declare -A tests=(
  [crowds]="orders::crowds::forty_clients"
  [crash]="crash::"
  [bank]="orders::chaos::"
  [database]="instances::server:: instances::illness::"
  [disk]="storage::small_disk::"
  [backup]="backup::restoring::a_backup_under"
)
export PHOTOVAULT_TEST_CROWDS=${CROWDS:-200}   # rounds of 40 buyers
export PHOTOVAULT_TEST_KILLS=${KILLS:-50}      # SIGKILLs on each engine
export PHOTOVAULT_TEST_TAKEOVERS=1             # waits for the lease of the dead to end
export PHOTOVAULT_TEST_ORDERS=${ORDERS:-500}   # on the bank's bad day
export PHOTOVAULT_TEST_CRASHES=${CRASHES:-5}   # of PostgreSQL
export PHOTOVAULT_TEST_HANG=${HANG:-60}        # seconds in which PostgreSQL stands still
export PHOTOVAULT_TEST_FULL=${FULL:-100}       # moments at which the disk is full
export PHOTOVAULT_TEST_BACKUPS=${BACKUPS:-50}  # while rows are written

log=$(mktemp /tmp/photovault-chaos.XXXXXX)
disk=$(mktemp -d /tmp/photovault-disk.XXXXXX)
trap 'umount "$disk" 2>/dev/null || true; rm -rf "$log" "$disk"' EXIT
# a disk that can really be full is only root's to make
if mount -t tmpfs -o size=192m,mode=700 photovault-chaos "$disk" 2>/dev/null; then export PHOTOVAULT_TEST_SMALL_DISK=$disk; else
  note "A small disk cannot be mounted here (that takes root): the program is only told that its disk is full."
fi

say "Building"
cargo test --quiet --test promises --no-run
failed=0
for name in ${ONLY:-crowds crash bank database disk backup}; do
  [ -n "${tests[$name]:-}" ] || stop "There is no $name." "There are: ${!tests[*]}"
  say "$name"
  # one at a time: each wants the machine for itself
  # shellcheck disable=SC2086
  "$ROOT/.ci/postgres.sh" cargo test --quiet --test promises -- ${tests[$name]} --nocapture --test-threads=1 2>&1 | tee -a "$log" || failed=1
done
say "Figures"
grep -o 'figure: .*' "$log" | sed 's/^figure: /    /'
[ $failed = 0 ] || stop "Not every day was survived; see above."
