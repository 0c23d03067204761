"""Downloads by link: the extracts of the page Unduh, for Power Query, curl and QGIS.

``/unduh/kim.csv`` and ``/unduh/wilayah.geojson`` (any subject in any format) take the query
parameters of the pages. Text formats are sent while they are made; the others are made first, in
the workshop.
"""

import hashlib
from datetime import UTC, datetime

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from dashboard import data
from dashboard.http.base_path import below, site_of
from dashboard.http.expensive import made
from dashboard.results import MadeFile
from dashboard.selection import PARAMETERS, SEPARATOR_NAMES, Selection, read_params, shortened
from geodata.errors import SelectionError
from geodata.exports.extracts import SUBJECTS, Extract
from geodata.exports.files import write_workbook
from geodata.exports.formats import Format, pieces, write_file
from geodata.exports.link import link
from geodata.exports.manifest import PAGE, Imprint, manifest, sources_of
from geodata.exports.tables import to_csv
from geodata.text import DEFAULT_LANGUAGE, LANGUAGES

MOST_POLYGONS = 20_000
MOST_ROWS_MADE_FIRST = 200_000
_MANIFEST = "keterangan.csv"


def extract_of(selection: Selection, form: Format) -> Extract:
    """Return the extract that a selection names."""
    snapshot = data.snapshot()
    if selection.isi == "kim":
        return Extract(snapshot, selection.kim_filter, selection.wilayah, chosen=selection.kolom)
    return Extract(
        snapshot,
        selection.kim_filter,
        selection.scope,
        selection.shown_level,
        data.boundaries() if form.spatial else None,
        selection.kolom,
    )


def imprint(lang: str, site: str) -> Imprint:
    """Return what manifests made now say of their making."""
    made = datetime.now(UTC).isoformat(timespec="seconds")
    return Imprint(sources_of(data.snapshot()), made, lang, site)


def ready_link(selection: Selection, form: Format, site: str) -> str:
    """Return the address that downloads what ``selection`` names as ``form``."""
    params = extract_of(selection, form).params() | {"isi": ""}
    return link(f"{site}{PAGE}/{selection.isi}.{form}", params)


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


async def download(request: Request) -> Response:
    """Serve an extract, or the manifest of one (``kim.keterangan.csv``)."""
    subject, _, ending = request.path_params["name"].partition(".")
    if subject not in SUBJECTS or ending not in (*Format, _MANIFEST):
        return Response(status_code=404)
    lang = _language(request)
    try:
        selection, extract = await run_in_threadpool(_asked, request, subject, ending)
    except SelectionError as error:
        return JSONResponse({"error": error.message(lang)}, status_code=400)
    form = Format.CSV if ending == _MANIFEST else Format(ending)
    name = f"{subject}-{selection.wilayah or 'indonesia'}.{ending}"
    headers = {
        "ETag": _etag(request, extract),
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    site = site_of(request)
    if ending == _MANIFEST:
        body = to_csv(manifest(extract, imprint(lang, site)))
        return Response(body, media_type=form.media_type, headers=headers)
    about = link(below(f"{PAGE}/{subject}.{_MANIFEST}"), extract.params() | {"isi": ""})
    headers["Link"] = f'<{about}>; rel="describedby"'
    if request.method == "HEAD":  # asked of the extract, which is not made for that
        return StreamingResponse(iter(()), media_type=form.media_type, headers=headers)
    if form.streamed:
        separator = SEPARATOR_NAMES.get(selection.pemisah, ",")
        body_pieces = pieces(extract, form, separator)
        return StreamingResponse(body_pieces, media_type=form.media_type, headers=headers)
    key = ("extract", headers["ETag"], lang, site)
    file = await made(request, key, lambda: _file(extract, form, name, imprint(lang, site)))
    return FileResponse(
        file.path,
        media_type=form.media_type,
        headers=headers,
        background=BackgroundTask(lambda: file),  # keeps the file until it is sent
    )


def _file(extract: Extract, form: Format, name: str, about: Imprint) -> MadeFile:
    file = MadeFile(name)
    if form is Format.XLSX:
        write_workbook(extract, file.path, about)
    else:
        write_file(extract, form, file.path)
    return file


def _asked(request: Request, subject: str, ending: str) -> tuple[Selection, Extract]:
    """Return what the query parameters ask for; unlike a page, a link may hold no mistake."""
    params = request.query_params
    unknown = [name for name in params if name not in PARAMETERS]
    if unknown:
        names = shortened(", ".join(unknown))
        raise SelectionError("parameter", value=names, allowed=", ".join(PARAMETERS))
    selection, notices = read_params({**params, "isi": subject}, data.gazetteer())
    if notices:
        wrong = "; ".join(f"{one.parameter}={one.value}" for one in notices)
        raise SelectionError("parameter_value", value=wrong)
    form = Format.CSV if ending == _MANIFEST else Format(ending)
    extract = extract_of(selection, form)
    check_cost(extract, form)
    return selection, extract


def _language(request: Request) -> str:
    lang = request.query_params.get("bahasa", DEFAULT_LANGUAGE)
    return lang if lang in LANGUAGES else DEFAULT_LANGUAGE


def _etag(request: Request, extract: Extract) -> str:
    """Return a weak tag: the same for the same data asked for alike, gzipped or not."""
    parts = [
        extract.snapshot.version,
        extract.gazetteer.version,
        extract.boundaries.version if extract.boundaries else "",
        request.url.path,
        *(f"{name}={value}" for name, value in sorted(request.query_params.items())),
    ]
    return f'W/"{hashlib.sha256("&".join(parts).encode()).hexdigest()[:20]}"'


ROUTES = [Route(PAGE + "/{name}", download)]
