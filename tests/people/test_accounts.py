"""Accounts: invited by address, known by the provider's number, ended by whoever keeps them."""

from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from geodata.errors import PetaKimError
from geodata.people import accounts
from geodata.people.accounts import SignIn, person_of, sign_in_of
from geodata.people.audit import Deed, from_origin, read_audit, record
from geodata.people.keys import make_key, person_of_key
from geodata.people.rights import READER, Person, Role
from geodata.regions import is_within
from geodata.registry.database.connection import open_registry
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import account, ended_session

DAY = timedelta(hours=12)
SITI = "siti@malangkab.go.id"


def signed_in(
    email=SITI, subject="7", issuer="https://sso.contoh.go.id", ago=timedelta()
) -> SignIn:
    at = datetime.now(UTC).replace(microsecond=0) - ago  # claims have whole seconds
    return SignIn(issuer, subject, email, "Siti", at)


@pytest.fixture
def siti(registry) -> accounts.Account:
    return accounts.invite(registry, "Siti@MalangKab.go.id", Role.PETUGAS, "35.07", who="admin")


def test_who_has_no_account_is_a_reader_with_a_name(registry):
    assert person_of(registry, signed_in(), DAY) == Person(SITI, Role.PEMBACA)
    assert person_of(registry, signed_in(email=""), DAY) == Person("Siti", Role.PEMBACA)


def test_an_invited_address_becomes_the_persons_at_the_first_sign_in(registry, siti):
    person = person_of(registry, signed_in(), DAY)
    assert (person.name, person.role, person.region) == (SITI, Role.PETUGAS, "35.07")
    assert accounts.find_account(registry, SITI).last_seen


def test_then_the_providers_number_counts_and_the_address_no_longer(registry, siti):
    person_of(registry, signed_in(), DAY)
    assert person_of(registry, signed_in(email="siti.baru@malangkab.go.id"), DAY).account == siti.id
    for other in ({"subject": "8"}, {"issuer": "https://lain.example"}):
        assert person_of(registry, signed_in(**other), DAY).role is Role.PEMBACA


def test_an_address_that_the_provider_has_not_verified_claims_nothing(registry, siti):
    said = {"iss": "https://sso.contoh.go.id", "sub": "7", "iat": 1e9, "email": SITI}
    for verified in (None, False, "true"):
        assert sign_in_of(said | {"email_verified": verified}).email == ""
    assert person_of(registry, signed_in(email=""), DAY).account is None


def test_a_letter_that_becomes_another_in_lower_case_claims_nothing(registry):
    accounts.invite(registry, "kurnia@malangkab.go.id", Role.PETUGAS, "35.07", who="admin")
    said = {"iss": "https://sso.contoh.go.id", "sub": "9", "iat": 1e9, "email_verified": True}
    for email in ("\u212aurnia@malangkab.go.id", "kurnia@malang\u212aab.go.id"):
        assert email.lower() == "kurnia@malangkab.go.id"
        assert sign_in_of(said | {"email": email}).email == ""
    assert sign_in_of(said | {"email": "Kurnia@MalangKab.go.id"}).email == "kurnia@malangkab.go.id"


@pytest.mark.parametrize(
    "claims", [{}, {"iss": "a", "sub": "b"}, {"iss": "a", "iat": 1, "sub": ""}]
)
def test_claims_that_name_nobody_are_no_sign_in(claims):
    assert sign_in_of(claims) is None


def test_a_session_ends_with_its_time(registry, siti):
    assert person_of(registry, signed_in(ago=DAY + timedelta(seconds=1)), DAY) == READER


def test_nobody_waits_for_an_import_of_others_to_come_in(registry, siti):
    key = make_key(registry, "Dasbor", Role.KEMENTERIAN, None, 90, who="admin")
    person_of(registry, signed_in(), DAY)
    with registry.writing() as connection:
        connection.execute(update(account).values(last_seen="2026-01-01T00:00:00+00:00"))
    with registry.writing():
        begun = monotonic()
        assert person_of(registry, signed_in(), DAY).account == siti.id
        assert person_of_key(registry, key) is not None
        assert monotonic() - begun < 5
    person_of(registry, signed_in(), DAY)
    noted = accounts.find_account(registry, SITI).last_seen
    assert noted > "2026-01-01T00:00:00+00:00", "and the visit is noted later"


def test_signing_out_everywhere_ends_what_was_and_not_what_comes(registry, siti):
    before, after = signed_in(), signed_in(ago=-timedelta(seconds=2))
    person_of(registry, before, DAY)
    accounts.sign_out_everywhere(registry, siti.id, who="admin")
    assert person_of(registry, before, DAY) == READER
    assert person_of(registry, after, DAY).account == siti.id


def test_a_session_that_ended_is_over_for_all_servers_and_others_go_on(registry, siti):
    here, elsewhere = signed_in(), signed_in(ago=timedelta(minutes=5))
    person_of(registry, here, DAY)
    for _ in range(2):  # also twice
        accounts.end_session(registry, here, DAY)
    assert person_of(registry, here, DAY) == READER
    assert person_of(registry, elsewhere, DAY).account == siti.id
    accounts.end_session(registry, elsewhere, -DAY)
    with registry.reading() as connection:
        kept = connection.execute(select(ended_session.c.began)).scalars().all()
    assert kept == [elsewhere.at.isoformat()], "no longer than a session may last"
    with registry.writing(), pytest.raises(RegistryError, match="writing"):
        accounts.end_session(registry, here, DAY)


