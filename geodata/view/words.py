"""Regions, filters and figures put into words, in the language of the reader."""

from geodata.analysis.region_metrics import Totals, kim_without_year
from geodata.columns import column
from geodata.gazetteer import Gazetteer
from geodata.regions import Level, desa_kind, level_of, lineage
from geodata.registry.snapshot import UNKNOWN_YEAR, KimFilter, Snapshot
from geodata.text import day, number, percent, text


def region_title(gazetteer: Gazetteer, code: str | None, lang: str) -> str:
    """Return a region's name with its kind: ``Kecamatan Wajak``, ``Kelurahan Sisir``.

    Names of kabupaten and kota carry their kind already.
    """
    if code is None:
        return text("region.indonesia", lang)
    level, name = level_of(code), gazetteer.name(code)
    if level is Level.KABUPATEN_KOTA or (level is Level.DESA and name.startswith("Desa Adat")):
        return name
    kind = desa_kind(code) if level is Level.DESA else level.value
    return text(f"region.{kind}", lang, nama=name)


def region_path(gazetteer: Gazetteer, code: str | None, lang: str) -> str:
    """Return a region and those above it: ``Kecamatan Wajak, Kabupaten Malang, Jawa Timur``."""
    if code is None:
        return region_title(gazetteer, None, lang)
    return ", ".join(
        filter(None, (region_title(gazetteer, code, lang), region_above(gazetteer, code)))
    )


def region_above(gazetteer: Gazetteer, code: str) -> str:
    """Return the regions above a region: ``Kabupaten Malang, Jawa Timur``; empty of a provinsi."""
    return ", ".join(gazetteer.name(step) for step in reversed(lineage(code)[:-1]))


def level_name(level: Level, lang: str) -> str:
    """Return what regions of a level are called: ``kabupaten/kota``."""
    return text(f"level.{level.value}", lang)


def filter_in_words(kim_filter: KimFilter, lang: str, without_year: int = 0) -> str:
    """Return the filter as a phrase: ``bidang UMKM atau Pariwisata; status aktif``.

    Years leave out ``without_year`` KIM, of which nobody knows theirs; where there are some, the
    phrase says so.
    """
    parts = []
    if kim_filter.bidang:
        joiner = f" {text(f'filter.join.{kim_filter.mode}', lang)} "
        fields = joiner.join(text(f"bidang.{name}", lang) for name in kim_filter.bidang)
        parts.append(text("filter.bidang", lang, bidang=fields))
    if kim_filter.status:
        joiner = f" {text('filter.join.salah_satu', lang)} "
        statuses = joiner.join(text(f"status.{name}", lang).lower() for name in kim_filter.status)
        parts.append(text("filter.status", lang, status=statuses))
    if kim_filter.tahap:
        joiner = f" {text('filter.join.salah_satu', lang)} "
        steps = joiner.join(text(f"tahap.{name}", lang).lower() for name in kim_filter.tahap)
        parts.append(text("filter.tahap", lang, tahap=steps))
    if kim_filter.tahun:
        first, last = kim_filter.tahun
        years = str(first) if first == last else f"{first}–{last}"
        parts.append(text("filter.tahun", lang, tahun=years))
        if without_year:
            left_out = number(without_year, lang)
            parts.append(text("filter.without_year", lang, jumlah=left_out))
    return "; ".join(parts) or text("filter.none", lang)


