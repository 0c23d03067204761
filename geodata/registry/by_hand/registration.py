"""A KIM along the chain: registered, sent back, handed in again, verified."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from geodata.days import today
from geodata.people.rights import Person, require
from geodata.registry.by_hand.change import Change
from geodata.registry.by_hand.four_eyes import own_work
from geodata.registry.by_hand.kim import Kim
from geodata.registry.by_hand.saving import Outcome, put_in
from geodata.registry.database.committing import UNVERIFIED
from geodata.registry.database.connection import Registry
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import kim_version
from geodata.registry.database.versions import versions_in_force
from geodata.registry.intake.duplicates import own_name
from geodata.registry.numbering import next_numbers
from geodata.registry.snapshot import ACTIVE
from geodata.registry.steps import REGISTER, VERIFY, Step
from geodata.settings import settings

KIM_ID = ".kim.id"
"""What the web addresses of KIM end in."""


def take_step(
    registry: Registry, several: Sequence[Kim], step: Step, *, person: Person, remark: str = ""
) -> Outcome:
    """Take KIM a step along the chain, all of them as one change by hand, or none.

    Registering gives a KIM without a nomor_induk the next one of the rule, and one without a day of
    registration today. Verifying makes active what was not verified.

    Parameters
    ----------
    several
        The KIM, each as whoever takes the step saw it.
    remark
        Why; it stands in the history.

    Returns
    -------
    As :func:`~geodata.registry.by_hand.saving.save`.

    Raises
    ------
    NotAllowed
        If the person may not, for the desa of a KIM.
    RegistryError
        If a KIM is not where the step begins, is gone, is to be verified by who registered it, or
        a remark is missing.
    """
    for kim in several:
        require(person, step.right, kim.kode)
        if kim.values["tahap"] not in step.before:
            raise RegistryError("step_not_now", kim=kim.values["nama_kim"])
    if step.remarked and not remark:
        raise RegistryError("step_remark")
    if step is VERIFY and (own := own_work(registry, several, person)):
        raise RegistryError("step_own", kim=own[0].values["nama_kim"])
    changes = [Change(values_after(kim, step), kim, reason=remark) for kim in several]
    return put_in(registry, changes, person, _numbered)


def values_after(kim: Kim, step: Step) -> dict[str, str]:
    """Return ``staging.VALUES`` of a KIM after a step, without the number that it is yet to get."""
    values = {**kim.values, "tahap": step.after}
    if step is VERIFY and values["status"] == UNVERIFIED:
        values["status"] = ACTIVE
    if step is REGISTER:
        values["tanggal_terdaftar"] = values["tanggal_terdaftar"] or today().isoformat()
    return values


def _numbered(connection: Connection, changes: Sequence[Change]) -> list[Change]:
    """Return changes of KIM that have a nomor_induk once they are registered."""
    lacking = [it.values["kode_wilayah"] for it in changes if not it.values["nomor_induk"]]
    if not lacking:
        return list(changes)
    # Versions are only added: those of undone changes and of KIM that are gone are among them.
    ever = select(kim_version.c.nomor_induk).where(kim_version.c.nomor_induk != "").distinct()
    given = connection.execute(ever).scalars()
    numbers = iter(next_numbers(settings().nomor_induk, lacking, today().year, given))
    return [
        it
        if it.values["nomor_induk"]
        else replace(it, values={**it.values, "nomor_induk": next(numbers)})
        for it in changes
    ]


def address_of_kim(kim: Kim) -> str:
    """Return the web address of a KIM under kim.id: its own, or the one that its name suggests."""
    own = kim.values["domain"]
    if own:
        return own
    letters = "".join(it for it in own_name(kim.values["nama_kim"]).lower() if it.isalnum())
    return f"{letters}{KIM_ID}" if letters.isascii() and letters else ""


def holder_of(registry: Registry, address: str, kim: Kim) -> str:
    """Return the name of another KIM of the registry that has a web address, "" if none has."""
    others = select(kim_version.c.nama_kim).where(
        kim_version.c.id.in_(versions_in_force()),
        kim_version.c.kim_id != kim.kim_id,
        kim_version.c.domain == address,
    )
    with registry.reading() as connection:
        return connection.execute(others.limit(1)).scalar() or ""
