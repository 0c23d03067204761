"""Keys of programs: shown once, kept as a hash, ended by a day or by hand."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from geodata.errors import PetaKimError
from geodata.people.audit import Deed, read_audit
from geodata.people.keys import list_keys, make_key, person_of_key, revoke_key
from geodata.people.rights import Right, Role
from geodata.registry.database.relations import access_key

DASHBOARD = ("Dasbor Jatim", Role.VERIFIKATOR, "35", 90)


def make(registry, *, who="admin", **other):
    asked = dict(zip(("name", "role", "region", "days"), DASHBOARD, strict=True)) | other
    return make_key(registry, **asked, who=who)


def change(registry, **values):
    with registry.writing() as connection:
        connection.execute(update(access_key).values(values))


def test_who_has_a_key_is_what_it_was_made_for(registry):
    person = person_of_key(registry, make(registry))
    assert (person.role, person.region, person.account) == (Role.VERIFIKATOR, "35", None)
    assert person.may(Right.PRIBADI, "35.07")
    assert "Dasbor Jatim" in person.name


def test_no_two_keys_are_alike_and_only_a_hash_is_kept(registry):
    keys = [make(registry), make(registry)]
    assert len(set(keys)) == 2
    assert all(re.fullmatch(r"kim_[\w-]{43}", key) for key in keys)
    with registry.reading() as connection:
        kept = str(connection.execute(select(access_key)).all())
    told = str(list_keys(registry)) + str(read_audit(registry))
    assert not any(key in kept + told or key.removeprefix("kim_") in kept + told for key in keys)


@pytest.mark.parametrize("wrong", ["", "kim_", "kim_" + "A" * 43, "Dasbor Jatim"])
def test_what_is_no_key_opens_nothing(registry, wrong):
    make(registry)
    assert person_of_key(registry, wrong) is None


def test_a_revoked_key_opens_nothing_and_is_still_listed(registry):
    kept, lost = make(registry), make(registry, name="Hilang")
    revoke_key(registry, 2, who="admin")
    assert person_of_key(registry, lost) is None
    assert person_of_key(registry, kept)
    assert [(key.name, key.is_valid) for key in list_keys(registry)] == [
        ("Hilang", False),
        ("Dasbor Jatim", True),
    ]
    with pytest.raises(PetaKimError, match="no key number 2"):
        revoke_key(registry, 2, who="admin")


def test_a_key_ends_with_its_day(registry):
    key = make(registry, days=1)
    assert person_of_key(registry, key)
    past = (datetime.now(UTC) - timedelta(seconds=1)).isoformat(timespec="seconds")
    change(registry, expires=past)
    assert person_of_key(registry, key) is None


def test_the_last_use_is_noted_and_no_more_often_than_every_five_minutes(registry):
    key = make(registry)
    assert list_keys(registry)[0].last_used == ""
    person_of_key(registry, key)
    assert list_keys(registry)[0].last_used
    recent, old = (
        (datetime.now(UTC) - timedelta(minutes=ago)).isoformat(timespec="seconds") for ago in (4, 6)
    )
    change(registry, last_used=recent)
    person_of_key(registry, key)
    assert list_keys(registry)[0].last_used == recent
    change(registry, last_used=old)
    person_of_key(registry, key)
    assert list_keys(registry)[0].last_used > recent


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "  "}, "needs a name"),
        ({"name": "a" * 81}, "at most 80"),
        ({"days": 0}, "1 to 366 days"),
        ({"days": 367}, "1 to 366 days"),
        ({"region": "35.07"}, "cannot be given"),
        ({"role": Role.OPERATOR, "region": None}, "cannot be given"),
    ],
)
def test_a_key_that_cannot_be_is_refused(registry, wrong, said):
    with pytest.raises(PetaKimError, match=said):
        make(registry, **wrong)
    assert list_keys(registry) == []


def test_a_key_made_and_revoked_is_in_the_log(registry):
    make(registry, who="rini")
    revoke_key(registry, 1, who="siti")
    revoked, made = read_audit(registry)
    assert (made.action, made.who, made.region) == (Deed.BUAT_KUNCI, "rini", "35")
    assert (revoked.action, revoked.who, revoked.old) == (Deed.CABUT_KUNCI, "siti", made.new)
    assert made.new["name"] == "Dasbor Jatim"
