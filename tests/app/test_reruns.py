"""A page that was seen before costs little; `python -m benchmarks reruns` measures all of them."""

import pytest

from benchmarks.reruns import second_runs, through, wait_for_search
from benchmarks.servers import our_server
from benchmarks.session import session

pytestmark = pytest.mark.slow

PLAIN = ("bantuan", "")  # a page of words: little more than what stands around each
SEEN = (PLAIN, ("peta", ""), ("kesenjangan", "&bagian=jarak"), ("profil", ""))
MOST_TIMES_PLAIN = 5  # Profil took nine times as long when it was drawn anew each time
MOST_SENT = 100_000  # bytes; Profil has 700,000, most of which a browser has from the first run
MOST_GROWTH = 25e6  # bytes


def test_the_second_run_of_a_page_costs_little_and_leaves_nothing_behind() -> None:
    with our_server() as (address, process), session(address) as reader:
        wait_for_search(address)
        rows = list(second_runs(reader, process, SEEN, runs=2))
        (plain, *taken), sent = ([min(row.ours) for row in rows[part::2]] for part in (0, 1))
        assert max(taken) < MOST_TIMES_PLAIN * plain
        assert max(sent) < MOST_SENT
        list(through(reader, process, SEEN, runs=16, looks=1))  # views of other regions
        before, after = through(reader, process, SEEN, runs=16, looks=1)
        assert after - before < MOST_GROWTH
