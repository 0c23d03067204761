"""A step of the lineage: from one edition of the official list to the next.

A code goes on as long as its name does. Where a code is gone, or its name has come up under
another code, the region is looked for by its name: in the kecamatan that was its own, in the
kabupaten/kota that was, and only among codes that are new there or bear another name now. What
two may be is said to be either's, and taken for neither.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import JaroWinkler

from geodata.lineage.kinds import Kind
from geodata.regions import Level, ancestor, level_of, parent

Names = Mapping[str, str]
"""Name of each region of an edition, by code."""

Above = Mapping[str, "Step"]
IsFree = Callable[[str], bool]

ALIKE = 0.88
"""From here on two names under one code are two spellings (Jaro-Winkler similarity)."""
_DIRECTIONS = {
    "utara", "selatan", "barat", "timur", "tengah", "hulu", "hilir", "dalam", "luar", "atas",
    "bawah", "baru", "satu", "dua", "i", "ii", "iii",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """What became of a region from one edition to the next.

    Attributes
    ----------
    codes
        The region of the next edition; where it is not known, all that may be it or hold parts
        of it; none where it is gone.
    """

    kind: Kind
    codes: tuple[str, ...] = ()

    @property
    def code(self) -> str | None:
        """The one region that it is, if that is known."""
        return self.codes[0] if self.kind not in _OPEN and self.codes else None


_OPEN = (Kind.PECAH, Kind.TIDAK_DIKETAHUI, Kind.HILANG)


def squash(name: str) -> str:
    """Return letters and digits only, in lower case; of kinds of regions only "kota" is told."""
    words = re.sub(r"[^a-z0-9 ]", " ", name.lower())
    words = re.sub(r"^(kab|kabupaten)( (adm|administrasi))? ", "", words.strip())
    words = re.sub(r"^desa adat ", "", words)
    return re.sub(r"^kota (adm|administrasi) ", "kota", words).replace(" ", "")


def step(before: Names, after: Names) -> dict[str, Step]:
    """Return what became of every region of an edition in the next one."""
    steps: dict[str, Step] = {}
    for level in (Level.PROVINSI, Level.KABUPATEN_KOTA, Level.KECAMATAN, Level.DESA):
        old = {code: name for code, name in before.items() if level_of(code) is level}
        new = {code: name for code, name in after.items() if level_of(code) is level}
        steps |= _of_level(_Edition(old), _Edition(new), steps)
    return steps


class _Edition:
    """The regions of one level of an edition, found by code, and by name within a region."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.keys = {code: squash(name) for code, name in names.items()}
        self._within: dict[tuple[str | None, str], list[str]] = defaultdict(list)
        self._inside: dict[str | None, list[str]] = defaultdict(list)
        for code, key in sorted(self.keys.items()):
            for above in _above(code):
                self._within[above, key].append(code)
                self._inside[above].append(code)
            self._within[None, key].append(code)

    def named(self, key: str, within: str | None) -> list[str]:
        """Return the codes of that name within a region (``None``: Indonesia)."""
        return self._within.get((within, key), [])

    def within(self, region: str | None) -> list[str]:
        """Return the codes within a region, in their order; none within Indonesia."""
        return self._inside.get(region, [])


def _above(code: str) -> Iterable[str]:
    above = parent(code)
    while above is not None:
        yield above
        above = parent(above)


def _of_level(old: _Edition, new: _Edition, above: Above) -> dict[str, Step]:
    steps = {code: _step_of(code, old, new, above) for code in old.names}
    claims: dict[str, list[str]] = defaultdict(list)
    for code, taken in steps.items():
        if taken.code is not None:
            claims[taken.code].append(code)
    for target, codes in claims.items():
        if len(codes) > 1:
            for code in codes:
                if steps[code].kind not in (Kind.SAMA, Kind.GANTI_NAMA):
                    steps[code] = Step(Kind.TIDAK_DIKETAHUI, (target,))
    return steps


