"""The commands of accounts and keys, for what the library is not asked."""

import pytest
from typer.testing import CliRunner

from geodata.cli import app
from geodata.errors import RegionError


@pytest.mark.parametrize(
    "command",
    [
        ["users", "invite", "siti@malangkab.go.id", "--role", "petugas"],
        ["keys", "make", "Dasbor", "--role", "petugas"],
    ],
)
def test_a_role_is_given_for_a_region_that_there_is(
    command: list[str], tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path / 'kim.db'}")
    run = CliRunner().invoke
    with pytest.raises(RegionError, match=r"no region with code 35\.99"):
        run(app, [*command, "--region", "35.99"], catch_exceptions=False)
    assert run(app, [*command, "--region", "35.07"], catch_exceptions=False).exit_code == 0
