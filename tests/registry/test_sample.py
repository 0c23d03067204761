import re

import pandas as pd
import pytest

from geodata.provenance import read_sidecar
from geodata.regions import Level
from geodata.registry.published import load_published
from geodata.registry.sample import make_sample, write_sample
from geodata.registry.schema import COLUMNS, STATUSES
from geodata.registry.snapshot import SAMPLE_FILE


def test_the_sample_has_as_many_kim_in_each_provinsi_as_were_published(sample):
    published = load_published().set_index("kode")["jumlah_kim"]
    drawn = sample.kim["kode_wilayah"].str[:2].value_counts()
    assert drawn.reindex(published.index, fill_value=0).tolist() == published.tolist()
    assert len(sample.kim) == 4_114


def test_the_shipped_sample_can_be_made_again_byte_for_byte(gazetteer, tmp_path):
    again = tmp_path / "registry_sample.csv"
    write_sample(gazetteer, load_published(), tmp_path)
    assert again.read_bytes() == SAMPLE_FILE.read_bytes()
    assert read_sidecar(again) == read_sidecar(SAMPLE_FILE)


def test_other_totals_make_another_sample_that_meets_them(gazetteer):
    totals = pd.DataFrame({"kode": ["34", "35", "93"], "jumlah_kim": [150, 1, 0]})
    drawn = make_sample(gazetteer, totals)
    assert drawn["kode_wilayah"].str[:2].value_counts().to_dict() == {"34": 150, "35": 1}


def test_the_sample_says_that_it_is_one(sample):
    assert sample.illustrative
    assert sample.date == "2023-06-30"


def test_every_row_of_the_sample_is_of_a_desa_that_exists(sample, gazetteer):
    assert (sample.desa >= 0).all()
    assert (gazetteer.codes(Level.DESA)[sample.desa] == sample.kim["kode_wilayah"]).all()


def test_the_sample_holds_the_public_columns_and_nothing_that_looks_personal(sample):
    assert SAMPLE_FILE.read_text(encoding="utf-8").splitlines()[0] == ",".join(COLUMNS)
    written = sample.kim.drop(columns=["kode_wilayah", "nomor_induk"]).astype(str)
    for column, values in written.items():
        assert not values.str.contains("@").any(), f"{column}: e-mail"
        assert not values.str.contains(r"(?:\+62|\b0)8[0-9]{7,}").any(), f"{column}: phone"
        assert not values.str.contains(r"\b[0-9]{16}\b").any(), f"{column}: NIK"


def test_a_nomor_induk_names_kabupaten_year_and_a_running_number(sample):
    kim = sample.kim
    parts = kim["nomor_induk"].str.extract(r"^KIM-(\d{4})-(\d{4})-(\d{4})$")
    assert (parts[0] == kim["kode_wilayah"].str[:5].str.replace(".", "")).all()
    assert (parts[1] == kim["tanggal_terdaftar"].dt.strftime("%Y")).all()
    numbers = parts[2].astype(int).groupby([parts[0], parts[1]])
    assert (numbers.max() == numbers.size()).all()
    assert kim["nomor_induk"].is_unique


def test_domains_of_the_sample_lead_to_no_real_site(sample):
    domains = sample.kim["domain"]
    given = domains[domains != ""]
    assert 0.5 < len(given) / len(domains) < 0.6
    label = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.contoh\.kim\.id")
    assert [domain for domain in given if not label.fullmatch(domain)] == []


def test_most_kecamatan_have_no_kim_as_in_the_real_registry(sample, gazetteer):
    with_kim = sample.kim["kode_wilayah"].str[:8].nunique()
    assert with_kim < 0.2 * len(gazetteer.codes(Level.KECAMATAN))
    assert sample.kim["kode_wilayah"].nunique() > 2.5 * with_kim, "KIM cluster in neighbouring desa"


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_occurs_in_the_sample(sample, status):
    assert (sample.kim["status"] == status).sum() > 100


def test_no_kim_is_registered_or_updated_after_the_day_of_the_sample(sample):
    day = pd.Timestamp(sample.date)
    assert sample.kim["tanggal_diperbarui"].max() <= day
    assert (sample.kim["tanggal_terdaftar"] <= sample.kim["tanggal_diperbarui"]).all()


def test_own_coordinates_lie_within_half_a_kilometre_of_the_desa_s_point(sample, gazetteer):
    desa = gazetteer.tables[Level.DESA].iloc[sample.desa].reset_index(drop=True)
    own = sample.kim["lat"].notna()
    assert 0.3 < own.mean() < 0.4
    assert ((sample.kim["lat"] - desa["lat"])[own].abs() * 111.3 < 0.5).all()
    assert ((sample.kim["lng"] - desa["lng"])[own].abs() * 111.3 < 0.5).all()
