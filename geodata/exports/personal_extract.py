"""KIM with what is personal of them: for whoever may see it, and never for the public.

It is sent while it is made and nowhere kept, so it has no format that is made before it is sent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd
from sqlalchemy import select

from geodata.errors import SelectionError
from geodata.exports.extracts import Extract, Rows
from geodata.exports.formats import Format
from geodata.people.audit import record_look
from geodata.people.rights import Person, Right, require
from geodata.registry.database.connection import Registry
from geodata.registry.database.relations import kim_version
from geodata.registry.database.versions import id_parts, read_personal, versions_in_force
from geodata.registry.own_region import is_elsewhere
from geodata.registry.staging import PERSONAL_FIELDS


@dataclass(frozen=True, eq=False)
class PersonalExtract(Extract):
    """Rows of KIM with ``PERSONAL_FIELDS`` behind the columns that were chosen.

    Attributes
    ----------
    persons
        What is personal, by the number of the KIM; empty where nothing is known.
    """

    persons: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table."""
        return (*super().columns, *PERSONAL_FIELDS)

    @property
    def kim_ids(self) -> list[int]:
        """The numbers of the KIM of the rows."""
        return [self.snapshot.kim_ids[place] for place in self._kim]

    def _rows(self, part: Rows) -> pd.DataFrame:
        rows = super()._rows(part)
        numbers = self.snapshot.ids[self._kim[part]].tolist()
        fields = [self.persons.get(number, {}) for number in numbers]
        return rows.assign(
            **{name: [of.get(name, "") for of in fields] for name in PERSONAL_FIELDS}
        )


def personal_extract(extract: Extract, form: Format, person: Person) -> PersonalExtract:
    """Return the rows of ``extract`` as they are for somebody who may see persons; none is read.

    Raises
    ------
    NotAllowed
        If the person may not see what is personal in all of the extract's region.
    SelectionError
        If its rows are no KIM, the KIM are made up, or the format is made before it is sent.
    """
    require(person, Right.PRIBADI, extract.view.region)
    if extract.subject != "kim" or extract.snapshot.illustrative:
        raise SelectionError("personal_subject")
    if not form.streamed:
        raise SelectionError("personal_format", format=form)
    return PersonalExtract(
        extract.snapshot,
        extract.view,
        chosen=extract.chosen,
        readable_in=extract.readable_in,
    )


def with_persons(registry: Registry, extract: PersonalExtract, who: str) -> PersonalExtract:
    """Return ``extract`` with what is personal; that ``who`` looks at it is logged first.

    Of a KIM that stood in the extract's region then and stands elsewhere now, nothing is told.
    """
    region = extract.view.region
    record_look(registry, who=who, region=region)
    persons = persons_of(registry, extract.kim_ids, lambda code: not is_elsewhere(code, region))
    return replace(extract, persons=persons)


def persons_of(
    registry: Registry, kim_ids: list[int], may: Callable[[str], bool]
) -> dict[int, dict[str, str]]:
    """Return what is personal of KIM, by their number; nobody notes here that somebody looks.

    Parameters
    ----------
    may
        Tells by the code of the desa where a KIM stands by now whether its persons may be told.
    """
    persons: dict[int, dict[str, str]] = {}
    now = select(kim_version.c.kim_id, kim_version.c.kode_wilayah).where(
        kim_version.c.id.in_(versions_in_force())
    )
    with registry.reading() as connection:
        for ids in id_parts(kim_ids):
            there = connection.execute(now.where(kim_version.c.kim_id.in_(ids)))
            own = [kim_id for kim_id, code in there if may(code)]
            persons |= read_personal(connection, own)
    return persons
