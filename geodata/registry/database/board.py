"""The board: of each kabupaten/kota, when data of it last came, and how fresh its KIM are.

What counts is the day that data are of (``data_day``), not that of their import. A kabupaten/kota
has reported as the module ``reported`` says: a national list reports for it, too. Only a list
reports here: a change by hand is activity, which makes the KIM fresh that it is of, and no more.
"""

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, case, func, select

from geodata.days import office_day, today, years_before
from geodata.gazetteer import Gazetteer
from geodata.regions import Level, ancestor
from geodata.registry.database.connection import Registry, again_if_cut
from geodata.registry.database.placement_quality import quality_version
from geodata.registry.database.relations import batch, revision, staged_row
from geodata.registry.database.reported import reported_by
from geodata.registry.database.states import State
from geodata.registry.database.touched import count_touched
from geodata.registry.database.versions import commits_in_force, last_commits
from geodata.registry.snapshot import Snapshot

INTERNAL = ("kiriman", "wilayah_kiriman", "berkas", "oleh")
"""Columns for whoever may see the batch that is named."""

_SIZE = Level.KABUPATEN_KOTA.code_length
_SILENT = {"melapor": False, "berkas": "", "oleh": ""}
_COLUMNS = (
    "kode", "nama", "provinsi", "melapor", "tanggal_data", "masuk", "hari_sejak", "baris",
    "ditinjau", "kim", "kim_diperbarui", "bagian_diperbarui", *INTERNAL,
)  # fmt: skip


@again_if_cut
def read_board(registry: Registry, gazetteer: Gazetteer, day: date) -> pd.DataFrame:
    """Return who has reported, and how long ago.

    Parameters
    ----------
    day
        From which days are counted back.

    Returns
    -------
    DataFrame, a row for each kabupaten/kota in the order of the gazetteer, of

    kode, nama, provinsi
        The region, and the name of its provinsi.
    melapor
        Whether its list of KIM is in the registry.
    tanggal_data
        The latest day that data of it are of, datetime64; NaT if it has not reported.
    masuk
        The office's day on which these were handed in, datetime64.
    hari_sejak
        Days from tanggal_data to ``day``; missing if it has not reported.
    baris
        Rows of these data that lie in it: of the last file.
    ditinjau
        Rows of any batch in it that wait for review, drafts among them; one without a desa lies in
        that of its best candidate, else in the region of its batch, if that has one.
    kim, kim_diperbarui
        KIM in force, and those of them touched in the twelve months before ``day``: the data that
        made their version are of then, or their tanggal_diperbarui is.
    bagian_diperbarui
        kim_diperbarui / kim, 0 to 1; missing without KIM.
    :data:`INTERNAL`
        Of the last data: number of the batch, the only region whose KIM it may change (missing:
        Indonesia), name of its file, and who brought it in.
    """
    since = years_before(day, 1)
    with registry.reading() as connection:
        lists = _lists(connection)
        rows = _rows_by_list(connection)
        waiting = _waiting(connection)
        touched = count_touched(connection, since, _SIZE)
    last = _last_lists(rows, lists, gazetteer)
    table = _regions(gazetteer)
    told = [_told(lists[last[code]]) if code in last else _SILENT for code in table["kode"]]
    table = table.join(pd.DataFrame(told))
    table["baris"] = [rows.get((last.get(code, 0), code), 0) for code in table["kode"]]
    table["ditinjau"] = [waiting.get(code, 0) for code in table["kode"]]
    kim = [touched.get(code, (0, 0)) for code in table["kode"]]
    table["kim"], table["kim_diperbarui"] = zip(*kim, strict=True)
    return _finished(table, day)


def board_version(registry: Registry) -> Hashable:
    """Return what changes whenever a board of one day does."""
    drafts = select(func.max(batch.c.id), func.count(case((batch.c.state == State.DIBATALKAN, 1))))
    with registry.reading() as connection:
        batches = tuple(connection.execute(drafts).one())
    return quality_version(registry), batches


def board_of_sample(sample: Snapshot) -> pd.DataFrame:
    """Return the same of a registry without a database, on its own day, when all of it came."""
    came = board_day(sample)
    kim = sample.kim["kode_wilayah"].str[:_SIZE].value_counts()
    table = _regions(sample.gazetteer).assign(melapor=True, tanggal_data=came, masuk=came)
    table["kim"] = table["kode"].map(kim).fillna(0)
    table = table.assign(kim_diperbarui=table["kim"], baris=table["kim"], ditinjau=0)
    return _finished(table.assign(kiriman=None, wilayah_kiriman=None, berkas="", oleh=""), came)


