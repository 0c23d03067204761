import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import RegionError
from geodata.regions import (
    LEVELS,
    Level,
    ancestor,
    desa_kind,
    feature_id,
    level_of,
    lineage,
    parent,
    parse,
)
from tests.strategies import codes, levels

WAJAK = "35.07.08"


def test_the_levels_run_from_provinsi_to_desa_and_each_knows_its_neighbours():
    assert LEVELS == (Level.PROVINSI, Level.KABUPATEN_KOTA, Level.KECAMATAN, Level.DESA)
    assert [level.child for level in LEVELS] == [*LEVELS[1:], None]
    assert [level.parent for level in LEVELS] == [None, *LEVELS[:-1]]


def test_the_length_of_a_code_tells_its_level():
    assert [level.code_length for level in LEVELS] == [2, 5, 8, 13]
    assert [level_of(code) for code in ("35", "35.07", WAJAK, "35.07.08.2001")] == list(LEVELS)


@given(levels, levels)
def test_of_two_levels_one_is_below_the_other_unless_they_are_the_same(level, other):
    assert level.is_below(other) + other.is_below(level) + (level is other) == 1
    assert level.is_below(other) == (level.code_length > other.code_length)


@given(codes())
def test_a_code_without_its_dots_is_read_as_the_same_region(code):
    assert parse(code.replace(".", "")) == code
    assert parse(code) == code


@pytest.mark.parametrize("raw", [" 35.07.08 ", "35 07 08", "35-07-08", "350708", "35.0708"])
def test_codes_are_read_however_offices_write_them(raw):
    assert parse(raw) == WAJAK


@pytest.mark.parametrize(
    "raw",
    ["", "3", "350", "35.7", "35.07.08.201", "35.07.08.20011", "Wajak", "35,07", "٣٥", "³⁵", "-"],
)
def test_what_is_no_code_is_refused_with_the_text_that_was_given(raw):
    with pytest.raises(RegionError, match=f"“{raw}” is no region code") as caught:
        parse(raw)
    assert f"“{raw}” bukan kode wilayah" in caught.value.message("id")
    assert "35.07.08.2001" in caught.value.message("en"), "an example shows how to write it"


@pytest.mark.parametrize(
    "code", ["", "3507", "35.07.", "35.7", "35.07\n", " 35", "٣٥", "35.07.08.201"]
)
def test_only_a_dotted_code_has_a_level(code):
    written = code.replace("\n", " ")
    with pytest.raises(RegionError, match=f"“{written}” is no region code"):
        level_of(code)


@given(st.text(max_size=16))
def test_any_text_is_either_read_as_a_well_formed_code_or_refused(raw):
    try:
        code = parse(raw)
    except RegionError:
        return
    assert level_of(code) in LEVELS
    assert parse(code) == code


def test_the_lineage_of_a_desa_is_its_provinsi_kabupaten_kecamatan_and_itself():
    assert lineage("35.07.08.2001") == ["35", "35.07", "35.07.08", "35.07.08.2001"]
    assert lineage("35") == ["35"]


@given(codes())
def test_each_step_of_a_lineage_is_the_parent_of_the_next(code):
    steps = lineage(code)
    assert [parent(step) for step in steps] == [None, *steps[:-1]]
    assert [level_of(step) for step in steps] == list(LEVELS[: len(steps)])
    assert steps[-1] == code


@given(codes(Level.DESA), levels)
def test_the_ancestor_of_a_desa_is_the_step_of_its_lineage_at_that_level(code, level):
    assert ancestor(code, level) == lineage(code)[LEVELS.index(level)]


def test_a_feature_id_is_the_code_as_a_number():
    assert feature_id("35.07.08.2001") == 3507082001
    assert feature_id("11") == 11


@given(codes())
def test_the_code_can_be_had_back_from_its_feature_id(code):
    assert parse(str(feature_id(code))) == code


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("35.07.08.2001", "desa"),
        ("35.79.01.1001", "kelurahan"),
        ("91.03.01.3007", "desa_adat"),
    ],
)
def test_the_fourth_part_of_a_code_tells_desa_kelurahan_and_desa_adat_apart(code, kind):
    assert desa_kind(code) == kind


@pytest.mark.parametrize("code", [WAJAK, "35", "35.07.08.4001", "35.07.08.0001", "35.07.08.200"])
def test_a_code_of_no_kind_the_decree_knows_is_refused(code):
    with pytest.raises(RegionError, match="is no region code"):
        desa_kind(code)
