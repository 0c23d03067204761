"""Answers of the interface as people read them in a browser: a page of a few links and tables."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template
from starlette.requests import Request

from dashboard import data
from dashboard.api.asked import FORM, HTML, JSON, Form
from dashboard.api.links import here
from geodata.text import LANGUAGES, text
from geodata.view.address import VIEW, read_language, read_view

MEDIA_TYPE = "text/html; charset=utf-8"

Cell = str | tuple[str, str]
"""Words, or words and the address that they lead to."""


@dataclass(frozen=True)
class Table:
    """A table: its caption, its headings and a list of cells a row."""

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def page(
    request: Request,
    title: str,
    about: Sequence[str],
    *,
    above: Sequence[tuple[str, str]] = (),
    leads: Sequence[tuple[str, str]] = (),
    tables: Sequence[Table] = (),
) -> bytes:
    """Return the page as HTML, in the language that is asked for.

    Parameters
    ----------
    about
        Sentences below the title.
    above, leads
        Words and addresses: of the pages above this one, and of what it leads to.
    """
    lang = read_language(request.query_params)
    view, _ = read_view(request.query_params, data.gazetteer())
    others = [
        (other.upper(), other, here(request, VIEW, replace(view, lang=other)))
        for other in LANGUAGES
        if other != lang
    ]
    return (
        _template()
        .render(
            lang=lang,
            app=text("app.title", lang),
            title=title,
            about=about,
            above=above,
            leads=[*leads, (text("api.as_json", lang), here(request, FORM, Form(JSON)))],
            tables=tables,
            others=others,
        )
        .encode()
    )


def wants_html(request: Request, asked: Form) -> bool:
    """Tell whether somebody asks who reads: by saying so, or as browsers do (RFC 9110, 12.5.1)."""
    if asked.form:
        return asked.form == HTML
    weights = dict(_accepted(request.headers.get("accept", "")))
    html = weights.get("text/html", 0.0)
    others = [weight for kind, weight in weights.items() if kind.endswith("json")]
    return html > max(others, default=0.0)


def _accepted(header: str) -> list[tuple[str, float]]:
    """Return each media type of an ``Accept`` and how much it is wanted."""
    weights = []
    for part in header.split(","):
        kind, *parameters = (piece.strip() for piece in part.split(";"))
        said = [value[2:] for value in parameters if value.startswith("q=")]
        try:
            weights.append((kind.lower(), float(said[0]) if said else 1.0))
        except ValueError:
            continue
    return weights


@cache
def _template() -> Template:
    here_files = FileSystemLoader(Path(__file__).parent)
    return Environment(loader=here_files, autoescape=True).get_template("page.html")
