"""Text of strangers in a real browser: it asks no host for anything and makes no element."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest

from geodata.exports.decks import Deck, Scene, save_deck
from geodata.gazetteer import load_gazetteer
from geodata.registry import uploads
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import open_registry
from geodata.registry.intake.preparing import prepare
from geodata.text import text
from tests.browser.conftest import serving

pytestmark = pytest.mark.slow

HOST = "127.0.0.1:8799"
BAD = (
    f"![p](http://{HOST}/p.png) [n](http://{HOST}/n) <img src=http://{HOST}/i.png> :red[x] $x$ "
    f"www.{HOST}.id :streamlit: :material/home: **b** # d"
)
HEADER = f"Nama KIM,Provinsi,Kabupaten,Kecamatan,Desa,Bidang,Alamat,{BAD}\n"
MALANG = "Jawa Timur,Kabupaten Malang,Kepanjen"
FILE = (
    HEADER
    + f"KIM {BAD},{MALANG},Mojosari,UMKM,Jl. Satu {BAD},x\n"
    + f"KIM {BAD},{MALANG},Mojosari,UMKM,Jl. Dua {BAD},x\n"
    + f"KIM Tiga {BAD},{MALANG},Mojosri {BAD},{BAD},{BAD},{BAD}\n"
)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("asing")
    database, path = f"sqlite:///{folder}/registry.db", folder / "kim.csv"
    path.write_text(FILE, encoding="utf-8")
    registry, gazetteer = open_registry(database), load_gazetteer()
    read = replace(prepare(path, sender=BAD, gazetteer=gazetteer), file_name=f"{BAD}.csv")
    commit(registry, stage(registry, read, gazetteer, who="petugas").id, who="petugas")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIM_UPLOADS", str(folder / "uploads"))
        patch.setenv("KIM_DECKS", str(folder / "decks"))
        with path.open("rb") as file:
            uploads.keep(file, f"{BAD}.csv", BAD)
        save_deck(Deck("d [n](x)", (Scene(urlencode({"metrik": BAD}), BAD),)))
        with serving("server-asing", KIM_DATABASE_URL=database) as address:
            yield address


@pytest.mark.parametrize(
    ("path", "params", "words"),
    [
        ("impor", {"kiriman": "1", "langkah": "desa"}, BAD),
        ("impor", {"kiriman": "1", "langkah": "kembar"}, f"Jl. Dua {BAD}"),
        ("impor", {"kiriman": "1", "langkah": "selesai"}, f"{BAD}.csv"),
        ("paparan", {}, HOST),
        ("unduh", {"wilayah": f"[teks](http://{HOST})"}, f"[teks](http://{HOST})"),
        ("peta", {"wilayah": BAD, "metrik": f"x {BAD}", "rincian": "35.07.13.2018"}, HOST),
    ],
)
def test_a_page_shows_the_words_of_strangers_and_makes_nothing_of_them(visit, path, params, words):
    visit.open(f"/{path}?{urlencode(params)}")
    _look(visit, words)


def test_the_columns_of_a_file_are_shown_as_it_writes_them(visit):
    visit.open("/impor")
    visit.page.get_by_role("button", name=text("impor.waiting.open", "id")).first.click(
        timeout=60_000
    )
    visit.page.get_by_role("heading", name=text("impor.columns.heading", "id")).wait_for()
    _look(visit, BAD)


def test_tables_are_downloaded_by_our_buttons_alone(visit):
    """Streamlit's own download of a table would write formulas as formulas."""
    visit.open("/ringkasan")
    table = visit.page.locator('[data-testid="stDataFrame"]').first
    table.wait_for(timeout=60_000)
    visit.settle()
    table.hover()
    tools = table.locator('[data-testid="stElementToolbar"]')
    tools.get_by_label(text("streamlit.search", "id")).wait_for()
    assert tools.get_by_label("Download as CSV").count() == 1, "another name of it would be seen"
    assert not tools.get_by_label("Download as CSV").is_visible()


def _look(visit, words: str) -> None:
    """Make sure that the page shows ``words``, and nothing that came of them."""
    visit.page.get_by_text(words).first.wait_for(timeout=60_000, state="attached")
    visit.settle()
    main = visit.page.locator('[data-testid="stApp"]')
    links = main.locator("a").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert not [link for link in links if HOST in link]
    sources = main.locator("img").evaluate_all("all => all.map((one) => one.src)")
    assert not [
        source for source in sources if HOST in source or source.startswith("data:image/svg")
    ]
    assert main.locator(".katex, [aria-label='home icon']").count() == 0
