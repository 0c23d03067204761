#!/bin/sh
# Goes on to another version, or back to one, without a moment in which nobody answers.
#
#   deploy/upgrade.sh VERSION PORT...
#
# VERSION is a tag or commit of the repository in /srv/peta-kim/repository; PORTs are those of the
# servers (peta-kim@PORT). Run it as root. The version is installed beside the one in use, a copy of
# the registry is kept, its tables are brought to the version once, and then one server after the
# other is started anew, each once the one before answers. An older server reads tables that a newer
# version has added to; back to a version with fewer tables leads only deploy/restore.sh.
set -eu

[ $# -ge 2 ] || { sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2; }
version=$1
shift
top=/srv/peta-kim
new="$top/versions/$version"

as_server() {
    runuser -u peta-kim -- sh -c 'set -a; . /etc/peta-kim/peta-kim.env; set +a; cd "$1"; shift; "$@"' sh "$@"
}

git -C "$top/repository" fetch --tags --quiet
[ -d "$new" ] || git -C "$top/repository" worktree add --detach "$new" "$version"
chown -R peta-kim: "$new"
as_server "$new" make setup
as_server "$new" "$new/deploy/backup.sh" /var/backups/peta-kim
as_server "$new" .venv/bin/python -m geodata registry status
ln -sfn "$new" "$top/current"
for port in "$@"; do
    systemctl restart "peta-kim@$port"
done
