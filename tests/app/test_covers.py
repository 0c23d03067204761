"""Whose list a file is: the page Impor asks, and what is not covered shows as not reported."""

from pathlib import Path

import pytest

from geodata.gazetteer import load_gazetteer
from geodata.registry.current import load_snapshot
from geodata.registry.database.batches import find_batch, stage
from geodata.registry.database.connection import Registry, open_registry
from geodata.text import text
from tests.app.conftest import Open, press, said
from tests.registry.rows import staged

MOST_OF_YOGYAKARTA = ("34.01.01.2001", "34.02.01.2001", "34.03.01.2001")


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path}/registry.db")
    return open_registry()


def draft(registry: Registry, *desa: str) -> int:
    rows = ({"nomor_induk": str(number), "kode_wilayah": code} for number, code in enumerate(desa))
    return stage(registry, staged(*rows), load_gazetteer(), who="petugas").id


def test_a_list_of_most_of_a_provinsi_is_not_taken_for_either(
    open_page: Open, registry: Registry
) -> None:
    batch = draft(registry, *MOST_OF_YOGYAKARTA)
    app = open_page("impor", kiriman=str(batch), langkah="simpan")
    assert text("impor.commit.first", "id") in said(app)
    assert app.button(key="masukkan").disabled
    choice = app.radio(key=f"mencakup-{batch}")
    assert choice.value is None
    assert [label.split(":")[0] for label in choice.options] == [
        "Hanya 3 kabupaten/kota yang ada di dalamnya",
        "Seluruh Daerah Istimewa Yogyakarta",
        "Seluruh Indonesia (daftar nasional)",
    ]
    app = choice.set_value(("34",)).run()
    app.button(key="masukkan").click().run()
    assert find_batch(registry, batch).covers == ("34",)
    assert len(load_snapshot().unreported) == 514 - 5


def test_a_list_of_one_kabupaten_is_that_kabupatens_and_can_be_said_anew(
    open_page: Open, registry: Registry
) -> None:
    batch = draft(registry, "35.07.08.2001")
    app = open_page("impor", kiriman=str(batch), langkah="simpan")
    app = app.button(key="masukkan").click().run()
    assert "melapor untuk 1 kabupaten/kota" in said(app)
    assert load_snapshot().unreported.isdisjoint({"35.07"})
    app = open_page("impor", kiriman=str(batch), langkah="selesai")
    app = app.radio(key=f"mencakup-{batch}").set_value((None,)).run()
    app = press(app, text("impor.covers.save", "id"))
    assert "versi 2" in said(app)
    assert load_snapshot().unreported == frozenset()


def test_pages_of_who_has_not_reported_say_so(open_page: Open, registry: Registry) -> None:
    batch = draft(registry, "35.07.08.2001")
    app = open_page("impor", kiriman=str(batch), langkah="simpan")
    app.button(key="masukkan").click().run()
    for page in ("ringkasan", "profil"):
        app = open_page(page, wilayah="51")
        assert not app.exception
        assert "belum melapor" in said(app).lower()
    gaps = open_page("kesenjangan", wilayah="35", bagian="daftar")
    assert "1 dari 38 kabupaten/kota yang sudah melapor" in said(gaps)
    assert text("legend.not_reported", "id") in [heading.value for heading in gaps.header]
    for section in ("cakupan", "jarak", "bidang", "pemerataan", "rencana", "sasaran", "serupa"):
        for region in ("35", "51"):
            app = open_page("kesenjangan", wilayah=region, bagian=section)
            assert not app.exception, f"{section} of {region}"
