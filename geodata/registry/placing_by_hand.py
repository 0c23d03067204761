"""A person puts rows into desa; only then can it be told whether it has such a KIM already."""

from collections.abc import Mapping

from geodata.gazetteer import Gazetteer
from geodata.registry.database.batches import find_batch
from geodata.registry.database.connection import Registry
from geodata.registry.database.deciding import decide
from geodata.registry.database.duplicates.twins import note_twins, rows_in_desa, rows_to_place
from geodata.registry.database.reviewing import placed_in
from geodata.registry.intake.duplicates import find_twins
from geodata.registry.own_region import require_inside


def choose_desa(
    registry: Registry, batch_id: int, chosen: Mapping[int, str], gazetteer: Gazetteer, *, who: str
) -> None:
    """Put rows of a batch into the desa a person chose, and remember it for files to come.

    Each row is accepted, unless it may be the same as a KIM of the registry or another row of the
    batch: then it stays in review, to be asked about that.

    Parameters
    ----------
    chosen
        Code of the desa by the id of the row.

    Raises
    ------
    RegistryError
        As :func:`~geodata.registry.database.deciding.decide` does.
    """
    require_inside(chosen.values(), find_batch(registry, batch_id).region)
    asked = rows_to_place(registry, batch_id, chosen)
    kim, others = rows_in_desa(registry, batch_id, chosen)
    twins = find_twins([*others, *asked], kim)[len(others) :]
    twins_of_rows = {row["id"]: own for row, own in zip(asked, twins, strict=True) if own}
    note_twins(registry, twins_of_rows)
    decide(registry, placed_in(registry, batch_id, chosen), gazetteer, who=who)
