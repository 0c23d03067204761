"""The report of a period: the same figures on page, paper and in the workbook, of two days."""

import io
from datetime import date
from html import unescape

import pandas as pd
import pytest

from geodata.analysis.change import change_between
from geodata.boundaries.store import active_set
from geodata.exports.manifest import sources_of
from geodata.exports.period.compose import make_period_report
from geodata.exports.period.model import MOST_ROWS
from geodata.exports.period.written import report_files, report_page
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, registered_by
from geodata.targets.region_target import RegionTarget, TargetKind
from geodata.view.view import View
from tests.exports.conftest import HOSTILE
from tests.exports.test_cli import run

DAYS = (date(2021, 12, 31), date(2023, 6, 30))
TARGETS = (
    RegionTarget("35.23", 2023, TargetKind.KIM_BARU, 12),
    RegionTarget("35.23", 2024, TargetKind.KIM_BARU, 77),
)


def report(snapshot, region="35.23", lang="id", days=DAYS):
    snapshots = tuple(registered_by(snapshot, day) for day in days)
    return make_period_report(
        snapshots, days, View(region, lang=lang), active_set(), TARGETS, sources_of(snapshot)
    )


@pytest.fixture(scope="module")
def tuban(sample):
    return report(sample)


def test_all_three_files_say_the_change_that_the_page_says(sample, tuban):
    start, end = (registered_by(sample, day) for day in DAYS)
    development = change_between(start, end, KimFilter())
    counts = development.steps("35.23")
    files = report_files(tuban)
    assert [name.rpartition(".")[2] for name in files] == ["html", "pdf", "xlsx"]
    page, paper, book = files.values()
    told = unescape(page.decode())
    assert tuban.line in told
    assert f"berubah dari {counts['awal']} menjadi {counts['akhir']}" in tuban.line
    assert paper.startswith(b"%PDF-")
    sheets = pd.read_excel(io.BytesIO(book), sheet_name=None, engine="calamine")
    assert sheets["Ringkasan"]["Isi"].isin([tuban.line]).any()
    by_region = development.by_region(Level.KECAMATAN, "35.23")
    assert sheets["Menurut wilayah"]["Pada akhir"].tolist() == by_region["akhir"].tolist()
    assert len(sheets["KIM"]) == len(development.rows(within="35.23")) == counts["baru"] > 0


def test_targets_are_those_of_the_year_in_which_the_period_ends(tuban):
    (section,) = [it for it in tuban.sections if it.sheet == "Sasaran"]
    assert section.table["sasaran"].tolist() == [12]


def test_names_are_text_and_a_long_table_is_cut_on_paper_alone(hostile):
    made = report(hostile, "35.79", days=(date(2019, 1, 1), date(2023, 6, 30)))
    page = report_page(made).decode()
    assert HOSTILE[1] not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "default-src 'none'" in page
    section = made.sections[-1]
    many = pd.concat([section.table] * 400, ignore_index=True)
    assert len(type(section)("x", "y", "z", many).in_words("id").rows) == MOST_ROWS


def test_the_command_writes_the_files_of_a_region(tmp_path):
    days = [day.isoformat() for day in DAYS]
    done = run("report", *days, "--within", "35.23.11", "--language", "en", "--out", str(tmp_path))
    assert done.exit_code == 0
    names = {path.suffix: path for path in tmp_path.iterdir()}
    assert set(names) == {".html", ".pdf", ".xlsx"}
    assert "Report on KIM over a period" in names[".html"].read_text(encoding="utf-8")
