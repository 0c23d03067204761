"""The commands on gaps: where KIM are missing, how badly, and where the next ones should be."""

from math import floor
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.cli.options import (
    Language,
    print_lines,
    prints_table,
    region_code,
    snapshot_of,
    with_view,
)
from geodata.cli.priority import Criteria
from geodata.errors import DataFileError
from geodata.regions import Level

if TYPE_CHECKING:
    import pandas as pd

    from geodata.view.view import View

gaps_app = typer.Typer()

OfLevel = Annotated[Level, typer.Option(help="Level of the regions listed.")]


@gaps_app.command("gaps")
@prints_table
@with_view()
def gaps_(view: "View", level: OfLevel) -> "pd.DataFrame":
    """Print the regions of a level in which no KIM passes the filter."""
    from geodata.analysis.gaps import regions_without_kim

    return regions_without_kim(snapshot_of(view), view.kim_filter, level, view.region)


@gaps_app.command()
@prints_table
@with_view()
def coverage(
    view: "View",
    level: OfLevel,
    kota_apart: Annotated[
        bool, typer.Option("--kota-apart", help="Rank kota among kota, kabupaten among kabupaten.")
    ] = False,
) -> "pd.DataFrame":
    """Print coverage with its estimate and interval, and which regions have too few desa to rank.

    Columns: those of `metrics`, cakupan_eb, cakupan_bawah, cakupan_atas, dapat_diperingkat,
    peringkat and its interval (peringkat_terbaik, peringkat_terburuk); above kecamatan also the
    coverage of kecamatan.
    """
    from geodata.analysis.coverage import coverage_by_region

    return coverage_by_region(
        snapshot_of(view),
        view.kim_filter,
        level,
        view.region,
        kota_apart=kota_apart,
    )


@gaps_app.command()
@prints_table
@with_view()
def distance(
    view: "View",
    level: Annotated[
        Level | None, typer.Option(help="Sum up by regions of this level. Default: every desa.")
    ] = None,
    same_island: Annotated[
        bool, typer.Option("--same-island", help="Only KIM on the desa's own island count.")
    ] = False,
) -> "pd.DataFrame":
    """Print how far each desa is from the nearest KIM, the farthest first; or a summary by region.

    Kilometres on the great circle. A desa without a known point has no distance.
    """
    from geodata.analysis.distance import distance_by_region, distances

    asked = snapshot_of(view), view.kim_filter
    if level is None:
        return distances(*asked, view.region, same_island=same_island)
    return distance_by_region(*asked, level, view.region, same_island=same_island)


@gaps_app.command("clusters")
@prints_table
@with_view()
def clusters_(
    view: "View", level: Annotated[Level, typer.Option(help="kabupaten_kota or kecamatan.")]
) -> "pd.DataFrame":
    """Print where low coverage stands beside low: local Moran's I and Gi* of every region."""
    from geodata.analysis.clusters import find_clusters
    from geodata.boundaries.store import active_set

    result = find_clusters(snapshot_of(view), view.kim_filter, active_set(), level, view.region)
    print_lines(
        f"Moran's I of Indonesia: {result.moran:.3f}, p = {result.p_moran:.4f}", to_stderr=True
    )
    return result.table


@gaps_app.command("inequality")
@prints_table
@with_view()
def inequality_(
    view: "View",
    groups: Annotated[
        Level, typer.Option(help="Split Theil between and within regions of this level.")
    ] = Level.PROVINSI,
) -> "pd.DataFrame":
    """Print Gini and Theil of KIM over desa, year by year."""
    from geodata.analysis.inequality import measure_inequality

    return measure_inequality(snapshot_of(view), view.kim_filter, view.region, groups)


@gaps_app.command("fields")
@prints_table
@with_view(without=("all_fields",))
def fields_(
    view: "View",
    level: OfLevel,
    absent: Annotated[
        bool, typer.Option("--absent", help="Only where a field is absent that neighbours have.")
    ] = False,
) -> "pd.DataFrame":
    """Print the coverage of every region by each field (bidang)."""
    from geodata.analysis.bidang_gaps import absent_fields, bidang_coverage
    from geodata.boundaries.store import active_set

    if absent:
        return absent_fields(snapshot_of(view), view.kim_filter, active_set(), level, view.region)
    return bidang_coverage(snapshot_of(view), view.kim_filter, level, view.region)


