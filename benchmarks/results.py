"""What a benchmark found, as a table and as JSON. Figures are medians."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

from rich.table import Table

Unit = Literal["s", "byte", "s/row", "share"]


@dataclass(frozen=True)
class Row:
    """One comparison.

    Attributes
    ----------
    ours, plain
        What was measured, a value a run. Not everything has a plain way.
    at_least
        Target: the plain way needs this many times what ours needs.
    at_most
        Target: ours needs no more than this.
    not_below
        Target: ours reaches this; for a share, where more is better.
    """

    what: str
    unit: Unit
    ours: Sequence[float]
    plain: Sequence[float] = ()
    at_least: float | None = None
    at_most: float | None = None
    not_below: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times as much the plain way needs; shares are compared by themselves."""
        if not self.plain or self.unit == "share":
            return None
        return median(self.plain) / median(self.ours)

    @property
    def met(self) -> bool | None:
        """Whether the targets are met; ``None`` where there is none."""
        verdicts = []
        if self.at_least is not None:
            verdicts.append(self.ratio is not None and self.ratio >= self.at_least)
        if self.at_most is not None:
            verdicts.append(median(self.ours) <= self.at_most)
        if self.not_below is not None:
            verdicts.append(median(self.ours) >= self.not_below)
        return all(verdicts) if verdicts else None


@dataclass(frozen=True)
class Result:
    """The rows of one benchmark, and what has to be said about them."""

    name: str
    title: str
    rows: Sequence[Row]
    notes: Sequence[str] = ()


def draw(result: Result) -> Table:
    """Return the table that is printed."""
    table = Table(
        title=f"{result.name}: {result.title}",
        caption="\n".join(result.notes) or None,
        title_justify="left",
        caption_justify="left",
    )
    table.add_column("what")
    for heading in ("ours", "the plain way", "ratio", "target"):
        table.add_column(heading, justify="right")
    table.add_column("met")
    for row in result.rows:
        table.add_row(
            row.what,
            written(median(row.ours), row.unit),
            written(median(row.plain), row.unit) if row.plain else "",
            f"{row.ratio:.1f}x" if row.ratio else "",
            _target(row),
            {True: "[green]yes", False: "[bold red]NO", None: ""}[row.met],
        )
    return table


def _target(row: Row) -> str:
    parts = []
    if row.at_least is not None:
        parts.append(f"≥ {row.at_least:g}x")
    if row.at_most is not None:
        parts.append(f"≤ {written(row.at_most, row.unit)}")
    if row.not_below is not None:
        parts.append(f"≥ {written(row.not_below, row.unit)}")
    return ", ".join(parts)


_SCALES: dict[Unit, tuple[tuple[float, str], ...]] = {
    "s": ((1, "s"), (1e-3, "ms"), (1e-6, "µs")),
    "byte": ((1e6, "MB"), (1e3, "kB"), (1, "B")),
    "share": ((1e-2, "%"),),
    "s/row": ((1e-6, "µs/row"), (1e-9, "ns/row")),
}


def written(value: float, unit: Unit) -> str:
    """Return ``value`` with three digits in the scale of its unit; a share as a percentage."""
    if unit == "share":
        return f"{value:.2%}"
    scale, name = next(
        (entry for entry in _SCALES[unit] if abs(value) >= entry[0]), _SCALES[unit][-1]
    )
    return f"{value / scale:.3g} {name}"


def as_json(result: Result) -> dict[str, Any]:
    """Return everything measured, run by run."""
    rows = [
        {
            "what": row.what,
            "unit": row.unit,
            "ours": median(row.ours),
            "plain": median(row.plain) if row.plain else None,
            "ratio": row.ratio,
            "target_ratio": row.at_least,
            "target": row.at_most if row.not_below is None else row.not_below,
            "met": row.met,
            "runs": {"ours": list(row.ours), "plain": list(row.plain)},
        }
        for row in result.rows
    ]
    return {"name": result.name, "title": result.title, "notes": list(result.notes), "rows": rows}
