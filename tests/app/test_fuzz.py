"""Some requests that nobody should send; `python -m benchmarks fuzz` sends 20,000."""

import pytest

from benchmarks.fuzz import MOST_MEMORY, fuzz


@pytest.mark.slow
def test_requests_that_nobody_should_send_do_no_harm() -> None:
    findings = fuzz(250, most_seconds=120)
    assert findings.statuses.total() > 180
    assert findings.failures == []
    assert findings.asked == []
    assert (findings.tracebacks, findings.forged) == (0, 0)
    assert findings.memory < MOST_MEMORY
    assert findings.statuses[200] > 12
    assert findings.statuses[101] > 0