@gaps_app.command("siting")
@prints_table
@with_view()
def siting_(
    view: "View",
    add: Annotated[int, typer.Option(help="How many more KIM.")],
    radius_km: Annotated[float, typer.Option(help="A desa this near to a KIM is served.")],
    objective: Annotated[
        str,
        typer.Option(
            help="desa: serve most desa; worst: raise the worst part first; kecamatan: one KIM "
            "for each kecamatan without any."
        ),
    ] = "desa",
    weights: Annotated[
        Path | None,
        typer.Option(help="CSV with columns kode and bobot: weight of desa, such as population."),
    ] = None,
    weigh_by: Annotated[
        str,
        typer.Option(
            help="What a desa weighs where no file says: desa (all alike), penduduk (the people of "
            "its kabupaten/kota, divided evenly: an estimate), prioritas (the priority score of "
            "the region it lies in)."
        ),
    ] = "desa",
    criteria: Criteria = "",
    score_level: Annotated[
        Level, typer.Option(help="Level of the regions whose priority scores are taken.")
    ] = Level.KECAMATAN,
    lock: Annotated[
        list[str] | None, typer.Option(help="A desa that gets one; may be given several times.")
    ] = None,
    forbid: Annotated[
        list[str] | None, typer.Option(help="A desa that gets none; may be given several times.")
    ] = None,
    same_island: Annotated[
        bool, typer.Option("--same-island", help="A KIM serves desa of its own island only.")
    ] = False,
    by_kecamatan: Annotated[
        bool, typer.Option("--by-kecamatan", help="Sum the plan up by kecamatan, the next first.")
    ] = False,
) -> "pd.DataFrame":
    """Print where the next KIM should be formed, in order, with what each adds."""
    from geodata.analysis.siting.by_kecamatan import plan_by_kecamatan
    from geodata.analysis.siting.plans import plan_siting
    from geodata.view.plan_weights import plan_weights
    from geodata.view.priorities import PrioritySettings, require_criteria

    snapshot = snapshot_of(view)
    settings = PrioritySettings(require_criteria(criteria, score_level))
    asked = snapshot, view.kim_filter, view.region, score_level, settings
    given = _read_weights(weights)
    plan = plan_siting(
        snapshot,
        view.kim_filter,
        add=add,
        radius_km=radius_km,
        within=view.region,
        objective=objective,  # type: ignore[arg-type]
        weights=plan_weights(weigh_by, *asked) if given is None else given,  # type: ignore[arg-type]
        locked=[str(region_code(code)) for code in lock or ()],
        forbidden=[str(region_code(code)) for code in forbid or ()],
        same_island=same_island,
    )
    print_lines(
        f"Served: {plan.before:,.10g} now, {plan.after:,.10g} with {len(plan.table)} more, of "
        f"{plan.total:,.10g}.",
        to_stderr=True,
    )
    print_lines(f"Newly served across water: {plan.across_water:,} desa.", to_stderr=True)
    if plan.share_of_best == 1:
        print_lines("No other plan of as many KIM serves more.", to_stderr=True)
    elif plan.share_of_best < 1:
        at_least = floor(1000 * plan.share_of_best) / 1000  # no share is rounded up to a proof
        print_lines(
            f"This adds at least {at_least:.1%} of what the best plan could.",
            to_stderr=True,
        )
    if not by_kecamatan:
        return plan.table
    return plan_by_kecamatan(plan, snapshot, view.kim_filter, view.region, same_island=same_island)


@gaps_app.command("peers")
@prints_table
@with_view(without=("within",))
def peers_(
    view: "View",
    code: Annotated[str, typer.Argument(metavar="CODE", help="A region, such as 35.07.")],
    count: Annotated[int, typer.Option(help="How many peers.")] = 10,
) -> "pd.DataFrame":
    """Print the regions most like one, and its rank among them.

    Alike: in number of desa, their density, share of kelurahan, and share off the main island.
    """
    from geodata.analysis.peers import region_peers
    from geodata.boundaries.store import active_set

    own = str(region_code(code))
    return region_peers(snapshot_of(view), view.kim_filter, active_set(), own, count)


@gaps_app.command()
@with_view(without=("within",))
def profile(
    view: "View",
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help="A region. Default: Indonesia.")
    ] = None,
    language: Language = "id",
) -> None:
    """Print what is known of a region as a paragraph."""
    from geodata.analysis.profile import region_profile
    from geodata.boundaries.store import active_set
    from geodata.view.profile_words import profile_summary

    snapshot = snapshot_of(view)
    known = region_profile(snapshot, view.kim_filter, active_set(), region_code(code))
    print_lines(profile_summary(known, snapshot, view.kim_filter, language))


def _read_weights(path: Path | None) -> dict[str, float] | None:
    """Return the weights in a CSV by the code of their desa; codes may be written without dots."""
    import pandas as pd

    from geodata.regions import parse

    if path is None:
        return None
    try:
        table = pd.read_csv(path, dtype={"kode": str})[["kode", "bobot"]]
        return {parse(kode): float(bobot) for kode, bobot in table.itertuples(index=False)}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataFileError("weights_file", file=path) from error
