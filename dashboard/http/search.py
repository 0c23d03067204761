"""The search over HTTP: hits for a few words, as one types them. It waits in no queue."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard import data
from dashboard.addresses import ASKING, SEARCH
from dashboard.http.asked import UnusableError
from geodata.lines import on_one_line
from geodata.registry.database.registry_error import RegistryEmpty
from geodata.search.search import Hit, Search, search_of
from geodata.search.terms import By
from geodata.text import number, text
from geodata.view.address import read_language
from geodata.view.words import region_above, region_path, region_title

_HITS = 8


async def search(request: Request) -> Response:
    """Answer what the query parameters ask: hits, the best first, and how many there are."""
    asking, notices = ASKING.read(request.query_params, data.gazetteer())
    if notices:
        raise UnusableError(notices)
    lang = read_language(request.query_params)
    answer = await run_in_threadpool(_answer, asking.query, lang)
    return JSONResponse(answer, headers={"Cache-Control": "no-cache"})


def _answer(query: str, lang: str) -> dict[str, object]:
    found = index().find(query, _HITS)
    shown = len(found.hits)
    if not found.total:
        said = text("search.none", lang, query=query)
    elif shown < found.total:
        said = text("search.some", lang, tampil=shown, jumlah=number(found.total, lang))
    else:
        said = text("search.all", lang, jumlah=shown)
    return {"hits": [_in_words(hit, lang) for hit in found.hits], "said": said}


def index() -> Search:
    """Return the index of the regions and of the registry as it stands, made if it is not yet."""
    try:
        return search_of(data.snapshot())
    except RegistryEmpty:
        return Search(data.gazetteer())


def _in_words(hit: Hit, lang: str) -> dict[str, str]:
    gazetteer = data.gazetteer()
    if hit.is_kim:
        title, where = hit.name, f"KIM · {region_path(gazetteer, hit.code, lang)}"
    else:
        title, where = region_title(gazetteer, hit.code, lang), region_above(gazetteer, hit.code)
    by = "" if hit.by is By.NAMA else text(f"search.by.{hit.by}", lang, kode=hit.code)
    about = " · ".join(filter(None, (where, by)))
    return {"code": hit.code, "title": on_one_line(title), "about": on_one_line(about)}


ROUTES = [Route(SEARCH, search)]
