"""The table of rights: what each role may, where, and that nobody may more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import PetaKimError
from geodata.people.rights import (
    GIVEN,
    READER,
    REGION_OF,
    RIGHTS,
    NotAllowed,
    Person,
    Right,
    Role,
    check_region,
    require,
)
from geodata.regions import Level
from geodata.text import LANGUAGES, text

MALANG, JAWA_TIMUR = "35.07", "35"
PETUGAS = Person("siti@malangkab.go.id", Role.PETUGAS, MALANG)
VERIFIKATOR = Person("budi@jatimprov.go.id", Role.VERIFIKATOR, JAWA_TIMUR)
KEMENTERIAN = Person("rini@komdigi.go.id", Role.KEMENTERIAN)
ADMINISTRATOR = Person("admin@komdigi.go.id", Role.ADMINISTRATOR)


def test_a_reader_may_nothing():
    assert not any(READER.may(right) or READER.may_somewhere(right) for right in Right)


def test_a_petugas_keeps_the_kim_of_one_kabupaten_and_of_no_other():
    assert PETUGAS.may(Right.UBAH, "35.07.08.2001")
    assert PETUGAS.may(Right.IMPOR, MALANG)
    for elsewhere in ("35.73", "35.0", JAWA_TIMUR, None):
        assert not PETUGAS.may(Right.UBAH, elsewhere)
    assert not PETUGAS.may(Right.VERIFIKASI, MALANG)


def test_a_verifikator_sees_persons_of_the_own_provinsi_and_changes_no_kim():
    assert VERIFIKATOR.may(Right.PRIBADI, MALANG)
    assert VERIFIKATOR.may(Right.VERIFIKASI, JAWA_TIMUR)
    assert not VERIFIKATOR.may(Right.PRIBADI, "33.01")
    assert not VERIFIKATOR.may(Right.UBAH, MALANG)


def test_the_ministry_brings_in_national_files_and_keeps_no_accounts():
    assert KEMENTERIAN.may(Right.IMPOR, None)
    assert not KEMENTERIAN.may_somewhere(Right.PENGGUNA)


def test_an_administrator_keeps_accounts_and_changes_no_kim():
    assert ADMINISTRATOR.may(Right.PENGGUNA)
    assert not RIGHTS[Role.ADMINISTRATOR] & {Right.IMPOR, Right.UBAH, Right.PRIBADI}


def test_whoever_sits_at_the_machine_may_everything():
    assert all(Person("siti", Role.OPERATOR).may(right) for right in Right)


@given(
    role=st.sampled_from(list(REGION_OF)),
    right=st.sampled_from(list(Right)),
    region=st.sampled_from([None, "35", "35.07", "35.07.08", "35.07.08.2001", "33", "33.01"]),
)
def test_what_holds_for_a_region_holds_inside_it_and_nowhere_else(role, right, region):
    own = MALANG if REGION_OF[role] is Level.KABUPATEN_KOTA else JAWA_TIMUR
    may = Person("x", role, own).may(right, region)
    inside = region is not None and (region == own or region.startswith(f"{own}."))
    assert may == (right in RIGHTS[role] and inside)


def test_who_may_not_is_told_what_and_where():
    with pytest.raises(NotAllowed, match="may not change KIM") as refused:
        require(PETUGAS, Right.UBAH, "35.73")
    assert "mengubah data KIM" in refused.value.message("id")
    assert "35.73" in refused.value.message("id")


@pytest.mark.parametrize(
    ("role", "region"),
    [
        (Role.PETUGAS, None),
        (Role.PETUGAS, JAWA_TIMUR),
        (Role.VERIFIKATOR, MALANG),
        (Role.KEMENTERIAN, JAWA_TIMUR),
        (Role.OPERATOR, None),
        (Role.PEMBACA, None),
    ],
)
def test_a_role_is_given_for_a_region_of_its_level(role, region):
    with pytest.raises(PetaKimError, match="cannot be given"):
        check_region(role, region)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_role_and_right_has_words(lang):
    assert all(text(f"role.{role}", lang) for role in Role)
    assert all(text(f"right.{right}", lang) for right in Right)
    assert set(GIVEN) <= set(Role)
