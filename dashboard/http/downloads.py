"""Downloads by link: the extracts of the page Unduh, for Power Query, curl and QGIS.

``/unduh/kim.csv`` and ``/unduh/wilayah.geojson`` (any subject in any format) take the query
parameters of the pages. Text formats are sent while they are made; the others are made first, in
the workshop. A program with a key may ask for what is personal of KIM, too (``pribadi=1``).
"""

from dataclasses import replace

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from dashboard import data
from dashboard.addresses import WITH_KEY, WithKey, below
from dashboard.http.asked import UnusableError, asked_view, is_tracking
from dashboard.http.base_path import site_of
from dashboard.http.expensive import made_for_request
from dashboard.http.keys import NO_STORE, person_with_key
from dashboard.http.tags import has_already, tag_of
from dashboard.unduh.file_choice import FILE, PEOPLE, PROGRAMS, FileChoice
from dashboard.unduh.view_extract import check_cost, extract_of, imprint
from dashboard.workshop.results import MadeFile
from geodata.errors import SelectionError
from geodata.exports.extracts import DOWNLOAD, SUBJECTS, Extract, Subject
from geodata.exports.formats import CSV, FORMATS, SEPARATORS, Format
from geodata.exports.manifest import PAGE, Imprint, manifest
from geodata.exports.personal_extract import PersonalExtract, personal_extract, with_persons
from geodata.exports.spreadsheets import to_csv
from geodata.indicators.current import figures
from geodata.people.audit import from_origin
from geodata.people.rights import Person
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
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if WITH_KEY.read(request.query_params, data.gazetteer())[0].personal:
        return await _send_personal(request, extract, form, separator, headers)
    headers |= {"ETag": _etag(request, extract), "Cache-Control": "no-cache"}
    if has_already(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    site = site_of(request)
    if ending == _MANIFEST:
        body = await run_in_threadpool(
            lambda: to_csv(manifest(extract, imprint(extract.snapshot, lang, site)))
        )
        return Response(body, media_type=form.media_type, headers=headers)
    headers["Link"] = _described_by(extract, lang)
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


async def _send_personal(
    request: Request, extract: Extract, form: Format, separator: str, headers: dict[str, str]
) -> Response:
    """Serve an extract with what is personal, or its manifest, to a program whose key opens it.

    Whose data are handed out is logged before the first byte is sent; nothing of it is kept.
    """
    lang = read_language(request.query_params)
    person = await person_with_key(request)
    try:
        asked = personal_extract(extract, form, person)
    except SelectionError as error:
        return JSONResponse({"error": error.message(lang)}, 400, NO_STORE)
    headers |= NO_STORE
    if request.path_params["name"].endswith(_MANIFEST):
        about = replace(imprint(extract.snapshot, lang, site_of(request)), made_for=person.name)
        return Response(to_csv(manifest(asked, about)), media_type=form.media_type, headers=headers)
    headers["Link"] = _described_by(asked, lang)
    if request.method == "HEAD":
        return StreamingResponse(iter(()), media_type=form.media_type, headers=headers)
    whole = await run_in_threadpool(looked_at, request, asked, person)
    assert form.pieces is not None  # it is sent while it is made
    pieces = form.pieces(whole, separator)
    return StreamingResponse(pieces, media_type=form.media_type, headers=headers)


def looked_at(request: Request, asked: PersonalExtract, person: Person) -> PersonalExtract:
    """Return ``asked`` with what is personal; that the program looks at it is logged first."""
    with from_origin(request.client.host if request.client else "localhost"):
        return with_persons(data.registry(), asked, person.name)


def _described_by(extract: Extract, lang: str) -> str:
    """Return the header that names the manifest, which has the words of the file."""
    # In whose language, and for whom.
    of_file = FILE.write(FileChoice(readers=PEOPLE)) if extract.readable_in else {}
    with_key = WITH_KEY.write(WithKey(personal=isinstance(extract, PersonalExtract)))
    told = VIEW.write(View(lang=lang)) | extract.data_params() | of_file | with_key
    about = link(below(f"{PAGE}/{extract.subject}.{_MANIFEST}"), told)
    return f'<{about}>; rel="describedby"'


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
    known = (*VIEW.names, *DOWNLOAD.names, *FILE.names, *WITH_KEY.names)
    unknown = [name for name in params if name not in known and not is_tracking(name)]
    if unknown:
        told = shortened(", ".join(unknown))
        raise SelectionError("parameter", value=told, allowed=", ".join(known))
    download, notices = DOWNLOAD.read(params, data.gazetteer())
    file, of_file = FILE.read(params, data.gazetteer())
    notices += of_file + WITH_KEY.read(params, data.gazetteer())[1]
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
        figures().version,
        request.url.path,
        *(
            f"{name}={value}"
            for name, value in sorted(request.query_params.items())
            if not is_tracking(name)
        ),
    ]
    return tag_of("&".join(parts).encode())


ROUTES = [Route(PAGE + "/{name}", send)]
