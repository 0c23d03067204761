"""What people decide about the rows of a batch, one by one or many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from geodata.gazetteer import Gazetteer
from geodata.matching.candidate import Method
from geodata.regions import Level, level_of
from geodata.registry.database.connection import Registry
from geodata.registry.database.memory import remember_places
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import batch, kim_version, staged_row
from geodata.registry.database.states import Choice, State
from geodata.registry.database.versions import Values, id_parts, now, versions_in_force
from geodata.registry.own_region import require_inside
from geodata.registry.staging import PLACE_WRITTEN

_OUTCOME = {
    Choice.TERIMA: "diterima",
    Choice.GABUNG: "diterima",
    Choice.TERPISAH: "diterima",
    Choice.TOLAK: "ditolak",
    Choice.TINJAU: "ditinjau",
}


@dataclass(frozen=True)
class Decision:
    """What is to become of a row.

    Attributes
    ----------
    choice
        ``terima``: into the registry; ``tolak``: not; ``gabung``: as a change to another KIM;
        ``terpisah``: into the registry although it looks like another (if that one has the same
        nomor_induk, it comes in without); ``tinjau``: back to review.
    kode
        ``terima``, ``terpisah``: the desa, if not the one that was found.
    kim_id, row_id
        ``gabung``: the KIM of the registry, or the row of the same batch, that it is part of.
    reason
        ``tolak``: why, in the operator's words.
    """

    choice: Choice
    kode: str = ""
    kim_id: int | None = None
    row_id: int | None = None
    reason: str = ""


def decide(
    registry: Registry, decisions: Mapping[int, Decision], gazetteer: Gazetteer, *, who: str
) -> None:
    """Decide about rows, all of them or (if one of the decisions cannot be) none.

    Where a person chose the desa, the place as written is remembered for files to come.

    Parameters
    ----------
    decisions
        By the id of the row.

    Raises
    ------
    RegistryError
        If a row is unknown, committed already or of an undone batch, or lacks what its decision
        needs: a name and a desa of the gazetteer, or a KIM or another row to be merged with; or if
        desa, KIM or row lie outside the region of the batch.
    """
    with registry.writing() as connection:
        rows = _read(connection, list(decisions))
        for row_id, decision in decisions.items():
            row = rows.get(row_id)
            if row is None:
                raise RegistryError("registry_no_row")
            _check(row, decision, gazetteer)
        _require_targets(connection, rows, decisions)
        versions = _versions_of_targets(connection, decisions)
        changed = [
            _changed(rows[row_id], decision, versions.get(row_id), who)
            for row_id, decision in decisions.items()
        ]
        if changed:
            names = [name for name in changed[0] if name != "row_id"]
            to_row = update(staged_row).where(staged_row.c.id == bindparam("row_id"))
            new = {name: bindparam(f"new_{name}", type_=staged_row.c[name].type) for name in names}
            connection.execute(
                to_row.values(new),
                [
                    {"row_id": row["row_id"], **{f"new_{name}": row[name] for name in names}}
                    for row in changed
                ],
            )
        chosen = [
            {**rows[row_id], "kode": decision.kode}
            for row_id, decision in decisions.items()
            if decision.kode
        ]
        remember_places(connection, chosen, who)


_NEEDED = (
    "id", "batch_id", "sheet", "line", *PLACE_WRITTEN, "nama_kim", "kode_wilayah", "metode",
    "skor", "revision_id", "kim_id",
)  # fmt: skip


def _read(connection: Connection, ids: Sequence[int]) -> dict[int, Values]:
    of_batch = (batch.c.sender, batch.c.state, batch.c.region)
    wanted = select(*(staged_row.c[name] for name in _NEEDED), *of_batch).join(
        batch, batch.c.id == staged_row.c.batch_id
    )
    read = {}
    for some in id_parts(ids):
        of_some = wanted.where(staged_row.c.id.in_(some))
        read.update({row.id: row._asdict() for row in connection.execute(of_some)})
    return read


def _check(row: Values, decision: Decision, gazetteer: Gazetteer) -> None:
    if row["revision_id"] is not None:
        raise RegistryError("registry_row_committed", **_place(row))
    if row["state"] == State.DIBATALKAN:
        raise RegistryError("registry_batch_undone", batch=row["batch_id"])
    if decision.choice is not Choice.TOLAK:
        require_inside([decision.kode or row["kode_wilayah"]], row["region"])
    if decision.choice in (Choice.TERIMA, Choice.TERPISAH):
        kode = decision.kode or row["kode_wilayah"]
        if kode not in gazetteer or level_of(kode) is not Level.DESA:
            raise RegistryError("registry_row_desa", kode=kode or "–", **_place(row))
        if not row["nama_kim"]:
            raise RegistryError("registry_row_name", **_place(row))


def _versions_of_targets(
    connection: Connection, decisions: Mapping[int, Decision]
) -> dict[int, int]:
    """Return, of rows to be merged with a KIM that is there, the version that it has now."""
    merges = {i: decision for i, decision in decisions.items() if decision.choice is Choice.GABUNG}
    if not merges:
        return {}
    in_force = select(kim_version.c.kim_id, kim_version.c.id).where(
        kim_version.c.id.in_(versions_in_force())
    )
    versions = {kim_id: version for kim_id, version in connection.execute(in_force)}
    others = _read(
        connection, [decision.row_id for decision in merges.values() if decision.row_id is not None]
    )
    kim = {
        i: decision.kim_id
        if decision.row_id is None
        else others.get(decision.row_id, {}).get("kim_id")
        for i, decision in merges.items()
    }
    return {i: versions[kim_id] for i, kim_id in kim.items() if kim_id in versions}


def _require_targets(
    connection: Connection, rows: Mapping[int, Values], decisions: Mapping[int, Decision]
) -> None:
    """Make sure that there is what rows are to be merged with: a KIM in force, or another row."""
    merges = {i: decision for i, decision in decisions.items() if decision.choice is Choice.GABUNG}
    if not merges:
        return
    in_force = select(kim_version.c.kim_id, kim_version.c.kode_wilayah).where(
        kim_version.c.id.in_(versions_in_force())
    )
    kim = {kim_id: code for kim_id, code in connection.execute(in_force)}
    others = _read(
        connection, [decision.row_id for decision in merges.values() if decision.row_id is not None]
    )
    for row_id, decision in merges.items():
        if decision.row_id is None:
            there = decision.kim_id in kim
            code = kim.get(decision.kim_id, "")
        else:
            other = others.get(decision.row_id, {"batch_id": None, "kode_wilayah": ""})
            of_batch = other["batch_id"] == rows[row_id]["batch_id"]
            code = other["kode_wilayah"]
            there = decision.kim_id is None and decision.row_id != row_id and of_batch
        if not there:
            raise RegistryError("registry_merge_target", **_place(rows[row_id]))
        require_inside([code], rows[row_id]["region"])


def _place(row: Values) -> dict[str, Any]:
    return {"sheet": row["sheet"] or "–", "line": row["line"]}


def _changed(row: Values, decision: Decision, version: int | None, who: str) -> dict[str, Any]:
    chosen = bool(decision.kode)
    return {
        "row_id": row["id"],
        "outcome": _OUTCOME[decision.choice],
        "decision": decision.choice,
        "decided_by": who,
        "decided_at": now(),
        "merge_kim": decision.kim_id,
        "merge_row": decision.row_id,
        "merge_version": version,
        "reason": decision.reason,
        "kode_wilayah": decision.kode or row["kode_wilayah"],
        "metode": Method.PILIHAN.value if chosen else row["metode"],
        "skor": None if chosen else row["skor"],
    }
