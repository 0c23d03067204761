from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import SelectionError
from geodata.registry.fields import BIDANG, column_to_bits, count_by_field, to_bits

some_fields = st.lists(st.sampled_from(BIDANG), min_size=1, max_size=5)


def test_the_documented_fields_of_a_kim_are_these():
    assert " ".join(BIDANG) == (
        "umkm pariwisata ekonomi_kreatif pertanian perikanan pendidikan kesehatan lingkungan "
        "kebencanaan literasi_digital seni_budaya layanan_publik"
    )


@given(some_fields, some_fields)
def test_two_sets_of_fields_have_the_same_bits_only_if_they_are_the_same_set(fields, other):
    assert (to_bits(fields) == to_bits(other)) == (set(fields) == set(other))


@given(some_fields, some_fields)
def test_the_bits_two_kim_share_are_the_fields_they_share(fields, other):
    shared = [name for name in BIDANG if name in fields and name in other]
    assert to_bits(fields) & to_bits(other) == to_bits(shared)


def test_no_field_is_no_bit():
    assert to_bits([]) == 0


@given(st.lists(some_fields, max_size=20))
def test_a_column_of_fields_is_read_row_by_row(rows):
    bits = column_to_bits(pd.Series([";".join(row) for row in rows], dtype=str))
    assert bits.dtype == np.uint16
    assert bits.tolist() == [to_bits(row) for row in rows]


@given(st.lists(some_fields, max_size=20))
def test_a_kim_of_several_fields_counts_in_each(rows):
    counted = Counter(name for row in rows for name in set(row))
    counts = count_by_field(np.array([to_bits(row) for row in rows], dtype=np.uint16))
    assert counts.to_dict() == {name: counted[name] for name in BIDANG}
    assert tuple(counts.index) == BIDANG


def test_a_text_that_is_empty_names_no_field():
    assert column_to_bits(pd.Series(["", "umkm", ""])).tolist() == [0, 1, 0]


@pytest.mark.parametrize(
    "written", ["umkn", "UMKM", "umkm,pariwisata", "umkm; pariwisata", "umkm;"]
)
def test_an_unknown_field_is_refused_and_the_known_ones_listed(written):
    unknown = written.split(";")[-1]
    with pytest.raises(
        SelectionError, match=rf"There is no field “{unknown}”\. Choose from: umkm,"
    ) as caught:
        column_to_bits(pd.Series(["umkm;pariwisata", written]))
    assert f"Tidak ada bidang “{unknown}”. Pilihan: umkm, pariwisata," in caught.value.message("id")