def board_day(snapshot: Snapshot) -> date:
    """Return the day up to which a board counts: today; of made-up data their own."""
    return date.fromisoformat(snapshot.date) if snapshot.illustrative else today()


def _regions(gazetteer: Gazetteer) -> pd.DataFrame:
    codes = gazetteer.codes(Level.KABUPATEN_KOTA).tolist()
    provinsi = [gazetteer.name(ancestor(code, Level.PROVINSI)) for code in codes]
    return pd.DataFrame({"kode": codes, "nama": map(gazetteer.name, codes), "provinsi": provinsi})


def _told(of_list: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the board says of a batch."""
    return {
        "melapor": True,
        "tanggal_data": of_list["as_of"],
        "masuk": office_day(of_list["at"]),
        "kiriman": of_list["batch_id"],
        "wilayah_kiriman": of_list["region"],
        "berkas": of_list["file_name"],
        "oleh": of_list["who"],
    }


def _finished(table: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return a board with all its columns, in their order and of their kind."""
    table = table.reindex(columns=_COLUMNS)
    for name in ("tanggal_data", "masuk"):
        table[name] = pd.to_datetime(table[name])
    counts = ["baris", "ditinjau", "kim", "kim_diperbarui"]
    table[counts] = table[counts].astype("int64")
    table["kiriman"] = table["kiriman"].astype("Int64")
    table["hari_sejak"] = (pd.Timestamp(day) - table["tanggal_data"]).dt.days.astype("Int64")
    share = table["kim_diperbarui"] / table["kim"]  # 0 / 0 is NaN
    return table.assign(bagian_diperbarui=share)


def _lists(connection: Connection) -> dict[int, Mapping[str, Any]]:
    """Return the files in force by number, with what their last commit says of them."""
    columns = (revision.c.batch_id, batch.c.at, batch.c.file_name, batch.c.who, batch.c.region)
    result = connection.execute(
        select(*columns, revision.c.as_of, revision.c.covers)
        .join(batch, batch.c.id == revision.c.batch_id)
        .where(revision.c.id.in_(last_commits()), batch.c.sha256 != "")  # which no form has
    )
    return {row.batch_id: row._asdict() for row in result}


def _kabupaten(code: ColumnElement) -> ColumnElement:
    return func.substr(code, 1, _SIZE)


def _rows_by_list(connection: Connection) -> dict[tuple[int, str], int]:
    """Return how many rows of each batch are in the registry, for each kabupaten/kota."""
    where = (staged_row.c.batch_id, _kabupaten(staged_row.c.kode_wilayah))
    counted = (
        select(*where, func.count())
        .where(staged_row.c.revision_id.in_(commits_in_force()))
        .group_by(*where)
    )
    return {(number, code): count for number, code, count in connection.execute(counted)}


def _last_lists(
    rows: Iterable[tuple[int, str]], lists: Mapping[int, Mapping[str, Any]], gazetteer: Gazetteer
) -> dict[str, int]:
    """Return the number of the batch whose data of each kabupaten/kota are the latest.

    Of data of one day those count that came last.
    """
    named: dict[int, list[str]] = {number: [] for number in lists}
    for number, code in rows:
        if number in named:
            named[number].append(code)
    last: dict[str, int] = {}
    for number in sorted(lists, key=lambda number: (lists[number]["as_of"], number)):
        for code in reported_by(named[number], lists[number]["covers"] or (), gazetteer):
            last[code] = number
    return last


def _waiting(connection: Connection) -> dict[str, int]:
    """Return how many rows in each kabupaten/kota wait for a person.

    A row without a desa lies in that of its best candidate, in the region of its batch, or nowhere.
    """
    best = staged_row.c.kandidat[0]["kode"].as_string()
    place = func.coalesce(func.nullif(staged_row.c.kode_wilayah, ""), best, batch.c.region, "")
    counted = (
        select(_kabupaten(place).label("code"), func.count())
        .join(batch, batch.c.id == staged_row.c.batch_id)
        .where(staged_row.c.outcome == "ditinjau", batch.c.state != State.DIBATALKAN)
        .group_by("code")
    )
    return {code: count for code, count in connection.execute(counted)}
