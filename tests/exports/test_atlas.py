"""The atlas: which pages a deck has, what they say, and how a run goes on after a stop."""

import os
from dataclasses import replace

import pytest
from pptx import Presentation

from geodata.analysis.gaps import regions_without_kim
from geodata.analysis.region_metrics import totals
from geodata.boundaries.store import active_set
from geodata.errors import DataFileError, RegionError, SelectionError
from geodata.exports import atlas
from geodata.exports.atlas import write_atlas
from geodata.exports.manifest import sources_of
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter
from geodata.text import number
from geodata.view.view import View

BIMA = "52.72"  # Kota Bima, of five kecamatan


def make(snapshot, folder, within=BIMA, level=Level.KABUPATEN_KOTA, report=lambda *_: None, **view):
    view = View(within, **{"metric": "cakupan", **view})
    return write_atlas(snapshot, active_set(), view, sources_of(snapshot), level, folder, report)


def pages(path):
    """The words of each slide, and the words of its notes."""
    read = []
    for slide in Presentation(path).slides:
        words = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for shape in slide.shapes:
            if shape.has_table:
                words += [cell.text for row in shape.table.rows for cell in row.cells]
        read.append((words, slide.notes_slide.notes_text_frame.text))
    return read


def test_a_provinsi_has_a_page_for_each_kabupaten_with_its_figures_and_all_its_gaps(
    sample, tmp_path
):
    written, kept = make(sample, tmp_path, "75", Level.PROVINSI)
    assert [path.name for path in written] == ["atlas-75.pptx"]
    assert kept == []
    slides = pages(written[0])
    table = sample.gazetteer.tables[Level.KABUPATEN_KOTA]
    parts = table[table["kode"].str.startswith("75")]
    own = slides[4:-1]
    assert [words[0] for words, _ in own] == parts["nama"].tolist()
    for (words, notes), code in zip(own, parts["kode"], strict=True):
        figures = totals(sample, KimFilter(), code)
        assert {number(figures.jumlah_kim, "id"), number(figures.jumlah_desa, "id")} <= set(words)
        ranked = f"{len(parts)} kabupaten/kota di Provinsi Gorontalo"
        stands = ranked if figures.jumlah_kim else "Tidak diperingkat, karena belum satu pun"
        assert any(stands in line for line in words)
        empty = regions_without_kim(sample, KimFilter(), Level.KECAMATAN, code)
        assert any(line.startswith(f"{len(empty)} dari ") for line in words)
        assert all(name in notes for name in empty["nama"])


def test_all_of_a_level_are_made_in_one_run_with_its_progress(sample, tmp_path, monkeypatch):
    monkeypatch.setattr(atlas, "to_atlas", lambda whole, *_: whole.title.encode())
    heard = []
    made = make(sample, tmp_path, "65", report=lambda *step: heard.append(step))[0]
    table = sample.gazetteer.tables[Level.KABUPATEN_KOTA]
    parts = table[table["kode"].str.startswith("65")]
    assert [path.stem for path in made] == [f"atlas-{code}" for code in parts["kode"]]
    assert [path.read_text() for path in made] == parts["nama"].tolist()
    assert [share for _, share in heard] == [done / len(made) for done in range(len(made) + 1)]


def test_a_run_that_was_stopped_goes_on_where_it_was(sample, tmp_path, monkeypatch):
    make(sample, tmp_path)
    done = tmp_path / f"atlas-{BIMA}.pptx"
    before = done.stat().st_mtime_ns
    assert make(sample, tmp_path) == ([], [done])
    assert done.stat().st_mtime_ns == before
    done.write_bytes(done.read_bytes()[:-500])
    assert make(sample, tmp_path) == ([done], [])
    assert Presentation(done).slides

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(atlas, "to_atlas", stopped)
    with pytest.raises(KeyboardInterrupt):
        make(sample, tmp_path, "52.71")
    assert os.listdir(tmp_path) == [done.name]


def test_a_deck_of_other_data_or_of_another_view_is_made_anew(sample, tmp_path):
    make(sample, tmp_path)
    newer = replace(sample, version="newer")
    for snapshot, view in (
        (newer, {}),
        (newer, {"lang": "en"}),
        (newer, {"lang": "en", "kim_filter": KimFilter(bidang=("umkm",))}),
    ):
        written, kept = make(snapshot, tmp_path, **view)
        assert (len(written), len(kept)) == (1, 0)


def test_what_cannot_be_an_atlas_is_refused(sample, tmp_path):
    for level, within in ((Level.DESA, BIMA), (Level.KECAMATAN, None), (Level.PROVINSI, BIMA)):
        with pytest.raises(
            SelectionError, match=f"{within or 'Indonesia'} cannot be made by {level}"
        ):
            make(sample, tmp_path, within, level)
    with pytest.raises(RegionError, match="code 98"):
        make(sample, tmp_path, "98", Level.PROVINSI)
    (tmp_path / "berkas").write_text("")
    with pytest.raises(DataFileError, match="File exists"):
        make(sample, tmp_path / "berkas")
