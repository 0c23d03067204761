"""Tags of answers (ETag): who has an answer already is told so, and is not sent it again."""

import hashlib

from starlette.requests import Request


def tag_of(content: bytes) -> str:
    """Return a weak tag: a web server before the app, or Streamlit, may pack the answer."""
    return f'W/"{hashlib.sha256(content).hexdigest()[:20]}"'


def has_already(request: Request, tag: str) -> bool:
    """Tell whether whoever asks has the answer of that tag (RFC 9110, If-None-Match)."""
    asked = [part.strip() for part in request.headers.get("if-none-match", "").split(",")]
    return "*" in asked or tag.removeprefix("W/") in [part.removeprefix("W/") for part in asked]
