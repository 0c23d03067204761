"""Resolves the rows of a boundary file to codes of the gazetteer, each with a method and a score.

Codes of Kemendagri count first, then names with their parents. Where names leave several
candidates, or come without parents, the village point of the reference inside the polygon decides.
"""

import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.boundaries.boundary_error import ImportFailed
from geodata.boundaries.reading.points_inside import points_within, regions_inside
from geodata.boundaries.reading.sources import CodeScheme
from geodata.gazetteer import Gazetteer
from geodata.lineage.lineage import load_lineage
from geodata.matching.candidate import Candidate, Match, Method, Verdict
from geodata.matching.codes import resolve_codes
from geodata.matching.match import match_names
from geodata.matching.names import keys
from geodata.regions import LEVELS, Level, level_of
from geodata.text import text

_SCORE_OF_POINT = 90.0
_MAJORITY = 0.8  # of the village points in an area: some stand on the wrong side of a border
BY_CODE, BY_OLD_CODE, BY_POINT = "kode", "kode_2020", "titik"
"""``metode`` of rows that a code of today, one of 2020, or a village point resolves."""
_WORDS = {Method.KODE: BY_CODE, Method.KODE_LAMA: BY_OLD_CODE, Method.KOORDINAT: BY_POINT}


class Reason(StrEnum):
    """Why a row has no place in the set: texts stand below ``import_reason``."""

    EMPTY = "geometri_kosong"
    NOT_POLYGON = "bukan_poligon"
    OUTSIDE = "di_luar_indonesia"
    UNKNOWN_CODE = "kode_tidak_dikenal"
    NO_MATCH = "nama_tidak_ditemukan"
    DOUBTFUL = "nama_ragu"
    OTHER_LEVEL = "tingkat_lain"
    CONFLICT = "kode_diperebutkan"
    COVERED = "tertutup_poligon_lain"
    PLACEHOLDER = "kode_belum_ditetapkan"
    UNDEFINED = "area_tidak_terdefinisi"
    NO_VILLAGE = "tanpa_titik_desa"
    SEVERAL_REGIONS = "titik_beberapa_wilayah"


# Of what stands in place of a code that there is not: 91.15.--.----, 35.xx.xx, 00.00.00.0000.
_PLACEHOLDER = re.compile(r"[-–—_*?#xX]{2}|^\D+$|^[0.]+$|0{4}$")
# Lakes, forests, disputed land.
_UNDEFINED = re.compile(
    r"(area|wilayah|daerah)?\W*(tidak|tak|belum)\W*(ter)?(definisi|tetapkan|identifikasi).*",
    re.IGNORECASE,
)


