"""Matches rows of region names to codes of the gazetteer.

The names of a row narrow each other: a desa is looked for in its kecamatan, the kecamatan in its
kabupaten/kota, and so on. Where that finds nothing the search widens step by step, to the whole
kabupaten, provinsi, country, since regions are split and moved and people name the wrong parent;
each widening costs points, and further out only the same name counts, not a similar one. A row is
accepted only if its best region scores enough and no rival comes near; the right answer
may be that there is none.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from geodata.gazetteer import Gazetteer
from geodata.matching.blocks import SCORE_KIND, Likeness, blocks_of
from geodata.matching.candidate import Candidate, Match, Verdict
from geodata.matching.names import keys
from geodata.matching.vocabulary import SUCCESSORS
from geodata.regions import LEVELS, Level, desa_kind

_TOLD_EVERY = 500  # rows
_REMEMBERED = 1 << 17  # rows of other names, and other parents: more than there are desa
_LETTER = re.compile(r"[^\W_]")
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

NOTHING = Match(Verdict.GAGAL)


class Step(NamedTuple):
    """Where to look: regions that may hold the one asked for, and what being there costs.

    ``missing`` and ``elsewhere`` are those of the candidates to be met there, as is ``in_parent``.
    """

    within: tuple[str | None, ...]
    penalty: float = 0.0
    missing: Level | None = None
    elsewhere: Level | None = None
    in_parent: bool = True

    def candidate(self, likeness: Likeness) -> Candidate:
        """Return a region met at this step, less what the step costs."""
        return Candidate(
            likeness.code,
            round(max(likeness.score - self.penalty, 0.0), 1),
            likeness.method,
            self.missing,
            self.elsewhere,
            self.in_parent,
        )


def match_names(
    rows: pd.DataFrame, gazetteer: Gazetteer, done: Callable[[float], None] | None = None
) -> list[Match]:
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
    A match for each row, in their order.
    """
    names = [_names(rows[level.value]) if level.value in rows else None for level in LEVELS]
    columns = [[""] * len(rows) if column is None else column for column in names]
    matcher = Matcher(gazetteer)
    matches = []
    for count, row in enumerate(zip(*columns, strict=True)):
        if done and count % _TOLD_EVERY == 0:
            done(count / len(rows))
        matches.append(matcher.match(row))
    return matches


def _names(column: pd.Series) -> list[str]:
    return column.fillna("").astype(str).tolist()


def _readable(name: str) -> str:
    name = name[:LONGEST_NAME].strip()
    return name if _LETTER.search(name) else ""  # "-" is no name


class Matcher:
    """Matches rows one by one, and remembers what it found for the names and parents they share."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._blocks = blocks_of(gazetteer)
        self._answer = lru_cache(_REMEMBERED)(self._match)
        self._where = lru_cache(_REMEMBERED)(self._steps)

    def match(self, names: tuple[str, ...]) -> Match:
        """Match the names of a row, the provinsi first, "" where there is none."""
        return self._answer(tuple(map(_readable, names)))

    def _match(self, names: tuple[str, ...]) -> Match:
        depth = max((depth for depth, name in enumerate(names) if name), default=-1)
        if depth < 0:
            return NOTHING
        candidates: dict[str, Candidate] = {}
        for count, step in enumerate(self._where(names[:depth])):
            best = _best(candidates.values())
            if any(known.same_name and known.in_parent for known in candidates.values()):
                break
            if count > 2 and best >= DOUBTFUL_FROM:
                break
            for likeness in self._look(LEVELS[depth], names[depth], step):
                candidate = step.candidate(likeness)
                known = candidates.get(candidate.code)
                if known is None or candidate.score > known.score:
                    candidates[candidate.code] = candidate
        return _decide(candidates.values())

    def _steps(self, parents: tuple[str, ...]) -> list[Step]:
        """Return where to look for a region with these parents, the likeliest place first."""
        return list(self._narrow(parents))

    def _narrow(self, parents: tuple[str, ...]) -> Iterator[Step]:
        if not parents:
            yield Step((None,))
            return
        *above, name = parents
        level = LEVELS[len(above)]
        wider = self._where(tuple(above))
        if not name:
            for step in wider:
                yield step._replace(penalty=step.penalty + _MISSING[level], missing=level)
            return
        for step in wider:
            likenesses = self._look(level, name, step)
            best = _best(likenesses)
            if best >= DOUBTFUL_FROM:
                near = [like.code for like in likenesses if like.score > best - 2 * MARGIN]
                if level is Level.PROVINSI:
                    near = [after for code in near for after in SUCCESSORS.get(code, (code,))]
                yield step._replace(
                    within=tuple(near),
                    penalty=step.penalty + _UNSURE_PARENT * (100 - best),
                    in_parent=True,
                )
                break
        for step in wider:
            yield step._replace(
                penalty=step.penalty + _ELSEWHERE[level],
                elsewhere=step.elsewhere or level,
                in_parent=False,
            )

    def _look(self, level: Level, name: str, step: Step) -> list[Likeness]:
        """Look for a name in all regions of a step; a similar one only where it should be."""
        asked = keys(name, level)
        blocks = [self._blocks.block(level, code) for code in step.within]
        widened = step.elsewhere is not None
        likenesses = [likeness for block in blocks for likeness in block.same(asked)]
        if not likenesses and not widened and not (level is Level.DESA and None in step.within):
            likenesses = [likeness for block in blocks for likeness in block.similar(asked)]
        if asked.kind and len(likenesses) > 1 and likenesses[0].method.same_name:
            # A kelurahan and a desa of one kecamatan may share their name.
            of_kind = [like for like in likenesses if desa_kind(like.code) == asked.kind]
            likenesses = of_kind or likenesses
        best = _best(likenesses)
        if widened and best < SCORE_KIND:
            return []
        return [like for like in likenesses if like.score == best or not like.method.same_name]


def _best(scored: Iterable[Candidate | Likeness]) -> float:
    return max((region.score for region in scored), default=0.0)


def _decide(candidates: Iterable[Candidate]) -> Match:
    """Accept the best candidate if it is good and alone."""
    ordered = sorted(candidates, key=lambda candidate: -candidate.score)[:MAX_CANDIDATES]
    if not ordered:
        return NOTHING
    best, *rivals = ordered
    if _is_sure(best, rivals):
        verdict = Verdict.COCOK
    else:
        verdict = Verdict.RAGU if best.score >= DOUBTFUL_FROM else Verdict.GAGAL
    return Match(verdict, tuple(ordered))


def _is_sure(best: Candidate, rivals: Sequence[Candidate]) -> bool:
    lead = best.score - _best(rivals)
    if not best.in_parent:
        named = _best(rival for rival in rivals if rival.in_parent)
        namesakes = sum(not rival.in_parent for rival in rivals)
        return (
            best.score >= ACCEPTED_FROM
            and lead >= MARGIN
            and named < PLAUSIBLE_FROM
            and namesakes <= NAMESAKES
        )
    if best.score >= ACCEPTED_FROM:
        return lead >= MARGIN
    where_named = best.elsewhere is None and best.missing in (None, Level.KECAMATAN)
    lone = not best.same_name and where_named
    return lone and best.score >= LONE_FROM and lead >= LONE_MARGIN
