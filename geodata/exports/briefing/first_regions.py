"""Which regions come first, for a briefing: by the measures that are weighed where nobody chose."""

from geodata.columns import COLUMNS
from geodata.exports.briefing.model import Table
from geodata.lines import short_line
from geodata.regions import Level
from geodata.registry.snapshot import Snapshot
from geodata.text import number, text
from geodata.view.metrics import METRICS
from geodata.view.priorities import PrioritySettings, priorities
from geodata.view.priority_words import priority_in_words
from geodata.view.view import View
from geodata.view.words import level_name, region_title


def first_regions(snapshot: Snapshot, view: View, level: Level) -> Table:
    """Return the regions of ``level`` in the view's region that come first, and how surely."""
    lang = view.lang
    ranked = priorities(
        snapshot, view.kim_filter, level, view.region, PrioritySettings(), view.conditions
    )
    measures = [METRICS[it.metric] for it in ranked.criteria]
    rows = tuple(
        (
            number(row["peringkat"], lang),
            short_line(row["nama"]),
            number(row["prioritas"], lang, 1),
            COLUMNS["bertahan"].written(row["bertahan"], lang),
            *(measure.written(row[measure.name], lang) for measure in measures),
        )
        for row in ranked.scored.head(ranked.first).to_dict("records")
    )
    names = ("peringkat", "nama", "prioritas", "bertahan")
    headings = [text(f"column.{name}", lang) for name in names]
    headings += [measure.title(lang) for measure in measures]
    region = region_title(snapshot.gazetteer, view.region, lang)
    return Table(
        text("briefing.priority", lang, tingkat=level_name(level, lang)),
        short_line(priority_in_words(ranked, region, lang), longest=1_000),
        tuple(headings),
        (True, False, *[True] * (len(headings) - 2)),
        rows,
    )