def test_a_role_that_changes_counts_at_once(registry, siti):
    person_of(registry, signed_in(), DAY)
    accounts.change_role(registry, siti.id, Role.VERIFIKATOR, "35", who="admin")
    assert person_of(registry, signed_in(), DAY).role is Role.VERIFIKATOR


def test_who_was_removed_comes_back_by_an_invitation_and_a_new_sign_in_only(registry, siti):
    before, after = signed_in(), signed_in(ago=-timedelta(seconds=2))
    person_of(registry, before, DAY)
    accounts.remove(registry, siti.id, who="admin")
    assert person_of(registry, after, DAY).account is None
    again = accounts.invite(registry, SITI, Role.PETUGAS, "35.73", who="admin")
    assert person_of(registry, before, DAY).account is None, "that session is over"
    assert person_of(registry, after, DAY).account == again.id


def test_one_address_has_one_account(registry, siti):
    with pytest.raises(PetaKimError, match="There is an account"):
        accounts.invite(registry, f" {SITI} ", Role.VERIFIKATOR, "35", who="admin")


@pytest.mark.parametrize(
    "email", ["", "siti", "siti@kantor", "a b@c.id", "a@b@c.id", f"{'a' * 260}@b.id"]
)
def test_what_is_no_address_is_refused(registry, email):
    with pytest.raises(PetaKimError, match="no e-mail address"):
        accounts.invite(registry, email, Role.KEMENTERIAN, None, who="admin")


def test_the_last_administrator_stays(registry):
    first = accounts.invite(registry, "a@komdigi.go.id", Role.ADMINISTRATOR, None, who="siti")
    with pytest.raises(PetaKimError, match="last administrator"):
        accounts.remove(registry, first.id, who="siti")
    with pytest.raises(PetaKimError, match="last administrator"):
        accounts.change_role(registry, first.id, Role.KEMENTERIAN, None, who="siti")
    second = accounts.invite(registry, "b@komdigi.go.id", Role.ADMINISTRATOR, None, who="siti")
    person_of(registry, signed_in("a@komdigi.go.id"), DAY)
    with pytest.raises(PetaKimError, match="last administrator"):
        accounts.remove(registry, first.id, who="siti")  # who was only invited may never come
    person_of(registry, signed_in("b@komdigi.go.id", "8"), DAY)
    accounts.remove(registry, first.id, who="siti")
    assert [it.id for it in accounts.list_accounts(registry)] == [second.id]


def test_every_change_of_an_account_is_in_the_log(registry, siti):
    person_of(registry, signed_in(), DAY)
    with from_origin("10.1.2.3"):
        accounts.change_role(registry, siti.id, Role.VERIFIKATOR, "35", who="admin")
    accounts.sign_out_everywhere(registry, siti.id, who="admin")
    accounts.remove(registry, siti.id, who="admin")
    log = read_audit(registry)
    assert [line.action for line in reversed(log)] == [
        Deed.UNDANG, Deed.MASUK_AKUN, Deed.PERAN, Deed.KELUARKAN, Deed.HAPUS_AKUN,
    ]  # fmt: skip
    changed = log[2]
    assert (changed.who, changed.origin) == ("admin", "10.1.2.3")
    assert (changed.old["role"], changed.new["role"]) == (Role.PETUGAS, Role.VERIFIKATOR)


def test_the_log_is_searched_by_region_kim_and_words(registry):
    with registry.writing() as connection:
        for kim, region in enumerate(["35.07.08.2001", "35.07", "35", "35.071", "33.01", None], 1):
            record(connection, Deed.UBAH, who=f"orang{kim}", region=region, kim_id=kim)
    of = lambda **asked: [line.kim_id for line in read_audit(registry, **asked)]  # noqa: E731
    assert of() == [6, 5, 4, 3, 2, 1]
    assert of(region="35.07") == [2, 1]
    assert of(kim_id=5) == [5]
    assert of(words="ORANG3") == [3]
    assert of(words="kim diubah") == of(words="KIM changed") == of()
    assert of(words="%") == []
    assert of(before=4, limit=2) == [3, 2]
    assert all(is_within(line.region, "35.07") for line in read_audit(registry, region="35.07"))


def test_the_log_is_searched_by_what_changed(registry, siti):
    assert [line.action for line in read_audit(registry, words="Siti@malang")] == [Deed.UNDANG]


@pytest.mark.parametrize("change", ["DELETE FROM audit", "UPDATE audit SET who = 'x'"])
def test_the_database_refuses_to_change_the_log(registry, siti, change):
    with pytest.raises(DBAPIError, match="append-only"), registry.writing() as connection:
        connection.exec_driver_sql(change)
    assert len(read_audit(registry)) == 1


def test_nor_does_sqlite_let_a_line_be_replaced(new_url):
    registry = open_registry(new_url("sqlite"))
    accounts.invite(registry, SITI, Role.PETUGAS, "35.07", who="admin")
    anew = (
        "REPLACE INTO audit SELECT id, at, 'x', origin, action, region, kim_id, batch_id, old, new"
    )
    with pytest.raises(DBAPIError, match="append-only"), registry.writing() as connection:
        connection.exec_driver_sql(f"{anew} FROM audit")
    assert read_audit(registry)[0].who == "admin"
