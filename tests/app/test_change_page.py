"""The page Perkembangan: two days in the address, numbers that add up, and the KIM behind one."""

from datetime import date

import pytest

from geodata.analysis.change import change_between
from geodata.gazetteer import load_gazetteer
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import open_registry
from geodata.registry.snapshot import KimFilter, load_sample, registered_by
from geodata.text import number, text
from tests.app.conftest import Open, press
from tests.registry.rows import staged

DAYS = {"dari": "2015-12-31", "sampai": "2020-12-31"}


def test_the_sentence_and_the_link_are_of_the_two_days(open_page: Open) -> None:
    start, end = (registered_by(load_sample(), date.fromisoformat(day)) for day in DAYS.values())
    counts = change_between(start, end, KimFilter()).steps("35")
    app = open_page("perkembangan", wilayah="35", **DAYS)
    told = " ".join(part.value for part in app.markdown)
    awal, akhir = (number(counts[name], "id") for name in ("awal", "akhir"))
    assert "Dari 31 Desember 2015 sampai 31 Desember 2020" in told
    assert f"berubah dari {awal} menjadi {akhir}" in told
    app.date_input(key="perkembangan-end").set_value(date(2018, 6, 30)).run()
    assert app.query_params == {"wilayah": "35", **DAYS, "sampai": "2018-06-30"}
    assert not app.exception


def test_a_number_opens_to_its_kim_and_says_from_which_file(
    open_page: Open, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path}/registry.db")
    registry, hostile = open_registry(), "KIM <b>[x](y)</b>"
    batch = stage(registry, staged({"nama_kim": hostile}), load_gazetteer(), who="siti")
    commit(registry, batch.id, who="siti")
    app = open_page("perkembangan", dari="2019-12-31", angka="baru")
    (row,) = app.dataframe[-1].value.to_dict("records")
    assert hostile in row.values()
    assert "malang.xlsx" in row.values()


@pytest.mark.parametrize("wrong", [{"sampai": "2999-01-01"}, {"angka": "<b>"}, {"dari": "kemarin"}])
def test_what_is_no_day_and_no_number_is_told(open_page: Open, wrong: dict[str, str]) -> None:
    app = open_page("perkembangan", wilayah="35.07", **wrong)
    assert next(iter(wrong)) in app.warning[0].value


def test_the_report_of_the_period_is_made_for_the_region_and_days_on_screen(
    open_page: Open,
) -> None:
    app = press(open_page("perkembangan", wilayah="35.23.11", **DAYS), text("laporan.make", "id"))
    assert len(app.get("download_button")) == 3, "of the table two, and of the report"
    _, name = app.session_state["paket-laporan"]
    assert name.startswith("laporan-35.23.11-")
    app.date_input(key="perkembangan-end").set_value(date(2018, 6, 30)).run()
    assert len(app.get("download_button")) == 2, "that of other days is not offered"
