#!/bin/sh
# Makes sure of LibreOffice and poppler, with which tests open what users take away; on Debian it installs
# them. Without them those tests are skipped, and say so.
set -eu

has_all() {
    command -v soffice && command -v pdftotext && command -v pdftoppm
}

has_all >/dev/null && exit

if [ "$(id -u)" = 0 ]; then sudo=; else sudo="sudo -n"; fi
if command -v apt-get >/dev/null && $sudo true 2>/dev/null; then
    {
        $sudo apt-get update -q
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
            libreoffice-calc libreoffice-impress libreoffice-draw poppler-utils
    } >&2 || true
fi
has_all >/dev/null || echo "No LibreOffice or poppler: the tests that open files with them will be skipped." >&2
