"""The rank of a region put into words: among whom, how sure it is, and why there may be none."""

import pandas as pd

from geodata.analysis.coverage import INTERVAL
from geodata.gazetteer import Gazetteer
from geodata.regions import level_of, parent
from geodata.registry.snapshot import KimFilter
from geodata.text import number, percent, text
from geodata.view.words import level_name, region_title


def rank_in_words(
    siblings: pd.DataFrame, kode: str, gazetteer: Gazetteer, kim_filter: KimFilter, lang: str
) -> str:
    """Return which rank the region ``kode`` has by its estimated coverage, as a sentence.

    Parameters
    ----------
    siblings
        ``coverage_by_region`` of the regions beside it, itself included.
    """
    own = siblings[siblings["kode"] == kode].iloc[0]
    if pd.isna(own["jumlah_kim"]):
        return text("profil.belum_melapor", lang)
    able = int(siblings["dapat_diperingkat"].sum())
    words = {
        "perkiraan": percent(own["cakupan_eb"], lang),
        "bawah": percent(own["cakupan_bawah"], lang),
        "atas": percent(own["cakupan_atas"], lang),
        "peluang": percent(INTERVAL, lang, 0),
    }
    if not own["dapat_diperingkat"]:
        return text("profil.terlalu_sedikit", lang, **words)
    if not own["desa_terlayani"]:
        key = "belum_satu_pun" if kim_filter == KimFilter() else "belum_satu_pun_dihitung"
        return text(f"profil.{key}", lang, **words)
    if able < 2:
        return text("profil.sendiri", lang, **words)
    return text(
        "profil.peringkat" if able == len(siblings) else "profil.peringkat_sebagian",
        lang,
        **words,
        peringkat=number(own["peringkat"], lang),
        terbaik=number(own["peringkat_terbaik"], lang),
        terburuk=number(own["peringkat_terburuk"], lang),
        jumlah=number(able, lang),
        semua=number(len(siblings), lang),
        tingkat=level_name(level_of(kode), lang),
        induk=region_title(gazetteer, parent(kode), lang),
    )
