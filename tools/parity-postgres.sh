#!/bin/sh
# Runs a command with a PostgreSQL server of its own: on a temporary folder and a free loopback port, as an unprivileged user,
# stopped and removed afterwards. Its address is in VGI_TEST_POSTGRES. Without a command: the storage tests against that server.
# Installs the server from the distribution's packages if it is missing (Debian or Ubuntu, as root).
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)

find_server() {
  # The newest of the versions that are installed side by side.
  binaries=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t / -k 5 -n | tail -n 1)
  if [ -z "$binaries" ] && command -v initdb >/dev/null; then binaries=$(dirname "$(command -v initdb)"); fi
  [ -n "$binaries" ] && [ -x "$binaries/initdb" ]
}

if ! find_server; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "parity: PostgreSQL is not installed; install the package postgresql, or run this as root on Debian" >&2
    exit 2
  fi
  echo "installing PostgreSQL ..."
  # The package would otherwise make and start a server for the whole machine.
  mkdir -p /etc/postgresql-common/createcluster.d
  echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/no-main-cluster.conf
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends postgresql >/dev/null
  find_server
fi

folder=$(mktemp -d)
# The server refuses to run as root; the packages made the user postgres.
as_server() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi
}
[ "$(id -u)" != 0 ] || chown postgres:postgres "$folder"
stop() {
  as_server "$binaries/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

cd "$folder"
as_server "$binaries/initdb" -D "$folder/data" -U vgi -A trust -E UTF8 --locale=C >/dev/null
port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
as_server "$binaries/pg_ctl" -D "$folder/data" -l "$folder/log" -w -o "-c listen_addresses=127.0.0.1 -p $port -k $folder" start >/dev/null ||
  { cat "$folder/log" >&2; exit 1; }

cd "$root"
VGI_TEST_POSTGRES="postgres://vgi@127.0.0.1:$port/postgres"
export VGI_TEST_POSTGRES
if [ $# -gt 0 ]; then "$@"; else npx vitest run --config tests/storage/parity.config.ts; fi
