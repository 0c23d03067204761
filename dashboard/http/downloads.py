"""Downloads by link: the extracts of the page Unduh, for Power Query, curl and QGIS.

``/unduh/kim.csv`` and ``/unduh/wilayah.geojson`` (any subject in any format) take the query
parameters of the pages. Text formats are sent while they are made; the others are made first, in
the workshop.
"""

from dataclasses import replace

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from dashboard import data
from dashboard.addresses import below
from dashboard.http.asked import UnusableError, asked_view, is_tracking
from dashboard.http.base_path import site_of
from dashboard.http.expensive import made_for_request
from dashboard.http.tags import has_already, tag_of
from dashboard.unduh.file_choice import FILE, PEOPLE, PROGRAMS, FileChoice
from dashboard.unduh.view_extract import check_cost, extract_of, imprint
from dashboard.workshop.results import MadeFile
from geodata.errors import SelectionError
from geodata.exports.extracts import DOWNLOAD, SUBJECTS, Extract, Subject
from geodata.exports.formats import CSV, FORMATS, SEPARATORS, Format
from geodata.exports.manifest import PAGE, Imprint, manifest
from geodata.exports.spreadsheets import to_csv
from geodata.view.address import VIEW, link, read_language, shortened
from geodata.view.view import View

_MANIFEST = "keterangan.csv"


async def send(request: Request) -> Response:
    """Serve an extract, or the manifest of one (``kim.keterangan.csv``)."""
    subject, _, ending = request.path_params["name"].partition(".")
    if subject not in SUBJECTS or ending not in (*FORMATS, _MANIFEST):
        return Response(status_code=404)
    lang = read_language(request.query_params)
    form = FORMATS.get(ending, CSV)
    try:
        extract, separator = await run_in_threadpool(_asked, request, subject, form)
    except SelectionError as error:
        return JSONResponse({"error": error.message(lang)}, status_code=400)
    name = f"{subject}-{extract.view.region or 'indonesia'}.{ending}"
    headers = {
        "ETag": _etag(request, extract),
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    if has_already(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    site = site_of(request)
    if ending == _MANIFEST:
        body = await run_in_threadpool(
            lambda: to_csv(manifest(extract, imprint(extract.snapshot, lang, site)))
        )
        return Response(body, media_type=form.media_type, headers=headers)
    # The manifest has the words of the file: in whose language, and for whom.
    of_file = FILE.write(FileChoice(readers=PEOPLE)) if extract.readable_in else {}
    told = VIEW.write(View(lang=lang)) | extract.data_params() | of_file
    about = link(below(f"{PAGE}/{subject}.{_MANIFEST}"), told)
    headers["Link"] = f'<{about}>; rel="describedby"'
    if request.method == "HEAD":  # asked of the extract, which is not made for that
        return StreamingResponse(iter(()), media_type=form.media_type, headers=headers)
    if form.pieces is not None:
        pieces = form.pieces(extract, separator)
        return StreamingResponse(pieces, media_type=form.media_type, headers=headers)
    key = ("extract", headers["ETag"], lang, site)
    file = await made_for_request(
        request, key, lambda: _file(extract, form, name, imprint(extract.snapshot, lang, site))
    )
    return FileResponse(
        file.path,
        media_type=form.media_type,
        headers=headers,
        background=BackgroundTask(lambda: file),  # keeps the file until it is sent
    )


def _file(extract: Extract, form: Format, name: str, about: Imprint) -> MadeFile:
    file = MadeFile(name)
    form.write(extract, file.path, about)
    return file


def _asked(request: Request, subject: Subject, form: Format) -> tuple[Extract, str]:
    """Return the extract that is asked for, and the separator of its CSV.

    Raises
    ------
    SelectionError
        If a parameter is unknown or cannot be used, or the extract costs too much.
    """
    params = request.query_params
    known = (*VIEW.names, *DOWNLOAD.names, *FILE.names)
    unknown = [name for name in params if name not in known and not is_tracking(name)]
    if unknown:
        told = shortened(", ".join(unknown))
        raise SelectionError("parameter", value=told, allowed=", ".join(known))
    download, notices = DOWNLOAD.read(params, data.gazetteer())
    file, of_file = FILE.read(params, data.gazetteer())
    notices += of_file
    try:
        view = asked_view(request)
    except UnusableError as error:
        notices = [*error.notices, *notices]
    if notices:
        wrong = "; ".join(f"{notice.parameter}={notice.value}" for notice in notices)
        raise SelectionError("parameter_value", value=wrong)
    readable_in = replace(file, format=form).readable_in(view.lang, PROGRAMS)
    extract = extract_of(view, replace(download, subject=subject), form, readable_in)
    check_cost(extract, form)
    return extract, SEPARATORS.get(file.separator, ",")


def _etag(request: Request, extract: Extract) -> str:
    """Return the same tag for the same data asked for alike."""
    parts = [
        extract.snapshot.version,
        extract.gazetteer.version,
        extract.boundaries.version if extract.boundaries else "",
        request.url.path,
        *(
            f"{name}={value}"
            for name, value in sorted(request.query_params.items())
            if not is_tracking(name)
        ),
    ]
    return tag_of("&".join(parts).encode())


ROUTES = [Route(PAGE + "/{name}", send)]
