"""What users take away, opened by LibreOffice as they open it."""

import os
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

from geodata.boundaries.store import active_set
from geodata.exports.briefing.compose import make_briefing
from geodata.exports.briefing.pack import write_pack
from geodata.exports.extracts import Extract
from geodata.exports.files import save
from geodata.exports.formats import CSV, XLSX
from geodata.exports.manifest import Imprint, sources_of
from geodata.view.view import View
from tests.exports.conftest import HOSTILE

CHECK = Path(__file__).resolve().parents[2] / ".ci" / "office.sh"


def office_is_there(path: str = os.environ["PATH"]) -> bool:
    return subprocess.run([CHECK, "check"], env={"PATH": path}, check=False).returncode == 0


pytestmark = pytest.mark.skipif(
    not office_is_there(),
    reason="LibreOffice (Calc, Impress, Draw) or poppler is missing: .ci/office.sh installs them",
)

COLUMNS = ("nomor_induk", "nama_kim", "kode_wilayah", "tanggal_terdaftar", "jumlah_anggota")


def convert(folder: Path, to: str, *paths: Path) -> None:
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=120)


@pytest.fixture
def sheets(registry, tmp_path) -> pd.DataFrame:
    """A hostile extract as CSV and as XLSX, opened and saved as CSV by LibreOffice."""
    odd = {"nomor_induk": "00123", "jumlah_anggota": "17", "tanggal_terdaftar": "2020-02-01"}
    names = [name for name in HOSTILE if "\x07" not in name]
    snapshot = registry({**odd, "nama_kim": "KIM Nol"}, *({"nama_kim": name} for name in names))
    extract = Extract(snapshot, View(), chosen=COLUMNS)
    about = Imprint([], "2024-02-01", "id")
    workbook = save(extract, XLSX, tmp_path / "buku.xlsx", about)[0]
    csv = save(extract, CSV, tmp_path / "lembar.csv", about)[0]
    convert(tmp_path, "csv:Text - txt - csv (StarCalc):44,34,76,1", workbook)
    convert(tmp_path, "xlsx", csv)
    return extract.table()


def test_libreoffice_reads_a_workbook_with_codes_days_and_names_as_they_are(sheets, tmp_path):
    read = pd.read_csv(tmp_path / "buku.csv", dtype=str)
    assert read["nomor_induk"].tolist()[0] == "00123"
    assert read["kode_wilayah"].tolist() == sheets["kode_wilayah"].tolist()
    assert read["tanggal_terdaftar"].tolist()[0] == "2020-02-01"
    assert read["nama_kim"].tolist() == sheets["nama_kim"].tolist()


def test_libreoffice_runs_no_formula_of_a_csv(sheets, tmp_path):
    read = pd.read_excel(tmp_path / "lembar.xlsx", engine="calamine", dtype=str)
    assert "'=cmd|' /C calc'!A0" in read["nama_kim"].tolist()
    assert read["kode_wilayah"].tolist() == sheets["kode_wilayah"].tolist()


def test_libreoffice_opens_slides_and_pdf_with_the_same_figures(sample, tmp_path):
    view = View("35.23", metric="cakupan")
    made = make_briefing(sample, active_set(), view, sources_of(sample))
    _, slides, paper, _ = write_pack(made, tmp_path, lambda *_: None)
    shown = tmp_path / "dibuka"
    shown.mkdir()
    convert(shown, "pdf", slides)
    convert(shown, "png", paper)
    assert Image.open(shown / f"{made.name}.png").getextrema() != ((255, 255),) * 3
    in_slides = words(shown / f"{made.name}.pdf")
    in_paper = words(paper)
    for figure in made.figures:
        assert figure.value in in_slides
        assert figure.value in in_paper
    for row in made.ranking.rows:
        assert set(row[2:]) <= set(in_paper)
    for row in made.ranking.rows[:12]:
        assert set(row[2:]) <= set(in_slides)
    counts = {str(value) for value in (*made.bidang.values, *made.trend.values)}
    assert counts <= set(in_paper)


@pytest.mark.parametrize("missing", [None, "calc.xcd", "impress.xcd", "pdftotext"])
def test_an_office_without_one_of_its_parts_does_not_count(missing, tmp_path):
    program, registry = tmp_path / "office" / "program", tmp_path / "office" / "share" / "registry"
    tools_folder = tmp_path / "bin"
    for folder in (program, registry, tools_folder):
        folder.mkdir(parents=True)
    tools = [tools_folder / "pdftotext", tools_folder / "pdftoppm", program / "soffice"]
    for file in (*tools, *(registry / f"{part}.xcd" for part in ("calc", "impress", "draw"))):
        if file.name != missing:
            file.write_text("#!/bin/sh\n")
            file.chmod(0o755)
    (tools_folder / "soffice").symlink_to(program / "soffice")
    for needed in ("sh", "dirname", "readlink", "ls", "grep"):
        (tools_folder / needed).symlink_to(shutil.which(needed))
    assert office_is_there(str(tools_folder)) == (missing is None)


def words(path: Path) -> list[str]:
    told = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True
    )
    return told.stdout.split()
