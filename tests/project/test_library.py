"""The library, installed as an analyst does it: without the project beside it, without the app."""

import re
import subprocess
import sys
import zipfile

import pandas as pd
import pytest

from geodata import library
from geodata.folders import DATA_DIR
from geodata.provenance import read_sidecar
from tests.project.test_docs import ROOT

DOCUMENT = ROOT / "docs" / "library.md"
EXAMPLE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Where the wheel was unpacked; its packages are those of this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def _run(code: str, installed, home) -> str:
    answer = subprocess.run(
        [sys.executable, "-c", code],
        cwd=home,
        env={"PYTHONPATH": str(installed), "HOME": str(home)},
        check=True,
        capture_output=True,
        text=True,
    )
    return answer.stdout


def test_the_example_of_the_documentation_runs_where_it_is_installed(installed, tmp_path):
    (example,) = EXAMPLE.findall(DOCUMENT.read_text(encoding="utf-8"))
    example += "\nimport sys, geodata\nprint(geodata.__file__, 'streamlit' in sys.modules)\n"
    said = _run(example, installed, tmp_path)
    sample = read_sidecar(DATA_DIR / "registry_sample.csv")
    assert f"{sample.rows} KIM, made up: True" in said
    assert f"{installed / 'geodata' / '__init__.py'} False" in said
    assert not list(tmp_path.iterdir()), "an analyst who only reads leaves nothing behind"


def test_what_is_installed_is_what_ships_and_typed(installed):
    assert (installed / "geodata" / "py.typed").is_file()
    shipped = {path.name for path in DATA_DIR.iterdir()}
    assert {path.name for path in (installed / "geodata" / "data").iterdir()} == shipped


def test_a_name_of_several_desa_is_left_to_a_person():
    asked = pd.DataFrame(
        {"kabupaten_kota": ["Kab. Blitar"] * 2, "desa": ["Sukorejo", "Kademangan"]}
    )
    found = library.match(asked)
    assert found["kode"].isna().tolist() == [True, False]
    assert found["rival"].notna().tolist()[0]
