# What the scripts share: where we are, how to say and to fail, root rights, and a PostgreSQL cluster for one run. Sourced, not run.
set -euo pipefail
export LC_ALL=C.UTF-8
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"
JOBS=${CONFER_JOBS:-$(nproc)}

say() { printf '%s\n' "$*"; }
die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# as_root CMD…: runs it as root, with sudo where that is needed.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "installing Debian packages needs root. Run this once as root, or install sudo."
  fi
}

# logged LOG CMD…: keeps a long command's words in a file, and shows its end only if it fails.
logged() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  if ! "$@" >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    printf '%s: this failed: %s (all of it: %s)\n' "${0##*/}" "$*" "$log" >&2
    return 1
  fi
}

# build PRESET [TARGET…]
build() {
  local preset=$1
  shift
  logged "build/$preset-configure.log" cmake --preset "$preset" &&
    logged "build/$preset-build.log" cmake --build --preset "$preset" ${*:+--target "$@"} -- -j"$JOBS"
}

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# memory_folder: where files of one run are best kept: in memory where there are 2 GiB of it for files, else with the other temporary files.
# A database made for one test takes a tenth of the time there (PostgreSQL 15: 33 ms of CPU against 150 on a disk).
memory_folder() {
  local free
  free=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1) || free=0
  if [ -w /dev/shm ] && [ "${free:-0}" -ge 2097152 ]; then say /dev/shm; else say "${TMPDIR:-/tmp}"; fi
}

# start_postgres: a cluster on loopback, on a free port, in a temporary directory, owned by an unprivileged user. Nothing in it outlives
# the run, so it does not sync. Sets CONFER_TEST_POSTGRES; stop_postgres ends it and removes it.
start_postgres() {
  local bin port
  bin=$(find /usr/lib/postgresql -maxdepth 3 -name initdb 2>/dev/null | sort -V | tail -n 1)
  [ -n "$bin" ] || die "no PostgreSQL server found below /usr/lib/postgresql: run script/setup."
  POSTGRES_BIN=$(dirname "$bin")
  POSTGRES_DIR=$(mktemp -d "$(memory_folder)/confer-postgres.XXXXXX")
  POSTGRES_USER=()
  if [ "$(id -u)" = 0 ]; then
    id postgres >/dev/null 2>&1 || die "PostgreSQL refuses to run as root, and the user postgres is missing: run script/setup."
    chown postgres: "$POSTGRES_DIR"
    POSTGRES_USER=(runuser -u postgres --)
  fi
  (
    cd /
    "${POSTGRES_USER[@]}" "$POSTGRES_BIN/initdb" -D "$POSTGRES_DIR/data" -U confer --auth=trust -E UTF8 --locale=C.UTF-8 --no-sync
  ) >"$POSTGRES_DIR/initdb.log" 2>&1 || { cat "$POSTGRES_DIR/initdb.log" >&2; die "PostgreSQL could not make a cluster in $POSTGRES_DIR."; }
  port=$(free_port)
  (
    cd /
    "${POSTGRES_USER[@]}" "$POSTGRES_BIN/pg_ctl" -D "$POSTGRES_DIR/data" -l "$POSTGRES_DIR/data/server.log" -w -t 60 -o "-p $port \
      -c listen_addresses=127.0.0.1 -c unix_socket_directories=$POSTGRES_DIR/data -c fsync=off -c synchronous_commit=off \
      -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB -c max_wal_size=128MB -c min_wal_size=32MB" start
  ) >"$POSTGRES_DIR/start.log" 2>&1 || { cat "$POSTGRES_DIR/start.log" "$POSTGRES_DIR/data/server.log" >&2; die "PostgreSQL did not start."; }
  "$POSTGRES_BIN/createdb" -h 127.0.0.1 -p "$port" -U confer confer_test
  export CONFER_TEST_POSTGRES="postgresql://confer@127.0.0.1:$port/confer_test"
}

stop_postgres() {
  [ -n "${POSTGRES_DIR:-}" ] || return 0
  if [ -f "$POSTGRES_DIR/data/postmaster.pid" ]; then
    (cd / && "${POSTGRES_USER[@]}" "$POSTGRES_BIN/pg_ctl" -D "$POSTGRES_DIR/data" -m immediate -w stop) >/dev/null 2>&1 || true
  fi
  rm -rf "$POSTGRES_DIR"
  POSTGRES_DIR=
}
