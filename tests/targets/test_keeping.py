"""Targets in the database: the last one holds, nothing is overwritten, and the log knows."""

from geodata.people.audit import Deed, read_audit
from geodata.people.audit_table import audit_table
from geodata.targets.keeping import read_targets, set_targets, target_history, withdraw_target
from geodata.targets.region_target import RegionTarget, TargetKind

MALANG = RegionTarget("35.07", 2023, TargetKind.KIM_BARU, 53)
MORE = RegionTarget("35.07", 2023, TargetKind.KIM_BARU, 60)
EAST = RegionTarget("35", 2023, TargetKind.BAGIAN_KECAMATAN, 0.8)
ALL = RegionTarget("", 2023, TargetKind.KIM_BARU, 2000)


def test_the_last_target_holds_and_those_before_are_history(registry, gazetteer):
    assert set_targets(registry, [MALANG, EAST, ALL], who="rini", file_name="2023.xlsx") == 3
    assert set_targets(registry, [MORE, EAST], who="siti") == 1, "that of the provinsi is as it was"
    assert read_targets(registry) == (ALL, EAST, MORE)
    assert read_targets(registry, "35") == (EAST, MORE)
    assert read_targets(registry, "35.07") == (MORE,)
    told = [(it.value, it.who, it.file_name) for it in target_history(registry, "35.07")]
    assert told == [(60, "siti", ""), (53, "rini", "2023.xlsx")]
    line = read_audit(registry, region="35.07")[0]
    assert (line.action, line.who) == (Deed.SASARAN, "siti")
    words = audit_table([line], gazetteer, "id").iloc[0]
    assert words["sebelum"] == "Tahun: 2023; Jenis sasaran: KIM baru; Nilai: 53"
    assert words["sesudah"].endswith("Nilai: 60")


def test_a_target_taken_back_is_gone_and_remembered(registry):
    set_targets(registry, [EAST], who="rini")
    key = (EAST.region, EAST.year, EAST.kind)
    assert withdraw_target(registry, key, who="rini") == 1
    assert withdraw_target(registry, key, who="rini") == 0, "there is none any more"
    assert read_targets(registry) == ()
    assert [it.value for it in target_history(registry)] == [None, 0.8]
    assert read_audit(registry)[0].old["nilai_sasaran"] == "80%"
    assert set_targets(registry, [EAST], who="rini") == 1, "and can be set again"
