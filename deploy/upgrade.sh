#!/bin/sh
# Goes on to another version, or installs the first one; somebody answers readers all the while.
#
#   deploy/upgrade.sh VERSION PORT...
#
# VERSION is a tag or commit of the clone in /srv/peta-kim/repository; PORTs are those of the servers
# (peta-kim@PORT). Run it as root. The version is installed beside the one in use, a copy of the
# registry is kept, its tables are brought to the version once, and then one server after the other is
# started anew, each once the one before is ready. To go back, restore the copy (deploy/restore.sh):
# an older version reads no tables that a newer one has changed.
set -eu

[ $# -ge 2 ] || { sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2; }
version=$1
shift
top=/srv/peta-kim
new="$top/versions/$version"

as_server() {
    runuser -u peta-kim -- env HOME="$top" sh -c 'set -a; . /etc/peta-kim/peta-kim.env; set +a; cd "$1"; shift; "$@"' sh "$@"
}

as_server "$top/repository" git fetch --tags --quiet
[ -d "$new" ] || as_server "$top/repository" git worktree add --quiet --detach "$new" "$version"
as_server "$new" make setup
[ ! -e "$top/current" ] || as_server "$top/current" deploy/backup.sh /var/backups/peta-kim
as_server "$new" .venv/bin/python -m geodata registry upgrade
as_server "$top" ln -sfn "$new" current
for port in "$@"; do
    systemctl restart "peta-kim@$port"
done
