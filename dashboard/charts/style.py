"""What charts share: colours, figures in hover, numbers as each language has them.

Colours are told apart by the colour-blind; shapes, dashes or words repeat them.
"""

import altair as alt
from babel.numbers import get_decimal_symbol, get_group_symbol

from geodata.columns import column

STRONG, PALE, OTHER, LINE = "#0b6672", "#8a949d", "#d95f02", "#4a5560"
SIDE_BY_SIDE = (STRONG, OTHER, "#7570b3", "#e7298a")
"""Of up to four regions, in the order chosen."""
PARTS = (*SIDE_BY_SIDE, "#e6ab02", "#66a61e")
"""Of up to six parts of a bar, in their order."""
SHARE_AXIS, COUNT = "~p", ",d"
ROW_PX = 22
LINE_LENGTH = 24  # letters, which a phone has room for beside the names of regions
LEGEND = alt.Legend(
    orient="top",
    columns=1,
    labelLimit=300,
    labelExpr=f"split(trim(replace(datum.label, /(.{{1,{LINE_LENGTH}}})( |$)/g, '$1\\n')), '\\n')",
)
NAMES = alt.Axis(labelLimit=220, labelOverlap=False, labelFlush=False)


def told(name: str, lang: str, values: str = "") -> alt.Tooltip:
    """Return a line of hover: the title of a column, and its value as its record says.

    ``values`` is the field that holds the values, where it has another name.
    """
    known = column(name)
    field, title = values or name, known.title(lang)
    if known.kind in ("count", "number"):
        return alt.Tooltip(f"{field}:Q", title=title, format=f",.{known.decimals}f")
    if known.kind == "share":
        return alt.Tooltip(f"{field}:Q", title=title, format=f".{known.decimals_read}%")
    return alt.Tooltip(f"{field}:N", title=title)


def localised(chart: alt.TopLevelMixin, lang: str):  # type: ignore[no-untyped-def]
    """Return ``chart`` with numbers as ``lang`` writes them.

    Vega would describe axes and marks in English: who hears the page is told what the chart shows
    (``alt``), and where its figures are.
    """
    numbers = {
        "decimal": get_decimal_symbol(lang),
        "thousands": get_group_symbol(lang),
        "grouping": [3],
        "currency": ["Rp", ""],
    }
    return chart.configure(aria=False, mark={"aria": False}, locale={"number": numbers})
