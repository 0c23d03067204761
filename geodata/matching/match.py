"""Matches rows of region names to codes of the gazetteer.

The names of a row narrow each other: a desa is looked for in its kecamatan, the kecamatan in its
kabupaten/kota, and so on. Where that finds nothing the search widens step by step, to the whole
kabupaten, provinsi, country, since regions are split and moved and people name the wrong parent;
each widening costs points, and further out only the same name counts, not a similar one. A row is
accepted (``cocok``) only if its best region scores enough and no rival comes near; the right answer
may be that there is none.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import pandas as pd

from geodata.gazetteer import Gazetteer
from geodata.matching.blocks import SCORE_KIND, Blocks, Found, blocks_of
from geodata.matching.names import keys
from geodata.matching.vocabulary import SUCCESSORS
from geodata.regions import LEVELS, Level, desa_kind

_TOLD_EVERY = 500  # rows
ACCEPTED_FROM = 88.0
MARGIN = 6.0
# A similar name in the parents that the row names (the kecamatan may be missing) is accepted for
# less if nothing else comes near.
LONE_FROM = 80.0
LONE_MARGIN = 20.0
DOUBTFUL_FROM = 70.0
# A region elsewhere is not accepted if the parents that the row names hold one as likely as this.
PLAUSIBLE_FROM = 75.0
# Nor one whose name many bear: it tells little (Sukamaju is the name of 67 desa).
NAMESAKES = 2
MAX_CANDIDATES = 5
LONGEST_NAME = 120  # characters; no region has half of it

# Points lost by a search that leaves out a level whose name is missing, and by one that leaves the
# region a row names (or names in a way nobody can read).
_MISSING = {Level.PROVINSI: 4.0, Level.KABUPATEN_KOTA: 8.0, Level.KECAMATAN: 2.0}
_ELSEWHERE = {Level.PROVINSI: 4.0, Level.KABUPATEN_KOTA: 12.0, Level.KECAMATAN: 6.0}
_UNSURE_PARENT = 0.15  # of the points a parent's name lacks

COLUMNS = ("kode", "status", "metode", "skor", "kandidat")


class Step(NamedTuple):
    """Where to look: regions that may hold the one asked for, and what being there costs."""

    within: tuple[str | None, ...]
    penalty: float
    method: str  # what is added to "nama", if anything
    widened: bool  # past a region that the row names
    named: bool  # in the finest region that the row names, wherever that was found


class Candidate(NamedTuple):
    """A region that a row may mean."""

    code: str
    score: float
    method: str
    same_name: bool
    elsewhere: bool  # than in the finest parent that the row names

    @classmethod
    def at(cls, step: Step, found: Found) -> "Candidate":
        """Return what was found at a step, less what the step costs."""
        method = f"nama{step.method}{'' if found.same_name else '_mirip'}"
        score = round(max(found.score - step.penalty, 0.0), 1)
        return cls(found.code, score, method, found.same_name, not step.named)


class Match(NamedTuple):
    """What a row resolves to; its fields are the columns of ``match_names``."""

    kode: str | None
    status: str
    metode: str | None
    skor: float
    kandidat: str


NOTHING = Match(None, "gagal", None, 0.0, "")


def match_names(
    rows: pd.DataFrame, gazetteer: Gazetteer, done: Callable[[float], None] | None = None
) -> pd.DataFrame:
    """Find the region that each row of names means.

    Parameters
    ----------
    rows
        Columns provinsi, kabupaten_kota, kecamatan, desa as far as there are; a name may be
        missing or empty. A row means the region of its finest name.
    gazetteer
        The regions to choose from.
    done
        Is told from time to time which share of the rows is done, 0 to 1.

    Returns
    -------
    DataFrame with the index of ``rows`` and the columns

    kode
        The region, only where it is accepted.
    status
        ``cocok`` (accepted), ``ragu`` (a person should choose) or ``gagal`` (nothing like it).
    metode
        ``nama`` (the same name within the same parents), ``nama_mirip`` (a similar one), or
        ``nama_tanpa_X`` and ``nama_X_lain`` where X is the level that was missing, or that
        was not the one named; ``_mirip`` is added if the name was only similar.
    skor
        0 to 100, that of the best candidate.
    kandidat
        Up to five candidates as ``kode:skor;kode:skor``, the best first.
    """
    table = pd.DataFrame(index=rows.index)
    for level in LEVELS:
        names = rows[level.value] if level.value in rows else pd.Series("", index=rows.index)
        names = names.fillna("").astype(str).str.slice(stop=LONGEST_NAME).str.strip()
        table[level.value] = names.where(names.str.contains(r"[^\W_]"), "")  # "-" is no name
    matcher = _Matcher(blocks_of(gazetteer))
    columns = [table[level.value].tolist() for level in LEVELS]
    found = []
    for count, row in enumerate(zip(*columns, strict=True)):
        if done and count % _TOLD_EVERY == 0:
            done(count / len(table))
        found.append(matcher.match(row))
    result = pd.DataFrame(found, index=rows.index, columns=list(COLUMNS))
    return result.astype({name: float if name == "skor" else "str" for name in COLUMNS})


class _Matcher:
    """Matches rows, and remembers what it found for the parents they share."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._steps: dict[tuple[str, ...], list[Step]] = {}
        self._answers: dict[tuple[str, ...], Match] = {}

    def match(self, names: tuple[str, ...]) -> Match:
        """Match the names of a row, the provinsi first."""
        if names not in self._answers:
            self._answers[names] = self._match(names)
        return self._answers[names]

    def _match(self, names: tuple[str, ...]) -> Match:
        depth = max((place for place, name in enumerate(names) if name), default=-1)
        if depth < 0:
            return NOTHING
        candidates: dict[str, Candidate] = {}
        for place, step in enumerate(self._where(names[:depth])):
            best = max((one.score for one in candidates.values()), default=0.0)
            if any(one.same_name and not one.elsewhere for one in candidates.values()):
                break
            if place > 2 and best >= DOUBTFUL_FROM:
                break
            for one in self._look(LEVELS[depth], names[depth], step):
                candidate = Candidate.at(step, one)
                if one.code not in candidates or candidate.score > candidates[one.code].score:
                    candidates[one.code] = candidate
        return _decide(candidates.values())

    def _where(self, parents: tuple[str, ...]) -> list[Step]:
        """Return where to look for a region with these parents, the likeliest place first."""
        if parents not in self._steps:
            self._steps[parents] = list(self._narrow(parents))
        return self._steps[parents]

    def _narrow(self, parents: tuple[str, ...]) -> Iterator[Step]:
        if not parents:
            yield Step((None,), 0.0, "", widened=False, named=True)
            return
        *above, name = parents
        level = LEVELS[len(above)]
        wider = self._where(tuple(above))
        if not name:
            for step in wider:
                method = step.method if step.widened else f"_tanpa_{level}"
                yield step._replace(penalty=step.penalty + _MISSING[level], method=method)
            return
        for step in wider:
            found = self._look(level, name, step)
            best = max((one.score for one in found), default=0.0)
            if best >= DOUBTFUL_FROM:
                near = tuple(one.code for one in found if one.score > best - 2 * MARGIN)
                if level is Level.PROVINSI:
                    near = tuple(code for one in near for code in SUCCESSORS.get(one, (one,)))
                yield step._replace(
                    within=near,
                    penalty=step.penalty + _UNSURE_PARENT * (100 - best),
                    named=True,
                )
                break
        for step in wider:
            yield Step(
                step.within,
                step.penalty + _ELSEWHERE[level],
                step.method if step.widened else f"_{level}_lain",
                widened=True,
                named=False,
            )

    def _look(self, level: Level, name: str, step: Step) -> list[Found]:
        """Look for a name in all regions of a step; a similar one only where it should be."""
        asked = keys(name, level)
        blocks = [self._blocks.block(level, code) for code in step.within]
        found = [one for block in blocks for one in block.same(asked)]
        if not found and not step.widened and not (level is Level.DESA and None in step.within):
            found = [one for block in blocks for one in block.similar(asked)]
        if asked.kind and len(found) > 1 and found[0].same_name:
            # A kelurahan and a desa of one kecamatan may share their name.
            found = [one for one in found if desa_kind(one.code) == asked.kind] or found
        best = max((one.score for one in found), default=0.0)
        if step.widened and best < SCORE_KIND:
            return []
        return [one for one in found if one.score == best or not one.same_name]