def counted_in_words(
    snapshot: Snapshot, kim_filter: KimFilter, within: str | None, lang: str
) -> str:
    """Return the filter as a phrase, with the number of KIM in ``within`` that have no year.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    return filter_in_words(kim_filter, lang, kim_without_year(snapshot, kim_filter, within))


def absence_in_words(
    empty: int, reported: int, size: int, level: Level, kim_filter: KimFilter, lang: str
) -> str:
    """Say how many of the ``reported`` regions of a level have no KIM, of ``size`` in all.

    Under a filter that is no KIM that counts: they may have others.
    """
    filtered = kim_filter != KimFilter()
    if reported < size and empty:
        key = "empty_of_reported_counted" if filtered else "empty_of_reported"
    elif reported < size:
        key = "none_empty_of_reported"
    elif empty == size:
        key = "all_empty_counted" if filtered else "all_empty"
    elif empty:
        key = "some_empty_counted" if filtered else "some_empty"
    else:
        key = "none_empty"
    counts = {
        "kosong": number(empty, lang),
        "melapor": number(reported, lang),
        "belum": number(size - reported, lang),
        "jumlah": number(size, lang),
    }
    return text(f"summary.{key}", lang, **counts, tingkat=level_name(level, lang))


def data_date_in_words(snapshot: Snapshot, lang: str) -> str:
    """Say of what day the data are, and as of which day the registry is shown if that is not now.

    ``Keadaan per 31 Desember 2024 · Data per 30 Juni 2024``.
    """
    data = text("app.data_date", lang, date=day(snapshot.date, lang))
    if not snapshot.as_of:
        return data
    then = text("as_of.day", lang, hari=day(snapshot.as_of, lang))
    return then if snapshot.as_of == snapshot.date else f"{then} · {data}"


def as_of_in_words(snapshot: Snapshot, within: str | None, lang: str) -> str:
    """Say how it is known what the registry was on a day, and how many KIM are left out.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    of_day = day(snapshot.as_of, lang)
    undated = 0
    if snapshot.undated is not None:
        undated = int(snapshot.undated.mask(KimFilter(), within).sum())
    parts = [
        text(
            "as_of.version" if snapshot.undated is None else "as_of.registered", lang, hari=of_day
        ),
        text("as_of.none", lang) if snapshot.kim.empty else "",
        text("as_of.undated", lang, jumlah=number(undated, lang)) if undated else "",
    ]
    return " ".join(filter(None, parts))


def nothing_in_words(key: str, kim_filter: KimFilter, lang: str) -> str:
    """Say that there is no KIM: the text ``key``; under a filter ``<key>_counted``.

    There may then be others, and the filter can be cleared to see them.
    """
    return text(key if kim_filter == KimFilter() else f"{key}_counted", lang)


def year_in_words(year: int, lang: str) -> str:
    """Return a year as ``kim_by_year`` has it: ``2018``, or that it is not known."""
    return text("column.tanpa_tahun", lang) if year == UNKNOWN_YEAR else str(year)


def totals_in_words(
    gazetteer: Gazetteer, region: str | None, totals: Totals, *, alone: bool, lang: str
) -> str:
    """Return the sentence that says the figures of a region; ``alone`` is a desa."""
    path = region_path(gazetteer, region, lang)
    if not totals.kabupaten_melapor:
        return text("summary.not_reported", lang, wilayah=path)
    partly = totals.kabupaten_melapor < totals.kabupaten_kota
    return text(
        "summary.desa" if alone else "summary.totals_reported" if partly else "summary.totals",
        lang,
        wilayah=path,
        kim=number(totals.jumlah_kim, lang),
        terlayani=number(totals.desa_terlayani, lang),
        desa=number(totals.desa_melapor, lang),
        cakupan=percent(totals.cakupan, lang),
    )


def scope_of_totals(totals: Totals, kim_filter: KimFilter, lang: str) -> list[str]:
    """Say how many desa have an active KIM, unless the filter does, and who has reported."""
    if not totals.kabupaten_melapor:
        return []
    active = ""
    if totals.jumlah_kim and not kim_filter.status:
        share, desa = percent(totals.cakupan_aktif, lang), number(totals.desa_aktif, lang)
        kim = number(totals.kim_aktif, lang)
        key = "summary.desa_active" if totals.jumlah_desa == 1 else "summary.active"
        active = text(key, lang, kim=kim, desa=desa, cakupan=share)
    return list(filter(None, [active, reporting_in_words(totals, lang)]))


def reporting_in_words(totals: Totals, lang: str) -> str:
    """Say how many kabupaten/kota have reported; nothing if all have."""
    if totals.kabupaten_melapor == totals.kabupaten_kota:
        return ""
    melapor, semua = (
        number(count, lang) for count in (totals.kabupaten_melapor, totals.kabupaten_kota)
    )
    return text("summary.reporting", lang, melapor=melapor, jumlah=semua)


def figure_in_words(totals: Totals, name: str, lang: str, decimals: int = 1) -> str:
    """Write one of ``totals.figures``; a dash where nobody has reported.

    Parameters
    ----------
    decimals
        Digits after the point of what is no count; of a share, of its percentage.
    """
    return column(name).written(totals.figures[name], lang, decimals)
