"""The audit log in words: every action, and every name and value that actions log, is said."""

from datetime import UTC, datetime

import pytest

from geodata.gazetteer import Gazetteer
from geodata.people import accounts
from geodata.people.audit import Deed, Entry, read_audit
from geodata.people.audit_table import AUDIT_COLUMNS, audit_table
from geodata.people.keys import make_key, revoke_key
from geodata.people.rights import Person, Role
from geodata.registry.by_hand.change import Change
from geodata.registry.by_hand.doubts import Doubt
from geodata.registry.by_hand.saving import Saved, save
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.registry.database.erasure.erasing import erase_rows
from geodata.registry.database.erasure.erasing_scope import ErasingTarget
from geodata.registry.database.undoing import redo, undo
from geodata.registry.staging import VALUES
from geodata.text import LANGUAGES, text
from tests.registry.rows import WAJAK, staged

SITI = "siti@malangkab.go.id"
MALANG = Person(SITI, Role.PETUGAS, "35.07")
FAR = Doubt("koordinat_berbeda")


def entry(old: dict | None = None, new: dict | None = None, **other) -> Entry:
    known = {"region": None, "kim_id": None, "batch_id": None, "action": Deed.UBAH}
    known |= {"id": 1, "at": "2026-11-26T15:04:00+00:00", "who": SITI, "origin": "10.1.2.3"}
    return Entry(**known | {"old": old or {}, "new": new or {}} | other)


def said(gazetteer: Gazetteer, lang: str = "id", **of_entry) -> dict[str, str]:
    return audit_table([entry(**of_entry)], gazetteer, lang).iloc[0].to_dict()


def test_a_line_is_said_in_the_words_and_the_time_of_the_office(gazetteer):
    row = said(
        gazetteer, region=WAJAK, kim_id=7, batch_id=3, old={"status": "aktif", "nama_kim": "A"},
        new={"status": "tidak_aktif", "nama_kim": "*B*", "pribadi": ["ketua", "telepon"]},
    )  # fmt: skip
    assert list(row) == list(AUDIT_COLUMNS)
    assert row["waktu"] == "2026-11-26 22:04"
    assert row["kegiatan"] == "KIM diubah"
    assert row["di_wilayah"] == "Desa Sumberputih, Wajak, Kabupaten Malang, Jawa Timur"
    assert (row["nomor_kim"], row["nomor_kiriman"]) == ("#7", "3")
    assert row["sebelum"] == "Status: Aktif; Nama KIM: A"
    changed = "Data pribadi yang diubah: Ketua, Telepon"
    assert row["sesudah"] == f"Status: Tidak aktif; Nama KIM: *B*; {changed}"


def test_roles_regions_and_what_is_empty_have_words(gazetteer):
    row = said(gazetteer, "en", new={"role": "petugas", "region": "35.07", "domain": ""})
    assert row["sesudah"] == (
        "Role: Officer of a regency; Region: Kabupaten Malang, Jawa Timur; Domain: –"
    )
    assert said(gazetteer, new={"region": None})["sesudah"] == "Wilayah: Indonesia"
    assert said(gazetteer, new={"baru": 0})["sesudah"] == "Baru: 0"


@pytest.mark.parametrize(
    ("other", "column", "shown"),
    [
        ({"region": "99.99"}, "di_wilayah", "99.99"),
        ({"new": {"role": "raja"}}, "sesudah", "Peran: raja"),
        ({"new": {"status": "bubar"}}, "sesudah", "Status: bubar"),
        ({"new": {"lama": "x"}}, "sesudah", "lama: x"),
    ],
)
def test_what_is_no_more_is_shown_as_it_was_logged(gazetteer, other, column, shown):
    assert said(gazetteer, **other)[column] == shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_action_has_words(lang):
    assert all(text(f"deed.{deed}", lang) for deed in Deed)


def test_every_name_that_is_logged_has_words(registry, gazetteer):
    rows = staged({"nomor_induk": "1", "personal": {"ketua": "Siti Rahasia"}})
    batch = stage(registry, rows, gazetteer, who=SITI).id
    commit(registry, batch, who=SITI)
    undo(registry, batch, who=SITI)
    redo(registry, batch, who=SITI)
    whole = dict.fromkeys(VALUES, "x") | {"kode_wilayah": WAJAK, "status": "aktif", "bidang": ""}
    whole |= {"nama_kim": "KIM Baru", "tanggal_terdaftar": "2020-01-01"}
    whole |= {"tanggal_diperbarui": "2021-01-01", "jumlah_anggota": "3", "lat": "-8", "lng": "112"}
    change = Change(whole, None, {"ketua": "Orang"}, confirmed=frozenset({FAR}))
    assert isinstance(save(registry, [change], person=MALANG), Saved)
    erase_rows(registry, ErasingTarget("batch", batch), who=SITI, why="surat")
    account = accounts.invite(registry, SITI, Role.PETUGAS, "35.07", who="admin").id
    accounts.change_role(registry, account, Role.VERIFIKATOR, "35", who="admin")
    make_key(registry, "Dasbor", Role.VERIFIKATOR, "35", 1, who="admin")
    revoke_key(registry, 1, who="admin")
    log = read_audit(registry)
    assert len({line.action for line in log}) == 10
    table = audit_table(log, gazetteer, "id")
    told = "; ".join([*table["sebelum"], *table["sesudah"]])
    labels = {part.partition(": ")[0] for part in told.split("; ")} - {""}
    raw = {name for line in log for name in (*line.old, *line.new)}
    assert labels & raw == set()
    assert "Siti Rahasia" not in told
    assert "Orang" not in told


def test_the_time_is_never_of_greenwich(gazetteer):
    late = datetime(2026, 11, 26, 20, tzinfo=UTC).isoformat()
    assert said(gazetteer, at=late)["waktu"] == "2026-11-27 03:00"
