"""What the charts of gaps share: colours, formats, numbers as each language has them.

Colours are told apart by the colour-blind; shapes, dashes or words repeat them.
"""

import altair as alt
from babel.numbers import get_decimal_symbol, get_group_symbol

STRONG, PALE, OTHER, LINE = "#0b6672", "#8a949d", "#d95f02", "#4a5560"
SHARE, SHARE_AXIS, COUNT, KM = ".1%", "~p", ",d", ",.1f"


def localised(chart: alt.TopLevelMixin, lang: str):  # type: ignore[no-untyped-def]
    """Return ``chart`` with numbers as ``lang`` writes them."""
    numbers = {
        "decimal": get_decimal_symbol(lang),
        "thousands": get_group_symbol(lang),
        "grouping": [3],
        "currency": ["Rp", ""],
    }
    return chart.configure(locale={"number": numbers})