def _step_of(code: str, old: _Edition, new: _Edition, above: Above) -> Step:
    key = old.keys[code]
    if new.keys.get(code) == key:
        return Step(Kind.SAMA, (code,))

    def is_free(target: str) -> bool:
        """Tell whether a code is new, or bears another name than it did."""
        return old.keys.get(target) != new.keys[target]

    if code in new.names and _likeness(key, new.keys[code]) >= ALIKE:
        return Step(Kind.GANTI_NAMA, (code,))
    for scope in _scopes(code, above):
        found = [target for target in new.named(key, scope) if is_free(target)]
        if len(found) == 1 and _is_alone(code, scope, old, new, above):
            return Step(_kind(code, found[0]), (found[0],))
        if found:
            return Step(Kind.TIDAK_DIKETAHUI, tuple(sorted(found)))
    if code in new.names:
        return Step(Kind.GANTI_NAMA, (code,))
    return (
        _by_digits(code, old, new, above, is_free)
        or _by_parts(code, old, new, above, is_free)
        or _by_likeness(code, old, new, above, is_free)
        or Step(Kind.HILANG)
    )


def _scopes(code: str, above: Above) -> list[str | None]:
    """Return the regions of the next edition in which a region is looked for, the nearest first."""
    if level_of(code) in (Level.PROVINSI, Level.KABUPATEN_KOTA):
        return [None]
    nearest = [
        above[region].code for region in _above(code) if level_of(region) is not Level.PROVINSI
    ]
    return [scope for scope in nearest if scope is not None]


def _is_alone(code: str, scope: str | None, old: _Edition, new: _Edition, above: Above) -> bool:
    """Tell whether no other region of that name, whose own code is over, is looked for there."""
    key = old.keys[code]
    return not any(
        other != code
        and new.keys.get(other) != key
        and (scope is None or above[ancestor(other, level_of(scope))].code == scope)
        for other in old.named(key, None)
    )


def _by_digits(
    code: str, old: _Edition, new: _Edition, above: Above, is_free: IsFree
) -> Step | None:
    """Look for the own digits of a code below where the region above it is now."""
    over = parent(code)
    target = f"{above[over].code}{code[len(over) :]}" if over and above[over].code else ""
    if target == code or target not in new.names or not is_free(target):
        return None
    alike = _likeness(old.keys[code], new.keys[target]) >= ALIKE
    return Step(_kind(code, target), (target,)) if alike else None


def _by_likeness(
    code: str, old: _Edition, new: _Edition, above: Above, is_free: IsFree
) -> Step | None:
    """Look for the name in another spelling, in the kecamatan that was its own."""
    scope = next(iter(_scopes(code, above)), None)
    alike = [
        target
        for target in new.within(scope)
        if is_free(target) and _likeness(old.keys[code], new.keys[target]) >= ALIKE
    ]
    if len(alike) > 1:
        return Step(Kind.TIDAK_DIKETAHUI, tuple(alike))
    return Step(_kind(code, alike[0]), tuple(alike)) if alike else None


def _by_parts(
    code: str, old: _Edition, new: _Edition, above: Above, is_free: IsFree
) -> Step | None:
    """Look for new regions that are called as this one is, with a direction or number behind."""
    key, scopes = old.keys[code], _scopes(code, above)
    parts = [
        target
        for target in new.within(scopes[-1] if scopes else None)
        if new.keys[target].startswith(key)
        and new.keys[target][len(key) :] in _DIRECTIONS
        and is_free(target)
    ]
    return Step(Kind.PECAH, tuple(parts)) if len(parts) > 1 else None


def _kind(code: str, target: str) -> Kind:
    own = level_of(code)
    digits = len(parent(code) or "")
    is_prefix = own is not Level.PROVINSI and code[digits:] == target[digits:]
    return Kind.MEKAR_PROVINSI if is_prefix and code[:2] != target[:2] else Kind.PINDAH


def _likeness(key: str, other: str) -> float:
    return JaroWinkler.similarity(key, other)
