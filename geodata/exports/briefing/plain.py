"""Names as a document can hold them: one line, no control marks, not endlessly long."""

import unicodedata

_LONGEST = 120


def plain(name: str, longest: int = _LONGEST) -> str:
    r"""Return ``name`` on one line without control and direction marks, cut at ``longest``.

    Direction marks (Unicode category Cf) would turn the text around them; control characters are
    not allowed in XML.

    >>> plain("Desa\u202e\n  Wajak")
    'Desa Wajak'
    """
    kept = (" " if one.isspace() else one for one in name)
    kept = (one for one in kept if not unicodedata.category(one).startswith("C"))
    line = " ".join("".join(kept).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
