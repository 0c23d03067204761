"""Blocks of the gazetteer: the regions of a level within one region, found by their names' keys."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from geodata.gazetteer import Gazetteer
from geodata.lineage.lineage import former_names, load_lineage
from geodata.matching.candidate import Method
from geodata.matching.names import Keys, keys
from geodata.matching.telling import TellingWords
from geodata.regions import Level

# The score of a region whose name shares a key with the one asked for, from strict to loose.
SCORE_FULL, SCORE_BARE, SCORE_KIND, SCORE_LOOSE = 100.0, 99.0, 97.0, 94.0
# What a similar name scores at most, and the least that is of interest to anybody.
SCORE_SIMILAR, SCORE_LEAST = 93.0, 60.0
# Where no region is called so today, one that was called so.
SCORE_FORMER = 94.0
# What it loses if it differs in a telling word, or in more letters than a slip of the pen does.
WORD_PENALTY, LETTERS_PENALTY, SLIP = 15.0, 10.0, 2
# What a name scores at least that is the beginning or end of the other: worth a look, no more.
SCORE_PART, SCORE_LEAST_OF_PART, PART_LENGTH = 79.0, 40.0, 4
# What one letter lost, doubled, mistaken or swapped leaves at least of a name as long as this.
SCORE_SLIP, SLIP_LENGTH = 85.0, 5
LIMIT = 6


class Likeness(NamedTuple):
    """A region whose name is like the one asked for, and how much (0 to 100)."""

    code: str
    score: float
    method: Method


class Block:
    """The regions of one level within a slice of the gazetteer."""

    def __init__(
        self,
        level: Level,
        regions: pd.DataFrame,
        telling: TellingWords,
        former: Mapping[str, Sequence[str]],
    ) -> None:
        self.level = level
        self._telling = telling
        self._former = former
        self.codes: list[str] = regions["kode"].tolist()
        self.keys = [keys(name, level) for name in regions["nama"]]

    @cached_property
    def _by_key(self) -> tuple[dict[str, list[int]], ...]:
        full, bare, loose = (defaultdict(list) for _ in range(3))
        for position, own in enumerate(self.keys):
            full[own.full].append(position)
            for key in {own.full, own.bare}:
                bare[key].append(position)
            for key in {own.loose_full, own.loose}:
                loose[key].append(position)
        return dict(full), dict(bare), dict(loose)

    @cached_property
    def _by_former_key(self) -> dict[str, list[str]]:
        former: dict[str, list[str]] = defaultdict(list)
        for code in self.codes:
            for name in self._former.get(code, ()):
                own = keys(name, self.level)
                for key in {own.loose_full, own.loose}:
                    former[key].append(code)
        return dict(former)

    @cached_property
    def _loose(self) -> list[str]:
        return [own.loose for own in self.keys]

    @cached_property
    def _sound(self) -> list[str]:
        return [own.sound for own in self.keys]

    def same(self, asked: Keys) -> list[Likeness]:
        """Return the regions that share the strictest key they can with the name asked for."""
        full, bare, loose = self._by_key
        if self.level is Level.KABUPATEN_KOTA:
            # "Kota Malang" is never Kabupaten Malang; what has no kind may be either.
            tiers: list[tuple[float, Collection[int]]] = [
                (SCORE_FULL, full.get(asked.full, ())),
                (SCORE_KIND, bare.get(asked.full, ())),
                (SCORE_LOOSE, loose.get(asked.loose_full, ())),
            ]
        else:
            tiers = [
                (SCORE_FULL, full.get(asked.full, ())),
                (SCORE_BARE, full.get(asked.bare, ())),
                (SCORE_KIND, {*bare.get(asked.full, ()), *bare.get(asked.bare, ())}),
                (SCORE_LOOSE, {*loose.get(asked.loose_full, ()), *loose.get(asked.loose, ())}),
            ]
        for score, positions in tiers:
            if positions:
                codes = [self.codes[position] for position in sorted(positions)]
                return [Likeness(code, score, Method.NAMA) for code in codes]
        written = {asked.loose_full, asked.loose}
        former = {code for key in written for code in self._by_former_key.get(key, ())}
        return [Likeness(code, SCORE_FORMER, Method.NAMA_LAMA) for code in sorted(former)]

    def similar(self, asked: Keys) -> list[Likeness]:
        """Return the regions whose names are most like the one asked for, the best first."""
        alike = (
            process.cdist([asked.loose], self._loose, scorer=fuzz.ratio)[0]
            + process.cdist([asked.sound], self._sound, scorer=fuzz.ratio)[0]
        ) / 2
        for position in np.flatnonzero(alike >= SCORE_LEAST_OF_PART).tolist():
            if _is_part(asked.loose, self._loose[position]):
                alike[position] = max(alike[position], SCORE_LEAST)
        near = np.flatnonzero(alike >= SCORE_LEAST)
        near = near[np.argsort(-alike[near], kind="stable")][: 2 * LIMIT]
        likenesses = []
        for position in near.tolist():
            own = self.keys[position]
            score = min(float(alike[position]), SCORE_SIMILAR)
            slips = OSA.distance(own.loose, asked.loose, score_cutoff=SLIP)
            if slips == 1 and len(own.loose) >= SLIP_LENGTH:
                score = max(score, SCORE_SLIP)
            if self._telling.differ(asked, own):
                score -= WORD_PENALTY
            elif slips > SLIP:
                score -= LETTERS_PENALTY
            if _is_part(asked.loose, own.loose):
                score = max(score, SCORE_PART)
            likenesses.append(Likeness(self.codes[position], round(score, 1), Method.NAMA_MIRIP))
        return sorted(likenesses, key=lambda likeness: -likeness.score)[:LIMIT]


def _is_part(asked: str, own: str) -> bool:
    """Tell whether one key is the beginning or the end of the other."""
    short, long = sorted((asked, own), key=len)
    return len(short) >= PART_LENGTH and (long.startswith(short) or long.endswith(short))


class Blocks:
    """All blocks of a gazetteer, made when first asked for."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._blocks: dict[tuple[Level, str | None], Block] = {}
        self.telling = TellingWords(gazetteer.tables[Level.DESA]["nama"])
        former = former_names(load_lineage())
        self._former: dict[str, list[str]] = defaultdict(list)
        for code, name in zip(former["kode_2025"], former["nama"], strict=True):
            self._former[code].append(name)

    def block(self, level: Level, within: str | None) -> Block:
        """Return the regions of ``level`` in the region ``within`` (``None``: Indonesia)."""
        asked = (level, within)
        if asked not in self._blocks:
            regions = self._gazetteer.tables[level]
            scope = self._gazetteer.within(level, within)
            self._blocks[asked] = Block(level, regions.iloc[scope], self.telling, self._former)
        return self._blocks[asked]


@lru_cache(maxsize=2)
def blocks_of(gazetteer: Gazetteer) -> Blocks:
    """Return the blocks of ``gazetteer``, kept for the next call."""
    return Blocks(gazetteer)
