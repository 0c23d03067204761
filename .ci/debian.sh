#!/bin/sh
# Installs packages on Debian, if this user may; what is said goes to standard error.
set -eu

if [ "$(id -u)" = 0 ]; then sudo=; else sudo="sudo -n"; fi
command -v apt-get >/dev/null && $sudo true 2>/dev/null || exit 1
{
    $sudo apt-get update -q
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y "$@"
} >&2
