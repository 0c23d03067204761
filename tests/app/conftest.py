"""A page in Streamlit's own test harness, on a registry and folders of its own."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from dashboard import permission
from geodata.people.rights import Person, Role
from geodata.settings import Settings

OPERATOR = Person("siti", Role.OPERATOR)
HERE = "10.1.2.3"

MAIN = Path(__file__).resolve().parents[2] / "dashboard" / "main.py"

Open = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def components_are_looked_for_once() -> Iterator[None]:
    """AppTest searches all installed packages for components, which takes longer than a page."""
    with pytest.MonkeyPatch.context() as patch:
        once = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIM_DECKS", str(tmp_path / "decks"))
    monkeypatch.setenv("KIM_UPLOADS", str(tmp_path / "uploads"))
    # No registry was ever configured or made here.
    monkeypatch.setattr(Settings, "registry_file", property(lambda self: tmp_path / "none.db"))
    monkeypatch.delenv("KIM_DATABASE_URL", raising=False)


@pytest.fixture(autouse=True)
def somebody_who_operates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit's test harness has no connection, so nobody would be there."""
    monkeypatch.setattr(permission, "person", lambda: OPERATOR)
    monkeypatch.setattr(permission, "origin", lambda: HERE)


@pytest.fixture
def open_page() -> Open:
    """Open a page at an address's query parameters."""

    def open_page(name: str = "peta", **params: str) -> AppTest:
        app = AppTest.from_file(MAIN, default_timeout=60)
        app.query_params.update(params)
        if name == "peta":
            app.run()
        else:
            app.switch_page(f"../pages/{name}.py").run()
        assert not app.exception
        return app

    return open_page


def said(app: AppTest) -> str:
    """Everything the page says in text."""
    parts = [*app.markdown, *app.title, *app.header, *app.caption, *app.info, *app.success]
    return "\n".join(str(part.value) for part in parts)


def press(app: AppTest, label: str) -> AppTest:
    """Press the button of that label."""
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app
