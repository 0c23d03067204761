import pandas as pd
import pytest
from typer.testing import CliRunner

from geodata.cli.commands import app
from geodata.registry.intake.errors import IntakeError
from geodata.registry.intake.matching_file import ADDED
from tests.intake.conftest import TABLE, write_csv, write_xlsx


def matched(path, *options) -> pd.DataFrame:
    out = path.with_name("hasil.csv")
    done = CliRunner().invoke(app, ["match", str(path), "--out", str(out), *options])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0
    return pd.read_csv(out, dtype=str, keep_default_na=False)


def test_every_column_and_row_of_the_input_is_kept(tmp_path):
    extra = [[*row, str(number)] for number, row in enumerate(TABLE[1:])]
    extra.append(["9", "KIM Z", "Qwrtz", "Foo", "Kab. Nowhere", "", "", "x"])
    found = matched(write_csv(tmp_path / "a.csv", [[*TABLE[0], "Apa saja"], *extra]))
    assert list(found.columns) == [*TABLE[0], "Apa saja", *ADDED]
    assert found[[*TABLE[0], "Apa saja"]].to_numpy().tolist() == extra
    assert found["kode_wilayah"].tolist() == ["35.07.08.2012", "35.07.08.2011", ""]
    assert found["status"].tolist() == ["cocok", "cocok", "gagal"]
    assert found["metode"].tolist() == ["nama", "nama", ""]
    assert found["skor"].tolist() == ["0.96", "0.96", ""]
    assert found["kandidat"][0] == "35.07.08.2012:0.96"


def test_columns_of_the_input_are_not_written_over(tmp_path):
    table = [["desa", "kecamatan", "status", "kode_wilayah"], ["Wajak", "Wajak", "aktif", ""]]
    found = matched(write_csv(tmp_path / "a.csv", table))
    assert found["status"].tolist() == ["aktif"]
    assert found["hasil_status"].tolist() == ["cocok"]
    assert found["hasil_kode_wilayah"].tolist() == ["35.07.08.2012"]


def test_a_tie_is_for_a_person_and_its_rivals_are_listed(tmp_path):
    (found,) = matched(
        write_csv(tmp_path / "a.csv", [["provinsi", "kabupaten"], ["Jatim", "Malang"]])
    ).to_dict("records")
    assert (found["status"], found["kode_wilayah"]) == ("ragu", "")
    assert {one.split(":")[0] for one in found["kandidat"].split(";")} == {"35.07", "35.73"}


def test_a_workbook_with_titles_is_matched_too(tmp_path):
    table = [["KABUPATEN MALANG"], [], ["Desa", "Kec"], ["Wajak", "Wajak"], ["JUMLAH", ""]]
    found = matched(write_xlsx(tmp_path / "a.xlsx", ("S", table)))
    assert found["status"].tolist() == ["cocok", "gagal"]


def test_the_guess_of_a_column_can_be_corrected(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["Kec", "Nama"], ["Wajak", "Sukoanyar"]])
    found = matched(path, "--column", "Nama=desa")
    assert found["kode_wilayah"].tolist() == ["35.07.08.2011"]


def test_a_column_of_codes_is_enough(tmp_path):
    found = matched(write_csv(tmp_path / "a.csv", [["Kode Desa"], ["3507082012"], ["x"]]))
    assert found["kode_wilayah"].tolist() == ["35.07.08.2012", ""]


def test_a_table_without_places_is_a_clear_error(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["Nama KIM", "Bidang"], ["KIM A", "umkm"]])
    with pytest.raises(IntakeError, match="no column of places"):
        matched(path)
