"""The registry as of a day, and what changed between two: random histories on both databases."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.analysis.change import ADDED, STEPS, Development, change_between
from geodata.analysis.region_metrics import totals
from geodata.gazetteer import load_gazetteer
from geodata.people.rights import Person, Role
from geodata.regions import Level
from geodata.registry.by_hand.change import Change
from geodata.registry.by_hand.kim import Kim, kim_as_now
from geodata.registry.by_hand.saving import save
from geodata.registry.database import versions
from geodata.registry.database.as_of import snapshot_as_of
from geodata.registry.database.batches import stage
from geodata.registry.database.causes import causes
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import Registry, open_registry
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.undoing import redo, undo
from geodata.registry.snapshot import KimFilter
from tests.registry.conftest import KINDS
from tests.registry.rows import SUMBER, WAJAK, staged

WHO = "operator"
MINISTRY = Person("budi@komdigi.go.id", Role.KEMENTERIAN)
PAPUA = "91.71.01.1001"
BATU = "35.79.01.1001"
MARCH = date(2024, 3, 1)


@pytest.fixture
def clock(monkeypatch):
    """Says what time it is to whoever writes, at noon of Greenwich unless told otherwise."""

    def at(day: date, hour: int = 12) -> None:
        now = datetime(day.year, day.month, day.day, hour, tzinfo=UTC).isoformat(timespec="seconds")
        monkeypatch.setattr(versions, "now", lambda: now)

    at(MARCH)
    return at


def bring(registry: Registry, *rows: dict, **more) -> int:
    batch = stage(registry, staged(*rows, **more), load_gazetteer(), who=WHO, update=True)
    commit(registry, batch.id, who=WHO)
    return batch.id


def seen(registry: Registry, kim_id: int) -> Kim:
    with registry.reading() as connection:
        return kim_as_now(connection, [kim_id])[kim_id]


def by_hand(registry: Registry, kim_id: int, **other: str) -> None:
    kim = seen(registry, kim_id)
    save(registry, [Change({**kim.values, **other}, kim)], person=MINISTRY)


def changed(registry: Registry, first: date, last: date, kim_filter=None) -> Development:
    start, end = (snapshot_as_of(registry, day) for day in (first, last))
    return change_between(start, end, kim_filter or KimFilter())


def told(development: Development, within: str | None = None) -> dict[str, int]:
    return {name: count for name, count in development.steps(within).items() if count}


# As of a day.


@pytest.mark.parametrize(
    ("region", "desa", "by_then"),
    [(None, WAJAK, 1), ("35", WAJAK, 1), ("51", "51.03.01.1001", 1), ("91", PAPUA, 0)],
)
def test_a_day_is_over_at_midnight_where_the_region_is(registry, clock, region, desa, by_then):
    clock(MARCH, hour=15)  # 22:00 WIB, 23:00 WITA, 00:00 of the next day WIT
    bring(registry, {"kode_wilayah": desa, "tanggal_terdaftar": ""})
    assert len(snapshot_as_of(registry, MARCH, region).kim) == by_then
    assert len(snapshot_as_of(registry, MARCH + timedelta(days=1), region).kim) == 1


def test_the_version_of_a_day_is_the_last_of_that_day(registry, clock):
    first = bring(registry, {"nomor_induk": "A"})
    clock(MARCH + timedelta(days=10))
    undo(registry, first, who=WHO)
    bring(registry, {"nomor_induk": "B"}, {"nomor_induk": "C"})
    numbers = [
        snapshot_as_of(registry, MARCH + timedelta(days=after)).kim["nomor_induk"].tolist()
        for after in (0, 9, 10, 99)
    ]
    assert numbers == [["A"], ["A"], ["B", "C"], ["B", "C"]]


def test_before_the_oldest_version_kim_count_from_the_day_that_they_were_registered(
    registry, clock
):
    bring(
        registry,
        {"nomor_induk": "A", "tanggal_terdaftar": "2015-06-30"},
        {"nomor_induk": "B", "tanggal_terdaftar": "2019-01-01"},
        {"nomor_induk": "C", "tanggal_terdaftar": ""},
    )
    then = snapshot_as_of(registry, date(2018, 12, 31))
    assert then.kim["nomor_induk"].tolist() == ["A"]
    assert then.undated.kim["nomor_induk"].tolist() == ["C"], "it does not vanish"
    assert (then.date, then.as_of) == ("2018-12-31", "2018-12-31")
    now = snapshot_as_of(registry, MARCH)
    assert (len(now.kim), now.undated) == (3, None)
    assert len(snapshot_as_of(registry, date(1990, 1, 1)).kim) == 0


def test_what_was_undone_since_is_no_oldest_version(registry, clock):
    wrong = bring(registry, {"nomor_induk": "A"})
    clock(MARCH + timedelta(days=1))
    undo(registry, wrong, who=WHO)
    bring(registry, {"nomor_induk": "B"})
    assert snapshot_as_of(registry, date(2023, 1, 1)).kim["nomor_induk"].tolist() == ["B"]


def test_a_day_is_read_once_a_version(registry, clock):
    bring(registry, {"nomor_induk": "A"})
    assert snapshot_as_of(registry, MARCH) is snapshot_as_of(registry, MARCH)
    assert snapshot_as_of(registry, MARCH).kim is snapshot_as_of(registry, date(2024, 5, 1)).kim


# Between two days.


def test_every_way_of_a_kim_is_a_number_of_its_own(registry, clock):
    bring(
        registry,
        *({"nomor_induk": number} for number in "ABCD"),
        {"nomor_induk": "T", "status": "tidak_aktif"},
    )
    extra = bring(registry, {"nomor_induk": "E"})
    june = date(2024, 6, 1)
    clock(june)
    by_hand(registry, 1, status="tidak_aktif")
    by_hand(registry, 2, kode_wilayah=BATU)
    by_hand(registry, 5, status="aktif")
    undo(registry, extra, who=WHO)
    bring(registry, {"nomor_induk": "F"}, {"nomor_induk": "S", "kode_wilayah": SUMBER})
    since = changed(registry, MARCH, june)
    assert told(since) == {
        "awal": 5, "laporan_pertama": 1, "baru": 1, "kembali": 1, "ditutup": 1, "dihapus": 1,
        "pindah_masuk": 1, "pindah_keluar": 1, "akhir": 6,
    }  # fmt: skip
    assert told(since, "35.07") == {
        "awal": 5, "baru": 1, "kembali": 1, "ditutup": 1, "dihapus": 1, "pindah_keluar": 1,
        "akhir": 4,
    }  # fmt: skip
    assert told(since, "35.79") == {"pindah_masuk": 1, "akhir": 1}
    clock(date(2024, 7, 1))
    redo(registry, extra, who=WHO)
    assert told(changed(registry, june, date(2024, 7, 1)), "35.07")["kembali"] == 1
    assert "baru" not in told(changed(registry, june, date(2024, 7, 1)))


def test_a_region_that_had_not_reported_had_no_number_not_zero(registry, clock):
    bring(registry, {"nomor_induk": "A"})
    clock(date(2024, 6, 1))
    bring(registry, {"nomor_induk": "S", "kode_wilayah": SUMBER})
    table = changed(registry, MARCH, date(2024, 6, 1)).by_region(Level.KABUPATEN_KOTA)
    sleman = table.set_index("kode").loc["34.01"]
    assert (pd.isna(sleman["awal"]), sleman["laporan_pertama"], sleman["akhir"]) == (True, 1, 1)
    assert table.set_index("kode")["akhir"].isna()["35.79"]


def test_what_the_filter_lets_through_since_is_neither_new_nor_closed(registry, clock):
    bring(registry, {"nomor_induk": "A"}, {"nomor_induk": "B", "bidang": "kesehatan"})
    clock(date(2024, 6, 1))
    bring(registry, {"nomor_induk": "A", "bidang": "kesehatan"})
    june = date(2024, 6, 1)
    assert told(changed(registry, MARCH, june, KimFilter(("umkm",)))) == {
        "awal": 1, "data_keluar": 1,
    }  # fmt: skip
    assert told(changed(registry, MARCH, june, KimFilter(("kesehatan",)))) == {
        "awal": 1, "data_masuk": 1, "akhir": 2,
    }  # fmt: skip
    assert told(changed(registry, MARCH, june)) == {"awal": 2, "akhir": 2}


def test_a_kim_whose_day_nobody_knows_is_not_called_new(registry, clock):
    bring(registry, {"nomor_induk": "A", "tanggal_terdaftar": ""}, {"nomor_induk": "B"})
    since = changed(registry, date(2019, 1, 1), MARCH)
    assert told(since) == {"tak_bertanggal": 1, "baru": 1, "akhir": 2}
    before = changed(registry, date(2019, 1, 1), date(2021, 1, 1))
    assert told(before) == {"baru": 1, "akhir": 1}


def test_a_desa_of_another_code_is_told_from_one_that_somebody_corrected(
    registry, clock, monkeypatch
):
    lineage = pd.DataFrame({"kode": [WAJAK], "kode_2025": [BATU], "cara": ["pindah"]})
    monkeypatch.setattr("geodata.analysis.change.load_lineage", lambda: lineage)
    bring(registry, {"nomor_induk": "A"}, {"nomor_induk": "B"})
    clock(date(2024, 6, 1))
    by_hand(registry, 1, kode_wilayah=BATU)
    by_hand(registry, 2, kode_wilayah=SUMBER)
    since = changed(registry, MARCH, date(2024, 6, 1))
    assert told(since, "35.07") == {
        "awal": 2, "pindah_keluar": 1, "ganti_kode_keluar": 1,
    }  # fmt: skip
    assert told(since, "35.79") == {"ganti_kode_masuk": 1, "akhir": 1}


def test_a_number_opens_to_its_kim_and_to_who_did_it_when_and_from_which_file(registry, clock):
    bring(registry, {"nomor_induk": "A"}, {"nomor_induk": "B"})
    clock(date(2024, 4, 1))
    by_hand(registry, 1, status="tidak_aktif")
    clock(date(2024, 5, 1))
    bring(registry, {"nomor_induk": "A", "status": "", "domain": "a.kim.id"})
    lost = bring(registry, {"nomor_induk": "C", "line": 9}, file_name="dua.xlsx")
    since = changed(registry, MARCH, date(2024, 5, 1))
    assert since.rows("ditutup", "35.07")["kim"].tolist() == [1]
    assert since.rows("ditutup", "34").empty
    why = causes(registry, since, since.rows()["kim"])
    shut, came = why[1], why[3]
    assert (shut.who, shut.at[:10], shut.file_name) == (MINISTRY.name, "2024-04-01", "")
    assert (came.file_name, came.line, came.who) == ("dua.xlsx", 9, WHO)
    clock(date(2024, 6, 1))
    undo(registry, lost, who="orang lain")
    gone = changed(registry, date(2024, 5, 1), date(2024, 6, 1))
    why = causes(registry, gone, gone.rows("dihapus")["kim"])[3]
    assert (why.action, why.who, why.line) == ("batal", "orang lain", 0)


# Whatever has happened.

_ROW = st.fixed_dictionaries(
    {
        "nomor_induk": st.sampled_from("ABCDEF"),
        "kode_wilayah": st.sampled_from([WAJAK, BATU, SUMBER]),
        "bidang": st.sampled_from(["umkm", "kesehatan", "umkm;pertanian"]),
        "status": st.sampled_from(["aktif", "tidak_aktif", "belum_terverifikasi"]),
        "tanggal_terdaftar": st.sampled_from(["", "2019-05-01", "2024-03-02", "2024-03-05"]),
    }
)
_STEP = st.one_of(
    st.tuples(st.just("bring"), st.lists(_ROW, min_size=1, max_size=4)),
    st.tuples(st.sampled_from(["undo", "redo"]), st.integers(1, 5)),
    st.tuples(st.sampled_from(["close", "move", "open"]), st.integers(1, 6)),
)
_FILTERS = (
    KimFilter(),
    KimFilter(("umkm",)),
    KimFilter(status=("aktif",)),
    KimFilter(status=("tidak_aktif",)),
    KimFilter(tahun=(2019, 2023)),
)


_BY_HAND = {
    "close": {"status": "tidak_aktif"},
    "open": {"status": "aktif"},
    "move": {"kode_wilayah": SUMBER},
}


def _do(registry: Registry, verb: str, what) -> None:
    if verb == "bring":
        bring(registry, *what)
    elif verb in ("undo", "redo"):
        {"undo": undo, "redo": redo}[verb](registry, what, who=WHO)
    else:
        by_hand(registry, what, **_BY_HAND[verb])


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(_STEP, min_size=3, max_size=7), kim_filter=st.sampled_from(_FILTERS))
def test_whatever_has_happened_the_numbers_of_two_days_add_up(
    kind, new_url, clock, steps, kim_filter
):
    registry = open_registry(new_url(kind))
    for after, (verb, what) in enumerate(steps):
        clock(MARCH + timedelta(days=after))
        try:
            _do(registry, verb, what)
        except (RegistryError, KeyError):
            continue
    days = [date(2020, 1, 1), *(MARCH + timedelta(days=after) for after in (0, 3, len(steps)))]
    for first, last in combinations(days, 2):
        _adds_up(registry, changed(registry, first, last, kim_filter))
    registry.engine.dispose()


def _adds_up(registry: Registry, development: Development) -> None:
    sums = []
    for level in (Level.PROVINSI, Level.KABUPATEN_KOTA):
        table = development.by_region(level).fillna(0)
        steps = sum(table[step] * (1 if step in ADDED else -1) for step in STEPS)
        assert (table["awal"] + steps == table["akhir"]).all()
        sums.append(table[["awal", *STEPS, "akhir"]].sum().to_dict())
    assert sums[0] == sums[1] == development.steps()
    for snapshot, name in ((development.start, "awal"), (development.end, "akhir")):
        assert sums[0][name] == totals(snapshot, development.kim_filter).jumlah_kim
    kim = development.kim["kim"]
    assert kim.is_unique, "each KIM counts once"
    why = causes(registry, development, kim)
    waits_for_its_day = development.kim_filter.tahun or not development.start.revision
    assert waits_for_its_day or set(why) == {*kim}
