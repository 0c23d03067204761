"""The registry of a few rows, and one in which everything that has a name is hostile."""

import pytest

from tests.geodata.conftest import registry, registry_file  # noqa: F401

HOSTILE = [
    "{{ 7*7 }} {% raw %}",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "‮terbalik‬ مرحبا",
    "A" * 4_000,
    "\x0b\x07 kendali ]]>",
]


@pytest.fixture
def hostile(registry):  # noqa: F811
    """A registry whose KIM have hostile names; one has no place of its own."""
    return registry(
        *({"nama_kim": name, "kode_wilayah": "35.79.01.1001"} for name in HOSTILE),
        {"lat": "-8.1", "lng": "112.5", "jumlah_anggota": "12"},
    )
