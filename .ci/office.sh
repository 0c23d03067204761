#!/bin/sh
# Makes sure of LibreOffice (with Calc, Impress and Draw, which Debian packs apart) and poppler, with which tests
# open what users take away; on Debian it installs them. Without them those tests are skipped, and say so.
# `.ci/office.sh check` only tells, by its exit code, whether all are there.
set -eu

has_all() {
    command -v pdftotext && command -v pdftoppm && command -v soffice || return 1
    program=$(dirname "$(readlink -f "$(command -v soffice)")")
    # Each part is there by its registry: beside the programs, on macOS among the resources.
    for part in calc impress draw; do
        ls "$program/../share/registry/$part.xcd" "$program/../Resources/registry/$part.xcd" 2>/dev/null |
            grep . || return 1
    done
}

if [ "${1:-}" = check ]; then
    has_all >/dev/null
    exit
fi

has_all >/dev/null && exit

"$(dirname "$0")/debian.sh" --no-install-recommends libreoffice-calc libreoffice-impress libreoffice-draw \
    poppler-utils || true
has_all >/dev/null || echo "No LibreOffice or poppler: the tests that open files with them will be skipped." >&2
