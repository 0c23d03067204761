"""A program of others in front of the interfaces, which asks by address alone."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.api import operation
from dashboard.api.pace import Pace
from dashboard.http.routes import EXCEPTION_HANDLERS, ROUTES
from geodata.registry.database.connection import Registry, open_registry


@pytest.fixture(scope="session")
def client() -> TestClient:
    app = Starlette(routes=ROUTES, exception_handlers=EXCEPTION_HANDLERS)
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture(autouse=True)
def nobody_has_asked_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operation, "pace", Pace())


@pytest.fixture
def registry(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path}/registry.db")
    return open_registry()