class NothingPlaced(ImportFailed):
    """None of the rows of a file has a place in a set; ``reasons`` has that of each."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("import_no_rows")
        self.reasons = Counter(reasons)

    def message(self, lang: str) -> str:
        """Return the sentence, with the rows counted by reason."""
        counts = self.reasons.most_common()
        told = (f"{text(f'import_reason.{why}', lang)}: {rows}" for why, rows in counts)
        rows = self.reasons.total()
        return text("error.import_no_rows", lang, rows=rows, reasons="; ".join(told))


def holds_kemendagri_codes(codes: pd.Series, level: Level, scheme: CodeScheme) -> bool:
    """Tell whether a column holds codes of Kemendagri.

    P-codes of Indonesia are made of codes of BPS in some editions: both write a desa with ten
    digits. In those of Kemendagri the seventh tells the kind of desa, 1, 2 or (rarely) 3; in those
    of BPS it is the last of the kecamatan's three, most often 0.
    """
    if scheme is not CodeScheme.PCODE:
        return scheme is CodeScheme.KEMENDAGRI
    digits = codes.str.replace(r"\D", "", regex=True)
    digits = digits[digits != ""]
    expected = level.code_length - LEVELS.index(level)
    fitting = digits.str.len() == expected
    if level is Level.DESA:
        fitting &= digits.str[6].isin(["1", "2", "3"])
    return bool(len(digits)) and bool(fitting.mean() > 0.9)


def resolve(
    rows: gpd.GeoDataFrame, level: Level, scheme: CodeScheme, gazetteer: Gazetteer
) -> pd.DataFrame:
    """Find the region of each row.

    Parameters
    ----------
    rows
        Columns kode_asal (text), the names by level as far as the file has them, geometry.

    Returns
    -------
    DataFrame with the index of ``rows``: kode (empty where rejected), metode (see
    :func:`way_in_words`), skor (0 to 100), alasan (a :class:`Reason`, empty where resolved).
    """
    count = len(rows)
    chosen: list[Candidate | None] = [None] * count
    reasons: list[str] = [""] * count
    if holds_kemendagri_codes(rows["kode_asal"], level, scheme):
        standing_in = rows["kode_asal"].str.contains(_PLACEHOLDER)
        codes = rows["kode_asal"].mask(standing_in, "").tolist()
        reasons = standing_in.map({True: Reason.PLACEHOLDER, False: ""}).tolist()
        for row, region in enumerate(resolve_codes(codes, gazetteer, load_lineage())):
            if region is None:
                reasons[row] = Reason.UNKNOWN_CODE if codes[row] else reasons[row]
            elif level_of(region.code) is level:
                chosen[row] = region
            else:
                reasons[row] = Reason.OTHER_LEVEL
    names = [level.value for level in LEVELS if level.value in rows]
    left = [row for row in range(count) if not (chosen[row] or reasons[row] == Reason.OTHER_LEVEL)]
    if level.value in names and left:
        asked = rows.iloc[left]
        matches = match_names(asked[names], gazetteer)
        by_name = _by_names(asked, matches, level, gazetteer)
        for row, match, region in zip(left, matches, by_name, strict=True):
            chosen[row] = region
            if region:
                reasons[row] = ""
            elif _UNDEFINED.fullmatch(rows[level.value].iloc[row]):
                reasons[row] = Reason.UNDEFINED
            elif match.verdict is Verdict.RAGU:
                reasons[row] = reasons[row] or Reason.DOUBTFUL
    resolved = pd.DataFrame(
        {
            "kode": [region.code if region else "" for region in chosen],
            "metode": [way_in_words(region) if region else "" for region in chosen],
            "skor": [region.score if region else 0.0 for region in chosen],
            "alasan": [
                "" if region else str(reason or Reason.NO_MATCH)
                for region, reason in zip(chosen, reasons, strict=True)
            ],
        },
        index=rows.index,
    )
    _settle_conflicts(resolved, rows["kode_asal"])
    return resolved


def way_in_words(region: Candidate) -> str:
    """Return how a row came to its region, as ``metode`` of a boundary set and its report has it.

    ``kode``, ``kode_2020``, ``titik`` (a village point), ``nama`` (the same name within the same
    parents), ``nama_mirip`` (a similar one), or ``nama_tanpa_X`` and ``nama_X_lain`` where X is the
    level that was missing, or that was not the one named; ``_mirip`` is added if the name was only
    similar.
    """
    if region.method in _WORDS:
        return _WORDS[region.method]
    within = f"_tanpa_{region.missing}" if region.missing else ""
    within = f"_{region.elsewhere}_lain" if region.elsewhere else within
    return f"nama{within}{'' if region.same_name else '_mirip'}"


def _by_names(
    rows: gpd.GeoDataFrame, matches: list[Match], level: Level, gazetteer: Gazetteer
) -> list[Candidate | None]:
    """Return the regions that the names tell, or the points where names leave it open."""
    regions = [
        match.accepted if match.accepted and level_of(match.accepted.code) is level else None
        for match in matches
    ]
    open_rows = [row for row, region in enumerate(regions) if region is None]
    inside = regions_inside(rows.geometry.iloc[open_rows], level, gazetteer)
    asked = rows[level.value].tolist()
    for row, label in zip(open_rows, rows.index[open_rows], strict=True):
        candidates = {candidate.code for candidate in matches[row].candidates}
        name = keys(asked[row], level).loose
        agreed = [
            code
            for code in inside.get(label, ())
            if code in candidates or keys(gazetteer.name(code), level).loose == name
        ]
        if len(agreed) == 1:
            regions[row] = Candidate(agreed[0], _SCORE_OF_POINT, Method.KOORDINAT)
    return regions


def resolve_areas(areas: gpd.GeoSeries, level: Level, gazetteer: Gazetteer) -> pd.DataFrame:
    """Find the region of each area that lines enclose by the villages in it.

    Returns
    -------
    DataFrame as that of ``resolving.resolve``. Several areas may be parts of one region.
    """
    pairs = points_within(areas, gazetteer)
    regions = pairs["kode"].str[: level.code_length]
    counts = pd.crosstab(pairs["label"], regions).reindex(areas.index, fill_value=0)
    total = counts.sum(axis=1)
    first = counts.idxmax(axis=1) if len(counts.columns) else pd.Series("", index=areas.index)
    sure = (total > 0) & (counts.max(axis=1) >= _MAJORITY * total)
    reasons = np.select([sure, total == 0], ["", Reason.NO_VILLAGE], Reason.SEVERAL_REGIONS)
    return pd.DataFrame(
        {
            "kode": first.where(sure, ""),
            "metode": np.where(sure, BY_POINT, ""),
            "skor": np.where(sure, _SCORE_OF_POINT, 0.0),
            "alasan": reasons.astype(object),
        },
        index=areas.index,
    )


def _settle_conflicts(resolved: pd.DataFrame, raw: pd.Series) -> None:
    """Reject rows that lay claim to a region which another row has, or claims as well.

    Rows that bear the same code are parts of one region and are merged later. The code of today
    beats one of 2020, a name or a point; among these nobody wins.
    """
    rows = resolved[resolved["kode"] != ""]
    claim = pd.Series(rows.index.astype(str), index=rows.index)
    claim = claim.mask(rows["metode"] == BY_OLD_CODE, "2020 " + raw)
    claim = claim.mask(rows["metode"] == BY_CODE, BY_CODE)
    rivals = claim.groupby(rows["kode"]).transform("nunique") > 1
    losing = rows.index[rivals & (claim != BY_CODE)]
    resolved.loc[losing, ["kode", "alasan"]] = ["", Reason.CONFLICT]
