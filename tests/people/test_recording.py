"""What changes outside of the database is in the log exactly if it was done."""

import pytest

from geodata.people.audit import Deed, read_audit, recording
from geodata.settings import Settings


def test_what_was_done_has_a_line_and_what_failed_has_none(registry, url, monkeypatch):
    monkeypatch.setenv("KIM_DATABASE_URL", url)
    with recording(Deed.PAPARAN, who="siti", region="35.07", new={"deck": "Rapat"}):
        pass
    with pytest.raises(OSError, match="full"), recording(Deed.BATAS, who="siti"):
        raise OSError("full")
    (line,) = read_audit(registry)
    assert (line.action, line.who, line.region) == (Deed.PAPARAN, "siti", "35.07")
    assert (line.old, line.new) == ({}, {"deck": "Rapat"})


@pytest.mark.parametrize("address", [None, "sample", "sqlite:///{folder}/belum.db"])
def test_where_there_is_no_registry_none_is_made_for_the_log(address, tmp_path, monkeypatch):
    monkeypatch.setattr(Settings, "registry_file", property(lambda self: tmp_path / "none.db"))
    if address is None:
        monkeypatch.delenv("KIM_DATABASE_URL", raising=False)
    else:
        monkeypatch.setenv("KIM_DATABASE_URL", address.format(folder=tmp_path))
    done = []
    with recording(Deed.PAPARAN, who="siti"):
        done.append("paparan")
    assert done
    assert list(tmp_path.iterdir()) == []
