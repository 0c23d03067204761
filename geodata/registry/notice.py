"""What there is to say of how a file was read, beside its rows."""

from collections.abc import Collection
from dataclasses import dataclass, field

from geodata.text import text

_NAMED = 10  # lines, before the rest is only counted


@dataclass(frozen=True)
class Notice:
    """A sentence for whoever imports a file: text ``notice.<key>``, its placeholders ``values``."""

    key: str
    values: dict[str, str | int] = field(default_factory=dict)

    def message(self, lang: str) -> str:
        """Return the sentence in ``lang`` (``id`` or ``en``)."""
        return text(f"notice.{self.key}", lang, **self.values)


def counted(lines: Collection[int]) -> dict[str, str | int]:
    """Return how many ``lines`` there are, and the first of them, for the texts of notices."""
    named = ", ".join(map(str, sorted(lines)[:_NAMED]))
    return {"count": len(lines), "lines": named + (", …" if len(lines) > _NAMED else "")}
