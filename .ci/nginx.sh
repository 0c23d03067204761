#!/bin/sh
# Makes sure of nginx, behind which tests run several servers; on Debian it installs it. Without it those
# tests are skipped, and say so.
set -eu

has_nginx() {
    PATH="$PATH:/usr/sbin" command -v nginx >/dev/null
}

has_nginx && exit

"$(dirname "$0")/debian.sh" --no-install-recommends nginx-light || true
has_nginx || echo "No nginx: SEVERAL SERVERS ARE NOT TESTED TOGETHER (Debian: apt-get install nginx-light)." >&2
