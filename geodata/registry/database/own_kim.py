"""Holds in the transaction of a commit that a batch of a region changes no KIM elsewhere.

Staging, decisions and merges keep to the region already (``geodata.registry.own_region``); here
nobody is trusted to have done so.
"""

from sqlalchemy import ColumnElement, Connection, or_, select

from geodata.registry.database.relations import batch, kim_version
from geodata.registry.own_region import require_inside


def own_region(connection: Connection, batch_id: int) -> str | None:
    """Return the code of the only region whose KIM a batch may change; ``None`` is Indonesia."""
    return connection.execute(select(batch.c.region).where(batch.c.id == batch_id)).scalar()


def require_own_kim(connection: Connection, number: int, region: str | None) -> None:
    """Make sure that the KIM of commit ``number`` stand in ``region``, and stood there before.

    Raises
    ------
    RegistryError
        If one does not, naming where it stands.
    """
    if region is None:
        return
    before = kim_version.alias()
    changed = (
        select(kim_version.c.kode_wilayah, before.c.kode_wilayah)
        .outerjoin(before, before.c.id == kim_version.c.replaces)
        .where(
            kim_version.c.revision_id == number,
            or_(
                _outside(kim_version.c.kode_wilayah, region),
                _outside(before.c.kode_wilayah, region),
            ),
        )
    )
    wrong = connection.execute(changed.limit(1)).first()
    if wrong is not None:
        require_inside(filter(None, wrong), region)


def _outside(code: ColumnElement[str], region: str) -> ColumnElement[bool]:
    return (code != region) & ~code.startswith(f"{region}.", autoescape=True)
