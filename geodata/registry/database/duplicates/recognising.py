"""Recognises, as a file is staged, the rows that are about a KIM the registry has already."""

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from geodata.registry.database.relations import kim_version
from geodata.registry.database.states import Choice
from geodata.registry.database.versions import (
    Values,
    given,
    read_current,
    read_personal,
    versions_in_force,
)
from geodata.registry.intake.duplicates import name_key, own_name
from geodata.registry.own_region import is_elsewhere
from geodata.registry.reasons import DOUBTING, Reason
from geodata.registry.staging import VALUES


class KnownKim:
    """The KIM in force, of which only numbers are kept until their values are asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        columns = (kim_version.c.kim_id, kim_version.c.id, kim_version.c.nomor_induk)
        in_force = connection.execute(
            select(*columns)
            .where(kim_version.c.id.in_(versions_in_force()))
            .order_by(kim_version.c.kim_id)
        )
        kim, versions, numbers = array("q"), array("q"), array("q")
        for kim_id, version_id, number in in_force:
            kim.append(kim_id)
            versions.append(version_id)
            numbers.append(hash(number))
        self._kim, self._versions = np.array(kim), np.array(versions)
        self._by_number = np.argsort(np.array(numbers))
        self._numbers = np.array(numbers)[self._by_number]

    def about(self, rows: Sequence[Values]) -> dict[int, Values]:
        """Return the KIM that rows name by their number, or as the one they may be the same as.

        Returns
        -------
        By kim_id, as :func:`~geodata.registry.database.versions.read_current` does.
        """
        numbers = [hash(row["nomor_induk"]) for row in rows if row["nomor_induk"]]
        twins = [twin for row in rows if (twin := _only_twin(row)) is not None]
        of_number = self._by_number[_positions(self._numbers, numbers)]
        wanted = np.union1d(of_number, _positions(self._kim, twins))
        return read_current(self._connection, self._versions[wanted].tolist())

    def personal(self, kim_ids: Iterable[int]) -> dict[int, dict[str, str]]:
        """Return the personal fields of KIM, by kim_id."""
        return read_personal(self._connection, list(kim_ids))


def _positions(keys: np.ndarray, wanted: Sequence[int]) -> np.ndarray:
    """Return where in sorted ``keys`` those stand that are ``wanted``."""
    if not len(keys):
        return np.zeros(0, dtype=np.intp)
    values = np.unique(np.array(wanted, dtype=np.int64))
    at = np.searchsorted(keys, values).clip(max=len(keys) - 1)
    return at[keys[at] == values]


def recognise_kim(
    known_kim: KnownKim,
    rows: list[Values],
    personal: list[dict[str, str]],
    *,
    update: bool,
    region: str | None,
) -> None:
    """Mark, in place, those of ``rows`` that say the same as a KIM, and those that would change it.

    Parameters
    ----------
    rows
        Rows of the table ``staged_row``.
    personal
        Their personal fields that are not empty.
    update
        Let a row with the nomor_induk of a KIM change that KIM without review.
    region
        Of the batch: a KIM that stands elsewhere is not changed.
    """
    current = known_kim.about(rows)
    if not current:
        return
    of_kim = known_kim.personal(current)
    by_number = {version["nomor_induk"]: kim_id for kim_id, version in current.items()}
    for row, fields in zip(rows, personal, strict=True):
        if row["outcome"] == "ditolak":
            continue
        known = by_number.get(row["nomor_induk"]) if row["nomor_induk"] else None
        kim_id = known or _only_twin(row)
        if kim_id not in current:
            continue
        says_the_same = not changes(row, current[kim_id]) and not (
            fields.items() - of_kim.get(kim_id, {}).items()
        )
        # What else is doubtful about a row is no matter if it tells nothing new.
        sure = DOUBTING.isdisjoint(set(row["alasan"]) - {Reason.TWIN})
        if says_the_same and row["nama_kim"] and row["kode_wilayah"]:
            row |= _merged(kim_id, current[kim_id])
        elif known and update and sure and not is_elsewhere(current[known]["kode_wilayah"], region):
            row |= _merged(known, current[known])
        elif known and row["outcome"] == "diterima":
            row |= sent_to_review(row, known)


def changes(row: Values, kim: Values) -> Values:
    """Return what ``row`` says otherwise than ``kim``.

    Empty cells of a file say nothing, and a name typed without care is no other one.
    """
    said = {name: row[name] for name in VALUES}
    if row["decision"] != Choice.UBAH:
        said = given(said)
        if is_typed_worse(said.get("nama_kim", ""), kim["nama_kim"]):
            del said["nama_kim"]
    return {name: value for name, value in said.items() if value != kim[name]}


def is_typed_worse(name: str, known: str) -> bool:
    """Tell whether ``name`` is ``known`` all in capitals or in small letters: how a list is typed.

    >>> is_typed_worse("KIM SUKA MAJU", "KIM Sukamaju"), is_typed_worse("KIM Wajak", "KIM WAJAK")
    (True, False)
    """
    typed, cared_for = _in_one_case(name), not _in_one_case(known)
    return typed and cared_for and name_key(name) == name_key(known)


def _in_one_case(name: str) -> bool:
    own = own_name(name)
    return own.isupper() or own.islower()


def sent_to_review(row: Values, holder: int | str | None) -> dict[str, Any]:
    """Return the columns of a row that a person has to look at, for its number is another's.

    ``holder`` is the KIM or row that has it; ``None`` if the KIM to be merged with is gone.
    """
    twins, reasons = row["kembar"], row["alasan"]
    if holder is not None and not any(twin["with"] == holder for twin in twins):
        twins = [*twins, {"with": holder, "why": "nomor_induk"}]
    if Reason.NUMBER_TAKEN not in reasons:
        reasons = [*reasons, Reason.NUMBER_TAKEN]
    return {"outcome": "ditinjau", "alasan": reasons, "kembar": twins, "decision": ""}


def doubled(row: Values, new: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the columns of a row that may be the same as ``new`` (as ``kembar``), too."""
    others = {twin["with"] for twin in new}
    kembar = [*(twin for twin in row["kembar"] if twin["with"] not in others), *new]
    reasons = [*row["alasan"], Reason.TWIN]
    if any(twin["why"] == "nomor_induk" for twin in new):
        reasons.append(Reason.NUMBER_TAKEN)
    reasons = [str(reason) for reason in dict.fromkeys(reasons)]
    return {"outcome": "ditinjau", "alasan": reasons, "kembar": kembar, "decision": ""}


def _merged(kim_id: int, kim: Values) -> Values:
    to_kim = {"decision": Choice.GABUNG, "merge_kim": kim_id, "merge_version": kim["id"]}
    return {"outcome": "diterima", **to_kim}


def _only_twin(row: Values) -> int | None:
    twins = {twin["with"] for twin in row["kembar"] if isinstance(twin["with"], int)}
    return twins.pop() if len(twins) == 1 else None
