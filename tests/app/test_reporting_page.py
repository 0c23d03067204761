"""The page Pelaporan: who has reported, for everybody; from which file, for whoever may see it."""

from datetime import date
from pathlib import Path

import pytest

from dashboard import permission
from geodata.gazetteer import Gazetteer
from geodata.people.rights import READER, Person, Role
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import open_registry
from geodata.text import text
from tests.app.conftest import Open, said
from tests.registry.rows import SUMBER, in_review, staged


@pytest.fixture
def reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gazetteer: Gazetteer) -> None:
    """Kabupaten Malang has reported as of 2020, and Kulon Progo as of today."""
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path}/registry.db")
    registry = open_registry()
    old = staged({"nomor_induk": "A"}, in_review())
    batch = stage(registry, old, gazetteer, who="sari@malangkab.go.id", region="35.07")
    commit(registry, batch.id, who="sari@malangkab.go.id", as_of=date(2020, 12, 31))
    new = staged({"nomor_induk": "B", "kode_wilayah": SUMBER}, file_name="kulonprogo.xlsx")
    commit(registry, stage(registry, new, gazetteer, who="p").id, who="p")


def figures(app) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_the_sample_is_said_to_be_made_up(open_page: Open) -> None:
    app = open_page("pelaporan")
    assert text("pelaporan.sample", "id") in said(app)
    assert figures(app)[text("pelaporan.reported", "id")] == "514 dari 514 (100,0%)"
    assert figures(app)[text("pelaporan.silent", "id")] == "0 dari 514 (0,0%)"


def test_never_reported_and_long_silent_are_listed_and_told_apart(
    open_page: Open, reported: None
) -> None:
    app = open_page("pelaporan")
    assert figures(app) == {
        text("pelaporan.reported", "id"): "2 dari 514 (0,4%)",
        text("pelaporan.silent", "id"): "513 dari 514 (99,8%)",
        text("pelaporan.waiting", "id"): "1",
        text("pelaporan.fresh", "id"): "1 dari 2 (50,0%)",
    }
    by_provinsi = app.dataframe[0].value.set_index("kode")
    assert by_provinsi.loc["35", ["jumlah_kabupaten", "lebih_12_bulan"]].tolist() == [38, 1]
    assert by_provinsi.at["34", "sampai_3_bulan"] == 1
    assert by_provinsi["belum_melapor"].sum() == 512
    malang = open_page("pelaporan", wilayah="35.07", senyap="36")
    assert text("pelaporan.activity.heading", "id") in [part.value for part in malang.header]
    assert "1 kabupaten/kota tanpa data dari 36 bulan terakhir" in said(malang)


@pytest.mark.parametrize(
    ("person", "is_told"),
    [
        (READER, False),
        (Person("a@b.id", Role.PETUGAS, "35.07"), True),
        (Person("a@b.id", Role.PETUGAS, "35.08"), False),
    ],
)
def test_only_who_may_see_a_batch_sees_its_file_and_who_brought_it(
    open_page: Open,
    reported: None,
    monkeypatch: pytest.MonkeyPatch,
    person: Person,
    is_told: bool,
) -> None:
    monkeypatch.setattr(permission, "person", lambda: person)
    app = open_page("pelaporan", wilayah="35")
    everything = said(app) + "".join(table.value.to_csv() for table in app.dataframe)
    assert "Kabupaten Malang" in everything
    assert ("sari@malangkab.go.id" in everything) == is_told
    assert ("malang.xlsx" in everything) == is_told


def test_activity_is_told_by_version_and_says_where_there_was_none(
    open_page: Open, reported: None
) -> None:
    app = open_page("pelaporan", wilayah="35.07")
    assert "Registri ini baru ada sejak" in said(app), "no choice of months would do"
    listed = {name for table in app.dataframe for name in table.value.columns}
    assert {"tak_tersentuh", "nama_kim"} <= listed
    assert "status_awal" not in listed
    with open_registry().writing() as connection:
        connection.exec_driver_sql("UPDATE revision SET at = '2021-01-01T00:00:00+00:00'")
    app = open_page("pelaporan", wilayah="35")
    matrices = [table.value for table in app.dataframe if "status_awal" in table.value]
    [matrix] = matrices
    assert matrix["jumlah"].sum() == 1
    [complete] = [table.value for table in app.dataframe if "terisi_bidang" in table.value]
    assert complete["kim"].tolist() == [1] * 13
