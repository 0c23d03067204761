"""The collections of features: the regions of each level, KIM, and the desa without a KIM.

A collection hands out the rows of an extract: the same columns, figures and geometries.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from geodata.analysis.gaps import regions_without_kim
from geodata.boundaries.boundary_set import BoundarySet
from geodata.boundaries.polygon_file import ROWS_TOGETHER
from geodata.errors import SelectionError
from geodata.exports.extracts import Download, Extract, Subject
from geodata.regions import LEVELS, Level
from geodata.registry.snapshot import Snapshot
from geodata.text import text
from geodata.view.metrics import METRICS, require_metric
from geodata.view.view import View

WITHOUT_KIM = "tanpa_kim"

_MOST_POINTS = 10_000
_PIECES = 10  # of the file of polygons, about a megabyte each, that are read for a page


@dataclass(frozen=True)
class Collection:
    """A collection of features.

    Attributes
    ----------
    name
        Its id in addresses; the texts ``api.title.<name>`` and ``api.about.<name>`` say what it is.
    level
        The level of its regions; ``None``: its features are KIM.
    columns
        The properties of its features; empty: all that an extract has.
    """

    name: str
    level: Level | None = None
    columns: tuple[str, ...] = ()

    def title(self, lang: str) -> str:
        """Return what it is called."""
        return text(f"api.title.{self.name}", lang)

    def about(self, lang: str) -> str:
        """Return what its features are."""
        return text(f"api.about.{self.name}", lang)

    @property
    def subject(self) -> Subject:
        """What the rows of its extract stand for."""
        return "kim" if self.level is None else "wilayah"

    @property
    def most(self) -> int:
        """How many features are handed out at once: polygons are many bytes."""
        return _MOST_POINTS if self.level is None else _PIECES * ROWS_TOGETHER[self.level]

    def all_columns(self, view: View, snapshot: Snapshot) -> tuple[str, ...]:
        """Return the properties that its features have for a view."""
        return self.columns or Download(self.subject).columns_of(self._of(view), snapshot)

    def extract(self, view: View, snapshot: Snapshot, boundaries: BoundarySet) -> Extract:
        """Return the rows that its features are made of, for the region and filter of ``view``.

        Of a level above that region it is the one region that holds it.

        Raises
        ------
        SelectionError
            If regions of the level do not have the view's metric, or extracts do not.
        RegionError
            If the gazetteer has no region ``view.region``.
        """
        view = self._of(view)
        if self.level is None:
            return Extract(snapshot, view)
        require_extracted(view)
        return Extract(snapshot, view, "wilayah", boundaries, self.columns)

    def rows(self, extract: Extract) -> np.ndarray:
        """Return which rows of :meth:`extract` are features of it: their places, rising."""
        every = np.arange(len(extract))
        if self.name != WITHOUT_KIM:
            return every
        view = extract.view
        empty = regions_without_kim(extract.snapshot, view.kim_filter, Level.DESA, view.region)
        return every[np.isin(extract.ids, empty["kode"].to_numpy(str))]

    def _of(self, view: View) -> View:
        return view if self.level is None else replace(view, level=self.level)


def require_extracted(view: View) -> None:
    """Make sure that the regions of a view have its metric, and extracts hold it.

    Raises
    ------
    SelectionError
        If not.
    """
    level, name = view.shown_level, view.metric
    require_metric(name, level)
    if METRICS[name].expensive:
        known = [it.name for it in METRICS.values() if level in it.levels and not it.expensive]
        raise SelectionError("metric", value=name, level=level, allowed=", ".join(known))


_WHERE = ("kode", *LEVELS[:-1], "nama")

COLLECTIONS: Mapping[str, Collection] = {
    collection.name: collection
    for collection in (
        *(Collection(level.value, level) for level in LEVELS),
        Collection("kim"),
        Collection(WITHOUT_KIM, Level.DESA, _WHERE),
    )
}
"""Every collection, by name, in the order in which they are listed."""
