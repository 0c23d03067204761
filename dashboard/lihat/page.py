"""The page of the light view: one for all, with title, sentence and preview of the view asked."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from folium.utilities import camelize
from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup

from dashboard import assets, data
from dashboard.addresses import (
    ASKING,
    LIGHT,
    answer_address,
    below,
    petak_address,
    search_address,
    view_address,
)
from dashboard.lihat.answer import mark
from dashboard.map.layer import OPTIONS, configuration
from geodata.search.question import LONGEST
from geodata.text import DEFAULT_LANGUAGE, LANGUAGES, text
from geodata.view.choropleth import title
from geodata.view.view import View

_HERE = Path(__file__).parent
_WORDS = {
    **{
        name: f"lihat.{name}" for name in ("offline", "failed", "again", "controls", "path", "full")
    },
    "app": "app.title",
    "language": "app.language",
    "search": "search.label",
    "search_failed": "search.failed",
}


def page(view: View, sentence: str, tags: str) -> str:
    """Return the page as HTML; ``tags`` are those of its preview."""
    return _template().render(
        lang=view.lang,
        app=text("app.title", view.lang),
        title=title(view, data.snapshot(view)),
        sentence=sentence,
        scripts_needed=text("lihat.scripts_needed", view.lang),
        words=_words(view.lang),
        full=view_address(view),
        answer=answer_address(mark(), view),
        manifest=below(f"{LIGHT}/manifest.json"),
        icon=assets.address(assets.ICON),
        styles=[address for _, address in assets.links(".css")]
        + [assets.address(assets.LIGHT_STYLE)],
        scripts=[address for _, address in assets.links(".js")] + [assets.address(assets.LIGHT)],
        tags=Markup(tags),
        told=Markup(_in_html(_told())),
    )


def _links(ending: str) -> list[str]:
    return [address for _, address in assets.links(ending)]


def manifest() -> dict[str, Any]:
    """Return what a phone is told that installs the light view."""
    icon = {"src": assets.address(assets.ICON), "sizes": "any", "type": "image/svg+xml"}
    return {
        "name": text("lihat.about", DEFAULT_LANGUAGE),
        "short_name": text("app.title", DEFAULT_LANGUAGE),
        "lang": DEFAULT_LANGUAGE,
        "start_url": below(LIGHT),
        "scope": below(LIGHT),
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0b6672",
        "icons": [icon],
    }


def _told() -> dict[str, Any]:
    """Return what the scripts are told once: ``Told`` in ``scripts/contract.js``."""
    boundaries = data.boundaries()
    return {
        "answers": answer_address(mark(), View()),
        "search": search_address(DEFAULT_LANGUAGE),
        "parameter": ASKING.names[0],
        "longest": LONGEST,
        "worker": below(f"{LIGHT}/pekerja.js"),
        "scope": below(LIGHT),
        "words": {
            lang: {name: text(key, lang) for name, key in _WORDS.items()} for lang in LANGUAGES
        },
        "options": {camelize(name): value for name, value in OPTIONS.items()},
        "map": configuration(boundaries, petak_address()),
    }


def _words(lang: str) -> dict[str, str]:
    return {name: text(key, lang) for name, key in _WORDS.items()}


def _in_html(value: object) -> str:
    """Return a value as JSON that ends no element that it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


@cache
def _template() -> Template:
    return Environment(loader=FileSystemLoader(_HERE), autoescape=True).get_template("lihat.html")
