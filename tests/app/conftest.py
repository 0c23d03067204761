"""Opens pages in Streamlit's own test harness."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

MAIN = Path(__file__).resolve().parents[2] / "dashboard" / "main.py"

Open = Callable[..., AppTest]


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
    parts = [*app.markdown, *app.header, *app.subheader, *app.caption, *app.info, *app.success]
    return "\n".join(str(part.value) for part in parts)
