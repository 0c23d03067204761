#!/bin/sh
# Brings back what deploy/backup.sh kept, or shows that it could.
#
#   deploy/restore.sh FOLDER/<time> DATABASE [STORE DECKS]
#
# DATABASE is an address as in KIM_DATABASE_URL, of a database that is empty, or of a file that is not
# there: nothing is written over. STORE and DECKS are folders that are not there, either; without them
# only the registry is brought back, which is enough for a drill. It ends by comparing what the
# registry says of itself with what it said when the copy was made.
set -eu
umask 077

[ $# -eq 2 ] || [ $# -eq 4 ] || { sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2; }
home=$(cd "$(dirname "$0")/.." && pwd)
copy=$(cd "$1" && pwd)
database=$2

refuse() {
    echo "$1" >&2
    exit 1
}

case $database in
postgresql:* | postgres:*)
    [ -f "$copy/registry.dump" ] || refuse "This is a copy of a registry on SQLite: restore it to sqlite:///FILE."
    tables=$(psql --no-psqlrc --tuples-only --no-align --command \
        "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'" "$database")
    [ "$tables" = 0 ] || refuse "The database holds $tables tables already; make an empty one (createdb)."
    pg_restore --exit-on-error --single-transaction --no-owner --no-privileges --dbname "$database" \
        "$copy/registry.dump"
    psql --no-psqlrc --quiet --command ANALYZE "$database"
    ;;
sqlite:///*)
    [ -f "$copy/registry.db" ] || refuse "This is a copy of a registry on PostgreSQL: restore it to such a database."
    file=${database#sqlite:///}
    [ ! -e "$file" ] || refuse "$file is there already."
    cp "$copy/registry.db" "$file"
    ;;
*)
    refuse "DATABASE is sqlite:///FILE or postgresql://USER@HOST/NAME."
    ;;
esac

if [ $# -eq 4 ]; then
    if [ -e "$3" ] || [ -e "$4" ]; then refuse "$3 or $4 is there already."; fi
    cp -R "$copy/../boundaries" "$3"
    cp "$copy/active" "$3/active"
    if [ -d "$copy/decks" ]; then cp -R "$copy/decks" "$4"; fi
fi

cd "$home"
KIM_DATABASE_URL=$database .venv/bin/python -m geodata registry status |
    sed '1s/^.*: version/version/' | diff "$copy/status.txt" - ||
    refuse "The registry says something else of itself than when the copy was made."
echo "Restored, and as it was: $(head -n 1 "$copy/status.txt")."
echo "If it is to be used: run the erasures since then again, and registry expire (docs/operating.md)."
