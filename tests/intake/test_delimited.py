"""Delimited text as people make it: no mark, no byte swallows a row, and what was odd is said."""

import pytest

from geodata.registry.intake.files import delimited
from geodata.registry.intake.intake_error import IntakeError
from tests.intake.conftest import records

HEADER = "Nama KIM;Kabupaten;Kecamatan;Desa"
COLUMNS = HEADER.split(";")


def read(text: str | bytes) -> tuple[list[list[str]], dict[str, object]]:
    """Return the rows, and the lines that each notice names."""
    data = text.encode() if isinstance(text, str) else text
    (sheet,) = delimited.read(data, "a.csv", float)
    return list(sheet.rows), {notice.key: notice.values["lines"] for notice in sheet.notices}


def lines(*below: str) -> str:
    return "\r\n".join([HEADER, *below, ""])


@pytest.mark.parametrize(
    "last", ['"KIM" Lima', '"KIM Lima"', "KIM Lima", 'KIM "Lima"', 'KIM Lima"']
)
def test_a_stray_mark_swallows_no_row_whatever_mark_comes_later(last):
    rows, said = read(
        lines(
            "KIM Satu;Malang;Wajak;Sumberputih",
            '"KIM Dua;Malang;Wajak;Wonoayu',
            "KIM Tiga;Malang;Wajak;Bambang",
            f"{last};Malang;Wajak;Dadapan",
        )
    )
    assert [row[3] for row in rows[1:]] == ["Sumberputih", "Wonoayu", "Bambang", "Dadapan"]
    assert [row[0] for row in rows[2:4]] == ['"KIM Dua', "KIM Tiga"]
    assert str(said["stray_quotes"]).startswith("3")


def test_a_stray_mark_in_any_column_is_text():
    rows, said = read(
        lines('KIM A;"Malang;Wajak;Wonoayu', 'KIM B;Malang;Wajak;"Bambang', "C;Malang;Wajak;D")
    )
    assert rows[1:] == [
        ["KIM A", '"Malang', "Wajak", "Wonoayu"],
        ["KIM B", "Malang", "Wajak", '"Bambang'],
        ["C", "Malang", "Wajak", "D"],
    ]
    assert said == {"stray_quotes": "2, 3"}


def test_marks_around_a_cell_quote_delimiters_marks_and_line_breaks():
    rows, said = read(
        lines('"KIM ""A""; B";Malang;Wajak;"Dusun 1\r\nRT 2; RW 3\r\nWonoayu"', 'C; "D;E" ;"";F')
    )
    assert rows[1:] == [
        ['KIM "A"; B', "Malang", "Wajak", "Dusun 1\nRT 2; RW 3\nWonoayu"],
        ["C", "D;E", "", "F"],
    ]
    assert said == {}


def test_rows_that_a_mark_swallows_in_a_table_of_two_columns_are_for_a_person(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('Nama KIM;Desa\n"KIM A;Wajak\nKIM B";Turen\nKIM C;Turen\n')
    first, second = records(path)
    assert (first["outcome"], first["alasan"][0]) == ("ditinjau", "sel_memuat_baris")
    assert "sel_memuat_baris" not in second["alasan"]


@pytest.mark.parametrize("whole", [(True, True), (False, True)], ids=["all lines", "some lines"])
def test_a_line_that_is_quoted_as_a_whole_is_a_line(whole):
    header, row = (
        f'"{line}"' if is_quoted else line
        for line, is_quoted in zip((HEADER, 'KIM ""A"";Malang;Wajak;Wonoayu'), whole, strict=True)
    )
    assert read(f"{header}\n{row}\n")[0] == [COLUMNS, ['KIM "A"', "Malang", "Wajak", "Wonoayu"]]


def test_a_title_in_quotes_stays_a_cell():
    rows, _ = read('"DAFTAR KIM, KABUPATEN MALANG"\n' + HEADER.replace(";", ",") + "\nA,B,C,D\n")
    assert rows == [["DAFTAR KIM, KABUPATEN MALANG"], COLUMNS, ["A", "B", "C", "D"]]


@pytest.mark.parametrize("hint", ["sep={}", "SEP={}", '"sep={}"', "sep={};;;", "sep=", "sep=^"])
@pytest.mark.parametrize("delimiter", ["\t", ";", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_hint_of_excel_for_the_delimiter_is_no_row(hint, delimiter, encoding):
    text = "\r\n".join([hint.format(delimiter), HEADER, "KIM A, B;Malang;Wajak;Wonoayu"])
    data = text.replace(", ", "\0").replace(";", delimiter).replace("\0", " & ").encode(encoding)
    assert read(data)[0] == [COLUMNS, ["KIM A & B", "Malang", "Wajak", "Wonoayu"]]


def test_a_delimiter_that_only_the_hint_names_is_taken():
    assert read("sep=^\nNama KIM^Desa\nKIM A, B^Wajak\n")[0][1] == ["KIM A, B", "Wajak"]


@pytest.mark.parametrize(
    ("byte", "meant"), [(b"\x92", "’"), (b"\xe9", "é"), (b"\x93", "“"), (b"\xa0", "")]
)
def test_bytes_of_windows_in_a_file_of_utf_8_are_read_each_by_itself_and_said(byte, meant):
    data = lines("KIM Café “Wajak”;Malang;Wajak;Wonoayu", "KIM Jum@;Malang;Wajak;Bambang").encode()
    rows, said = read(data.replace(b"@", byte))
    assert [row[0] for row in rows[1:]] == ["KIM Café “Wajak”", f"KIM Jum{meant}"]
    assert said == {"foreign_bytes": "3"}


def test_a_byte_that_is_a_letter_nowhere_is_said():
    rows, said = read("KIM Café;a\nKIM @;b\n".encode().replace(b"@", b"\x81"))
    assert (rows[1][0], said) == ("KIM �", {"foreign_bytes": "2"})


def test_a_file_of_windows_is_no_file_of_utf_8():
    assert read("KIM Café “Wajak”;a\nJum’at;b\n".encode("cp1252")) == (
        [["KIM Café “Wajak”", "a"], ["Jum’at", "b"]],
        {},
    )


@pytest.mark.parametrize("nulls", [1, 30], ids=["one", "padded"])
def test_null_bytes_are_left_out_and_said(nulls):
    rows, said = read(lines("KIM A" + "\0" * nulls + ";Malang;Wajak;Wonoayu", "KIM B;a;b;c"))
    assert [row[0] for row in rows] == ["Nama KIM", "KIM A", "KIM B"]
    assert said == {"null_bytes": "2"}


def test_utf_16_that_ends_within_a_character_is_read_up_to_there():
    rows, said = read(lines("KIM A;Malang;Wajak;Wonoayu").encode("utf-16")[:-1])
    assert rows[1][3] == "Wonoayu"
    assert said == {"unknown_characters": "3"}


def test_what_is_no_text_is_refused():
    with pytest.raises(IntakeError, match="neither a table nor text"):
        read(bytes(range(256)) * 20)
