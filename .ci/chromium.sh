#!/bin/sh
# Prints the path of a Chromium: the one that CHROMIUM names, else the machine's, else (on Debian) a new one.
set -eu

if [ -n "${CHROMIUM:-}" ]; then
    command -v "$CHROMIUM" && exit
    echo "CHROMIUM=$CHROMIUM is not a program that can be run." >&2
    exit 1
fi

find_chromium() {
    for name in chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Chromium.app/Contents/MacOS/Chromium" \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        command -v "$name" && return
    done
    return 1
}

find_chromium && exit

if [ "$(id -u)" = 0 ]; then sudo=; else sudo="sudo -n"; fi
if command -v apt-get >/dev/null && $sudo true 2>/dev/null; then
    {
        $sudo apt-get update -q
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y chromium
    } >&2
    find_chromium && exit
fi

cat >&2 <<'END'
No Chromium or Chrome was found; the browser tests need one.
  Debian:  sudo apt-get install chromium
  macOS:   brew install --cask chromium
  or name one that you have:  make test CHROMIUM=/path/to/chromium
END
exit 1
