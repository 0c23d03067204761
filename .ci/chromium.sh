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

"$(dirname "$0")/debian.sh" chromium && find_chromium && exit

cat >&2 <<'END'
No Chromium or Chrome was found; the browser tests need one.
  Debian:  sudo apt-get install chromium
  macOS:   brew install --cask chromium
  or name one that you have:  make test CHROMIUM=/path/to/chromium
END
exit 1
