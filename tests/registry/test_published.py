from geodata.gazetteer import load_gazetteer
from geodata.provenance import read_sidecar
from geodata.registry.published import PUBLISHED_FILE, load_published, write_published

IN_THE_REPORT = {
    "Aceh": 501,
    "Sumatera Utara": 77,
    "Sumatera Barat": 19,
    "Sumatera Selatan": 175,
    "Lampung": 1,
    "Jawa Barat": 367,
    "Banten": 4,
    "Daerah Istimewa Yogyakarta": 58,
    "Jawa Timur": 1_031,
    "Bali": 94,
    "Nusa Tenggara Barat": 101,
    "Nusa Tenggara Timur": 124,
    "Jawa Tengah": 806,
    "Sulawesi Barat": 83,
    "Sulawesi Tenggara": 15,
    "Sulawesi Utara": 178,
    "Sulawesi Tengah": 46,
    "Maluku": 56,
    "Papua": 20,
    "Papua Barat": 2,
    "Gorontalo": 9,
    "Kalimantan Timur": 22,
    "Kalimantan Selatan": 53,
    "Kalimantan Tengah": 60,
    "Kalimantan Barat": 134,
    "Kepulauan Bangka Belitung": 17,
    "Kepulauan Riau": 19,
    "Riau": 42,
}


def test_the_published_totals_are_those_of_the_report_and_zero_elsewhere(gazetteer):
    published = load_published()
    assert published["kode"].tolist() == gazetteer.tables["provinsi"]["kode"].tolist()
    counts = dict(zip(published["nama"], published["jumlah_kim"], strict=True))
    assert {nama: jumlah for nama, jumlah in counts.items() if jumlah} == IN_THE_REPORT


def test_the_published_totals_sum_to_the_figure_of_the_report():
    assert load_published()["jumlah_kim"].sum() == 4_114


def test_the_shipped_totals_can_be_written_again(tmp_path):
    written = write_published(load_gazetteer(), "2026-01-02", tmp_path)
    assert written.to_csv(index=False) == load_published().to_csv(index=False)
    assert read_sidecar(tmp_path / PUBLISHED_FILE.name).rows == 38
