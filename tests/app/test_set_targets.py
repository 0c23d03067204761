"""Setting targets on the page: by whom, and what is then said of them."""

from pathlib import Path

import pytest

from dashboard import permission
from geodata.people.audit import read_audit
from geodata.people.rights import READER, Person, Role
from geodata.registry.database.connection import open_registry
from geodata.settings import Settings
from geodata.targets.keeping import read_targets, set_targets
from geodata.targets.region_target import RegionTarget, TargetKind
from geodata.text import text
from tests.app.conftest import HERE, Open, press, said

PAGE = {"bagian": "sasaran", "ditetapkan": "1"}
NEW = TargetKind.KIM_BARU
MALANG = Person("siti@malangkab.go.id", Role.PETUGAS, "35.07")


@pytest.fixture(autouse=True)
def own_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample, and a database beside it that takes targets."""
    monkeypatch.setattr(Settings, "registry_file", property(lambda self: tmp_path / "targets.db"))


def test_a_target_is_typed_in_judged_and_taken_back(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(permission, "person", lambda: MALANG)
    app = open_page("kesenjangan", **PAGE, wilayah="35.07")
    assert "Belum ada sasaran 2023" in "".join(part.value for part in app.info)
    assert "dari 33** kecamatan di Kabupaten Malang punya KIM" in said(app)
    app.number_input(key="sasaran-nilai").set_value(53)
    press(app, text("sasaran.form.save", "id"))
    assert read_targets(open_registry()) == (RegionTarget("35.07", 2023, NEW, 53),)
    (row,) = app.dataframe[0].value.to_dict("records")
    assert (row["nama"], row["sasaran"]) == ("Kabupaten Malang", 53)
    assert row["seharusnya"] == 26, "half of the year is over"
    (line,) = read_audit(open_registry())
    assert (line.who, line.origin) == (MALANG.name, HERE)
    press(app, text("impor.review.confirm", "id"))
    assert read_targets(open_registry()) == ()


@pytest.mark.parametrize(
    ("person", "wilayah", "may", "sees_who"),
    [
        (READER, "35.07", False, False),
        (MALANG, "35.07", True, True),
        (MALANG, "35", False, True),
        (Person("x@y.id", Role.PETUGAS, "35.08"), "35", False, False),
    ],
)
def test_only_who_keeps_a_region_may_set_its_target(
    open_page: Open,
    monkeypatch: pytest.MonkeyPatch,
    person: Person,
    wilayah: str,
    may: bool,
    sees_who: bool,
) -> None:
    set_targets(open_registry(), [RegionTarget("35.07", 2023, NEW, 53)], who="siti@malangkab.go.id")
    monkeypatch.setattr(permission, "person", lambda: person)
    app = open_page("kesenjangan", **PAGE, wilayah=wilayah)
    labels = [button.label for button in app.button]
    assert (text("sasaran.form.save", "id") in labels) == may
    assert 53 in app.dataframe[0].value["sasaran"].tolist(), "everybody sees it"
    names = "".join(table.value.to_csv() for table in app.dataframe)
    assert ("siti@malangkab.go.id" in names) == sees_who, "only who may read the log"