def _decide(candidates: Iterable[Candidate]) -> Match:
    """Accept the best candidate if it is good and alone."""
    ranked = sorted(candidates, key=lambda one: -one.score)[:MAX_CANDIDATES]
    if not ranked:
        return NOTHING
    best, *rivals = ranked
    listed = ";".join(f"{one.code}:{one.score:g}" for one in ranked)
    if _is_sure(best, rivals):
        return Match(best.code, "cocok", best.method, best.score, listed)
    if best.score >= DOUBTFUL_FROM:
        return Match(None, "ragu", best.method, best.score, listed)
    return Match(None, "gagal", None, best.score, listed)


def _is_sure(best: Candidate, rivals: list[Candidate]) -> bool:
    lead = best.score - max((one.score for one in rivals), default=0.0)
    if best.elsewhere:
        named = max((one.score for one in rivals if not one.elsewhere), default=0.0)
        namesakes = sum(one.elsewhere for one in rivals)
        return (
            best.score >= ACCEPTED_FROM
            and lead >= MARGIN
            and named < PLAUSIBLE_FROM
            and namesakes <= NAMESAKES
        )
    if best.score >= ACCEPTED_FROM:
        return lead >= MARGIN
    lone = best.method in ("nama_mirip", "nama_tanpa_kecamatan_mirip")
    return lone and best.score >= LONE_FROM and lead >= LONE_MARGIN
