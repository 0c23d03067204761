"""What is remembered for the next file: places as written, and the columns of a sender."""

from geodata.gazetteer import load_gazetteer
from geodata.registry.database.batches import read_staged_rows, stage
from geodata.registry.database.deciding import Decision, decide
from geodata.registry.database.memory import aliases_for, list_aliases, mapping_of
from geodata.registry.database.states import Choice
from geodata.registry.staging import place_key
from tests.registry.rows import SUMBER, WAJAK, in_review, staged

PLACE = {"kabupaten_kota": "Kab. MALANG", "kecamatan": "Wajak", "desa": "Suko  Lilo"}


def choose(registry, written: dict, kode: str, sender: str = "Diskominfo Malang") -> None:
    batch = stage(
        registry, staged(in_review(**written), sender=sender), load_gazetteer(), who="Ani"
    )
    (row,) = read_staged_rows(registry, batch.id).index
    decide(registry, {row: Decision(Choice.TERIMA, kode)}, load_gazetteer(), who="Ani")


def test_a_chosen_desa_is_remembered_for_the_place_as_it_was_written(registry):
    choose(registry, PLACE, WAJAK)
    key = place_key("", "kab. malang", "WAJAK", " suko lilo ")
    assert aliases_for(registry, "Diskominfo Malang") == {key: WAJAK}
    assert aliases_for(registry, "siapa saja") == {key: WAJAK}


def test_the_last_decision_counts_and_the_earlier_are_kept(registry):
    choose(registry, PLACE, WAJAK)
    choose(registry, PLACE, SUMBER)
    assert list(aliases_for(registry, "").values()) == [SUMBER]
    table = list_aliases(registry)
    assert table["kode"].tolist() == [WAJAK, SUMBER]
    assert (
        table[["who", "file_name", "line"]].to_numpy().tolist() == [["Ani", "malang.xlsx", 2]] * 2
    )


def test_a_place_without_its_kabupaten_is_known_from_the_sender_s_own_files_only(registry):
    choose(registry, {"kecamatan": "Wajak", "desa": "Sukolilo"}, WAJAK, "Malang")
    assert list(aliases_for(registry, "Malang").values()) == [WAJAK]
    assert aliases_for(registry, "Sleman") == {}


def test_a_desa_written_alone_is_not_remembered(registry):
    choose(registry, {"desa": "Sukamaju"}, WAJAK)
    assert list_aliases(registry).empty


def test_the_columns_of_a_sender_are_remembered_as_last_used(registry):
    def bring(sender, mapping):
        stage(registry, staged({}, sender=sender, mapping=mapping), load_gazetteer(), who="Ani")

    bring("Malang", {"Nama": "nama_kim", "Desa": "desa"})
    bring("Malang", {"Desa": "kecamatan"})
    bring("Sleman", {"Nama": "desa"})
    bring("", {"Nama": "domain"})
    assert mapping_of(registry, "Malang") == {"Nama": "nama_kim", "Desa": "kecamatan"}
    assert mapping_of(registry, "Sleman") == {"Nama": "desa"}
    assert mapping_of(registry, "") == {}


def test_a_column_of_persons_is_never_remembered_as_what_is_published(registry):
    mapping = {"Ketua": "bidang", "NIK": "nomor_induk", "No HP": "telepon", "Nama": "nama_kim"}
    rows = staged({}, sender="Malang", mapping=mapping)
    stage(registry, rows, load_gazetteer(), who="siapa saja")
    assert mapping_of(registry, "Malang") == {"No HP": "telepon", "Nama": "nama_kim"}
