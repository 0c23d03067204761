"""An area in an address: what is written is read again, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.area.outlines import (
    LARGEST_KM,
    MOST_DRAWN,
    SMALLEST_KM,
    Circle,
    Drawn,
    File,
    Region,
    circle,
    drawn,
    read,
    write,
)
from geodata.errors import PetaKimError
from geodata.gazetteer import load_gazetteer

LATS, LNGS = st.floats(-11.5, 6.5), st.floats(94.5, 141.5)
CORNERS = st.lists(st.tuples(LATS, LNGS), min_size=3, max_size=12)
OUTLINES = st.one_of(
    st.builds(circle, LATS, LNGS, st.floats(SMALLEST_KM, LARGEST_KM)),
    CORNERS.map(drawn),
    st.sampled_from(["35", "35.07", "35.07.08", "35.07.08.2001"]).map(Region),
    st.text("0123456789abcdef", min_size=16, max_size=16).map(File),
)


@given(st.lists(OUTLINES, min_size=1, max_size=4, unique=True))
def test_whatever_is_written_is_read_again(outlines):
    assert read(write(outlines), load_gazetteer()) == tuple(outlines)


def test_an_address_can_be_written_by_hand():
    written = "lingkaran_-7.98_112.63_5,wilayah_35.07.08,poligon_-7.9_112.6_-7.9_112.8_-8.1_112.7"
    assert read(written, load_gazetteer()) == (
        Circle(-7.98, 112.63, 5),
        Region("35.07.08"),
        Drawn(((-7.9, 112.6), (-7.9, 112.8), (-8.1, 112.7))),
    )


@pytest.mark.parametrize(
    "written",
    [
        "bola_-7.98_112.63_5",
        "lingkaran_-7.98_112.63",
        "lingkaran_-7.98_112.63_0",
        "lingkaran_-7.98_112.63_nan",
        "lingkaran_-7.98_112.63_5000",
        "lingkaran_51.5_-0.1_5",
        "poligon_-7.9_112.6_-7.9_112.8",
        "poligon_-7.9_112.6_-7.9_112.8_-8.1",
        "poligon" + "_-7.9_112.6" * (MOST_DRAWN + 1),
        "wilayah_99.99",
        "wilayah_",
        "berkas_../../etc/passwd",
        "berkas_0123456789ABCDEF",
        ",".join(f"lingkaran_-7.98_112.63_{km}" for km in range(1, 14)),
    ],
)
def test_what_cannot_be_is_refused(written):
    with pytest.raises((PetaKimError, ValueError)):
        read(written, load_gazetteer())
