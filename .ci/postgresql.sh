#!/bin/sh
# Prints the folder of PostgreSQL's programs: the one that POSTGRES_BIN names, else the machine's, else
# (on Debian) a new one. Without any it prints nothing, and the tests that need it say they are skipped.
set -eu

if [ -n "${POSTGRES_BIN:-}" ]; then
    [ -x "$POSTGRES_BIN/pg_ctl" ] && echo "$POSTGRES_BIN" && exit
    echo "POSTGRES_BIN=$POSTGRES_BIN holds no pg_ctl." >&2
    exit 1
fi

find_postgresql() {
    for program in "$(command -v pg_ctl || true)" $(ls -d /usr/lib/postgresql/*/bin/pg_ctl 2>/dev/null | sort -rV) \
        /opt/homebrew/opt/postgresql@*/bin/pg_ctl /usr/local/opt/postgresql@*/bin/pg_ctl; do
        [ -x "$program" ] && dirname "$(readlink -f "$program")" && return
    done
    return 1
}

find_postgresql && exit

# Only the programs: the tests start a cluster of their own.
"$(dirname "$0")/debian.sh" --no-install-recommends postgresql && find_postgresql && exit

cat >&2 <<'END'
No PostgreSQL was found: THE REGISTRY IS NOT TESTED ON POSTGRESQL.
  Debian:  sudo apt-get install postgresql
  macOS:   brew install postgresql@17
  or name one that you have:  make test POSTGRES_BIN=/path/to/its/bin
END
