"""The extract of a view, as the page Unduh and links to data hand it out."""

from dataclasses import replace
from datetime import UTC, datetime

from dashboard import data
from geodata.errors import SelectionError
from geodata.exports.extracts import Download, Extract
from geodata.exports.formats import Format
from geodata.exports.manifest import PAGE, Imprint, sources_of
from geodata.registry.snapshot import Snapshot
from geodata.view.address import link
from geodata.view.view import View

MOST_POLYGONS = 20_000
MOST_ROWS_MADE_FIRST = 200_000


def extract_of(view: View, download: Download, form: Format, readable_in: str = "") -> Extract:
    """Return the extract of a view; of a desa's figures, those of all desa of its kecamatan.

    ``readable_in`` is the language of its headings and values, empty for names and codes.
    """
    if download.subject == "wilayah":
        view = replace(view, region=view.scope, level=view.shown_level)
    spatial = download.subject == "wilayah" and form.spatial
    return Extract(
        data.snapshot(view),
        view,
        download.subject,
        data.boundaries() if spatial else None,
        download.columns,
        readable_in,
    )


def imprint(snapshot: Snapshot, lang: str, site: str) -> Imprint:
    """Return what manifests of extracts of ``snapshot`` made now say of their making."""
    made = datetime.now(UTC).isoformat(timespec="seconds")
    return Imprint(sources_of(snapshot), made, lang, site)


def ready_link(extract: Extract, form: Format, site: str) -> str:
    """Return the address that downloads ``extract`` as ``form``."""
    return link(f"{site}{PAGE}/{extract.subject}.{form}", extract.data_params())


def check_cost(extract: Extract, form: Format) -> None:
    """Make sure that an extract can be made while somebody waits.

    Raises
    ------
    SelectionError
        If it has too many polygons, or too many rows for a format that is made before it is sent.
    """
    if extract.level and form.spatial and len(extract) > MOST_POLYGONS:
        raise SelectionError("too_many_polygons", rows=len(extract), most=MOST_POLYGONS)
    if not form.streamed and len(extract) > MOST_ROWS_MADE_FIRST:
        raise SelectionError("too_many_rows", rows=len(extract), most=MOST_ROWS_MADE_FIRST)
