"""What hypothesis draws from: regions of the reference and filters of the registry."""

from functools import cache

from hypothesis import strategies as st

from geodata.gazetteer import load_gazetteer
from geodata.regions import LEVELS
from geodata.registry.fields import BIDANG
from geodata.registry.schema import STATUSES
from geodata.registry.snapshot import MODES, KimFilter

levels = st.sampled_from(LEVELS)


def codes(*of_levels):
    """Codes of the reference, each level as likely as the others."""

    return st.sampled_from(of_levels or LEVELS).flatmap(_codes_of)


@cache
def _codes_of(level):
    return st.sampled_from(load_gazetteer().tables[level]["kode"].tolist())


years = st.tuples(st.integers(2005, 2026), st.integers(2005, 2026)).map(
    lambda pair: (min(pair), max(pair))
)
kim_filters = st.builds(
    KimFilter,
    bidang=st.lists(st.sampled_from(BIDANG), max_size=3, unique=True).map(tuple),
    mode=st.sampled_from(MODES),
    status=st.lists(st.sampled_from(STATUSES), max_size=3, unique=True).map(tuple),
    tahun=st.none() | years,
)
