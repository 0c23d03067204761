"""KIM that anybody proposed by the public form: drafts of one row, which nobody counts.

What they say is a stranger's: it is bounded, and becomes a KIM only once who may has saved it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from geodata.people.audit import Deed, record
from geodata.regions import Level
from geodata.registry.by_hand.change import Change
from geodata.registry.by_hand.kim import as_text
from geodata.registry.by_hand.saving import keep
from geodata.registry.database.connection import Registry
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import batch, personal, staged_row
from geodata.registry.database.states import State
from geodata.registry.staging import VALUES
from geodata.settings import settings
from geodata.text import DEFAULT_LANGUAGE, text

LONGEST = 200
"""Characters of a field."""


@dataclass(frozen=True)
class Proposal:
    """A KIM that somebody proposed.

    Attributes
    ----------
    batch_id
        The draft that it is.
    values
        ``staging.VALUES`` as text.
    personal
        What it says of persons.
    """

    batch_id: int
    values: Mapping[str, str]
    personal: Mapping[str, str]


def propose(registry: Registry, values: Mapping[str, str], contacts: Mapping[str, str]) -> int:
    """Keep a proposal and return the number of its draft.

    Parameters
    ----------
    values
        ``staging.VALUES`` as ``read_form`` returns them without a problem.

    Raises
    ------
    RegistryError
        If there is no form, too many proposals wait, or a field is too long.
    """
    if any(len(it) > LONGEST for it in (*values.values(), *contacts.values())):
        raise RegistryError("proposal_long", longest=LONGEST)
    region = values["kode_wilayah"][: Level.KABUPATEN_KOTA.code_length]
    said = {name: it for name, it in contacts.items() if it}
    with registry.writing() as connection:
        waiting = connection.execute(select(func.count()).select_from(_waiting(None).subquery()))
        if waiting.scalar_one() >= settings().proposals:
            raise RegistryError("proposal_many")
        sender = text("registration.proposal.sender", DEFAULT_LANGUAGE)
        change = Change({**values, "tahap": ""}, personal=said)
        batch_id, _ = keep(connection, [change], [frozenset()], "", region, sender)
        record(connection, Deed.KIRIM, who="", region=region, batch_id=batch_id, new={"rows": 1})
    return batch_id


def waiting_proposals(registry: Registry, region: str | None) -> list[Proposal]:
    """Return the proposals of a region (a code; ``None`` is Indonesia), the first first."""
    wanted = _waiting(region).order_by(batch.c.id)
    with registry.reading() as connection:
        return [
            Proposal(
                row.batch_id, {name: as_text(row[name]) for name in VALUES}, row["fields"] or {}
            )
            for row in connection.execute(wanted).mappings()
        ]


def _waiting(region: str | None) -> Select:
    """Select the rows of proposals that wait: only they are drafts without a file."""
    wanted = (
        select(staged_row, personal.c.fields)
        .join(batch, batch.c.id == staged_row.c.batch_id)
        .outerjoin(personal, personal.c.staged_row_id == staged_row.c.id)
        .where(batch.c.file_name == "", batch.c.state == State.DRAF, batch.c.cleared == "")
    )
    if region is None:
        return wanted
    inside = batch.c.region.startswith(f"{region}.", autoescape=True)
    return wanted.where((batch.c.region == region) | inside)
