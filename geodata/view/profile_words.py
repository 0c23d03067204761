"""The profile of a region put into words: one paragraph, in the language of the reader."""

import numpy as np

from geodata.analysis.profile import Profile
from geodata.analysis.region_metrics import reported_regions
from geodata.analysis.trend import TREND_YEARS, Trend
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.text import day, number, percent, text
from geodata.view.rank_words import rank_in_words
from geodata.view.words import absence_in_words, filter_in_words, scope_of_totals, totals_in_words

_FAR_KM = 10


def profile_summary(profile: Profile, snapshot: Snapshot, kim_filter: KimFilter, lang: str) -> str:
    """Return what ``profile`` of ``snapshot`` says, as sentences.

    They are about figures, rank, gaps, distance, cluster, trend and fields.
    """
    gazetteer, totals = snapshot.gazetteer, profile.totals
    alone = profile.level is Level.DESA
    sentences = [totals_in_words(gazetteer, profile.kode, totals, alone=alone, lang=lang)]
    if not totals.kabupaten_melapor:
        return sentences[0]
    sentences += scope_of_totals(totals, kim_filter, lang)
    if profile.siblings is not None and profile.kode is not None:
        siblings = profile.siblings
        sentences.append(rank_in_words(siblings, profile.kode, gazetteer, kim_filter, lang))
    sentences += _gaps(profile, snapshot, kim_filter, lang)
    sentences += _distance(profile, lang)
    if profile.cluster in ("rendah_rendah", "rendah_tinggi", "tinggi_rendah", "tinggi_tinggi"):
        sentences.append(text(f"profil.gugus.{profile.cluster}", lang))
    if not alone and totals.jumlah_kim:
        if profile.trend:
            sentences += _trend(profile.trend, totals.jumlah_kim, snapshot.date, lang)
        absent = [text(f"bidang.{name}", lang) for name, n in profile.by_bidang.items() if n == 0]
        if absent and kim_filter == KimFilter():  # else there may be some that do not count
            sentences.append(text("profil.tanpa_bidang", lang, daftar=", ".join(absent)))
    if kim_filter != KimFilter():
        words = filter_in_words(kim_filter, lang, totals.tanpa_tahun)
        sentences.append(text("summary.filter", lang, filter=words))
    return " ".join(sentences)


def _gaps(profile: Profile, snapshot: Snapshot, kim_filter: KimFilter, lang: str) -> list[str]:
    sentences = []
    for level in (Level.KABUPATEN_KOTA, Level.KECAMATAN):
        if level not in profile.empty:
            continue
        part = snapshot.gazetteer.within(level, profile.kode)
        empty, size = len(profile.empty[level]), part.stop - part.start
        reported = reported_regions(snapshot, level, profile.kode)
        sentences.append(absence_in_words(empty, reported, size, level, kim_filter, lang))
    return sentences


def _distance(profile: Profile, lang: str) -> list[str]:
    known = profile.known_km
    if len(known) == 0:
        return [text("profil.tanpa_jarak", lang)]
    farthest = profile.distances.iloc[0]
    if profile.level is Level.DESA:
        if profile.totals.jumlah_kim:
            return []
        return [text("profil.jarak_desa", lang, km=number(known[0], lang, 1))]
    unknown = len(profile.distances) - len(known)
    sentences = [
        text(
            "profil.jarak",
            lang,
            median=number(float(np.median(known)), lang, 1),
            jauh=percent(float((known > _FAR_KM).mean()), lang),
            batas=number(_FAR_KM, lang),
            desa=f"{farthest['nama']}, {farthest['kecamatan']}",
            km=number(farthest["jarak_km"], lang, 1),
        )
    ]
    if unknown:
        sentences.append(text("profil.jarak_tak_diketahui", lang, jumlah=number(unknown, lang)))
    return sentences


def _trend(trend: Trend, kim: int, as_of: str, lang: str) -> list[str]:
    """Say how many KIM came lately; where none did, when the newest came; and what is not known."""
    sentences = []
    if trend.unknown < kim:
        counts = {"baru": number(trend.recent, lang), "lalu": number(trend.before, lang)}
        years = number(TREND_YEARS, lang)
        sentences.append(text("profil.tren", lang, tahun=years, **counts, hari=day(as_of, lang)))
        if not trend.recent:
            sentences.append(text("profil.tren_terbaru", lang, hari=day(trend.newest, lang)))
    if trend.unknown:
        unknown = number(trend.unknown, lang)
        sentences.append(text("profil.tren_tanpa_tanggal", lang, jumlah=unknown))
    return sentences
