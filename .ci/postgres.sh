#!/usr/bin/env bash
# Runs a command with a private PostgreSQL beside it, in a temporary folder on a free port:
#     .ci/postgres.sh cargo test
# The command finds it in PHOTOVAULT_TEST_DATABASE_URL (a role that may create databases, not a superuser).
# The server ends with the command, also after Ctrl-C, and leaves nothing behind.
set -euo pipefail
. "$(dirname "$0")/common.sh"
[ $# -gt 0 ] || stop "usage: .ci/postgres.sh COMMAND [ARGUMENT …]"

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb)") || stop "PostgreSQL's programs are missing." "Run:  make setup-tests"

# PostgreSQL refuses to run as root; Debian's package brings the account 'postgres'.
if [ "$(id -u)" = 0 ]; then
  id postgres >/dev/null 2>&1 || stop "PostgreSQL does not run as root, and there is no account 'postgres'." "Run:  make setup-tests"
  as() { setpriv --reuid=postgres --regid=postgres --clear-groups env HOME="$1" "${@:2}"; }
else
  as() { "${@:2}"; }
fi
end_server() { as "$1" "$bin/pg_ctl" -D "$1/data" -m immediate -w stop >/dev/null 2>&1 || true; rm -rf "$1"; }

# One that was killed before it could tidy up.
for old in /tmp/photovault-postgres.*; do
  [ -f "$old/owner" ] && [ -O "$old/owner" ] || continue
  kill -0 "$(cat "$old/owner")" 2>/dev/null || { note "ending a PostgreSQL that was left behind in $old"; end_server "$old"; }
done

dir=$(mktemp -d /tmp/photovault-postgres.XXXXXX) # short: its name becomes part of a socket's
trap 'end_server "$dir"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
echo $$ >"$dir/owner"
password=$(head -c 12 /dev/urandom | od -An -tx1 | tr -d ' \n')
printf '%s' "$password" >"$dir/password"
if [ "$(id -u)" = 0 ]; then chown postgres "$dir" "$dir/password"; fi
port=$(free_port)

as "$dir" "$bin/initdb" -D "$dir/data" -U admin --auth-local=trust --auth-host=scram-sha-256 --pwfile="$dir/password" \
  --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1 || stop "initdb failed:" "$(cat "$dir/initdb.log")"
# Nothing in it outlives the command, so it need not survive a power cut.
as "$dir" tee -a "$dir/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$dir'
max_connections = 200
shared_buffers = 64MB
fsync = off
synchronous_commit = off
full_page_writes = off
deadlock_timeout = 200ms
CONF
as "$dir" "$bin/pg_ctl" -D "$dir/data" -l "$dir/server.log" -w -t 60 start >/dev/null || stop "PostgreSQL did not start:" "$(tail -5 "$dir/server.log")"
as "$dir" "$bin/psql" -h "$dir" -p "$port" -U admin -d postgres -q \
  -c "create role photovault login createdb password '$password'" -c "create database photovault owner photovault"

export PHOTOVAULT_TEST_DATABASE_URL=postgres://photovault:$password@127.0.0.1:$port/photovault
# for a test that crashes a server of its own
export PHOTOVAULT_TEST_POSTGRES=$dir
PHOTOVAULT_TEST_PG_CTL="$bin/pg_ctl -D $dir/data"
if [ "$(id -u)" = 0 ]; then PHOTOVAULT_TEST_PG_CTL="setpriv --reuid=postgres --regid=postgres --clear-groups env HOME=$dir $PHOTOVAULT_TEST_PG_CTL"; fi
export PHOTOVAULT_TEST_PG_CTL
"$@" # not exec: the trap must still run
