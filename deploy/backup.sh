#!/bin/sh
# Keeps a copy of what cannot be made again: registry, decks, boundary sets.
#
#   deploy/backup.sh FOLDER
#
# Run it as the server's user, with its settings (KIM_DATABASE_URL, ...), while the server runs. The
# copy is FOLDER/<time>; it is under that name only once it is whole and was read back. It holds
# personal data. Copies older than KIM_CELLS_DAYS (180) are deleted.
set -eu
umask 077

[ $# -eq 1 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
home=$(cd "$(dirname "$0")/.." && pwd)
python="$home/.venv/bin/python"
mkdir -p "$1"
folder=$(cd "$1" && pwd)
copy="$folder/$(date -u +%Y-%m-%dT%H%M%SZ)"
unfinished="$folder/.unfinished"
cd "$home"

rm -rf "$unfinished"
mkdir "$unfinished"
trap 'rm -rf "$unfinished"' EXIT

settings=$("$python" - <<'END'
import shlex

from geodata.settings import settings

now = settings()
url = now.database_url.get_secret_value() if now.database_url else f"sqlite:///{now.registry_file}"
chosen = {"database": url, "decks": now.decks, "store": now.store, "days": now.cells_days}
for name, value in chosen.items():
    print(f"{name}={shlex.quote(str(value))}")
END
)
eval "$settings"

case $database in
postgresql:* | postgres:*)
    pg_dump --format=custom --no-owner --no-privileges --file "$unfinished/registry.dump" "$database"
    pg_restore --list "$unfinished/registry.dump" >/dev/null
    ;;
sqlite:*)
    "$python" - "${database#sqlite:///}" "$unfinished/registry.db" <<'END'
import sqlite3, sys
with sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True) as now, sqlite3.connect(sys.argv[2]) as copy:
    now.backup(copy)
    assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
END
    ;;
*)
    echo "There is nothing to keep: KIM_DATABASE_URL is $database." >&2
    exit 1
    ;;
esac
# What a restored registry has to say of itself, without where it is.
"$python" -m geodata registry status >"$unfinished/said"
sed "1s/^.*: version/version/" "$unfinished/said" >"$unfinished/status.txt"
rm "$unfinished/said"

if [ -d "$decks" ]; then cp -R "$decks" "$unfinished/decks"; fi

# Sets are never changed once they are written: one copy of each is kept beside the backups.
mkdir -p "$folder/boundaries"
for set in "$store"/*/; do
    name=$(basename "$set")
    [ -d "$folder/boundaries/$name" ] && continue
    cp -R "$set" "$folder/boundaries/.$name"
    mv "$folder/boundaries/.$name" "$folder/boundaries/$name"
done
cp "$store/active" "$unfinished/active"

mv "$unfinished" "$copy"
[ "$days" = 0 ] || find "$folder" -mindepth 1 -maxdepth 1 -name '20*Z' -mtime "+$days" -exec rm -rf {} +
echo "$copy"
