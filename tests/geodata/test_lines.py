"""Text from elsewhere on lines of ours."""

import pytest

from geodata.errors import DataFileError, PetaKimError
from geodata.lines import on_one_line, short_line, traceback_of
from geodata.text import text

HOSTILE = (
    "a.csv\r\nBatch 9\x1b[2K\x1b[31m \x9b31m\u202ekilab\u2028baris\x07\x85x\u2066y\ufeffz\u2029"
)
HARMLESS = "a.csv  Batch 9[2K[31m 31mkilab baris xyz "


def test_no_name_breaks_a_line_recolours_a_terminal_or_turns_the_text():
    assert on_one_line(HOSTILE) == HARMLESS
    written = "Désa “Wajak” 🏡 مرحبا\xa0👩\u200d🌾"
    assert on_one_line(written) == written


def test_indents_of_a_report_stay():
    assert on_one_line("  provinsi 35\tJawa") == "  provinsi 35 Jawa"


def test_a_short_line_is_cut_and_has_single_blanks():
    assert short_line(" Desa \n Wajak ") == "Desa Wajak"
    assert short_line("x" * 200, longest=10) == "xxxxxxxxx…"


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_values_of_a_text_stay_on_its_line(lang):
    assert HARMLESS in text("app.notice", lang, parameter="x", value=HOSTILE)
    said = DataFileError("cannot_write", file=HOSTILE, reason=None).message(lang)
    assert HARMLESS in said
    assert said.isprintable()


def test_an_error_in_a_log_is_one_line():
    assert "\n" not in str(PetaKimError("year_format", value="2015\nERROR everything is lost"))


def test_a_message_forges_no_line_of_a_traceback():
    error = ValueError("salah\nINFO semua baik\x1b[32m")
    try:
        raise KeyError("luar") from error
    except KeyError as outer:
        lines = traceback_of(outer).splitlines()
    assert "ValueError: salah INFO semua baik[32m" in lines
    assert not any(line.startswith("INFO") for line in lines)
    assert any(line.startswith("  File ") and __file__ in line for line in lines)
