"""Spoilt files of every format: an answer or a clear error, and nothing else happens."""

import json
import socket
from collections import Counter

import pytest

from tests import mutations


def test_a_spoilt_file_is_read_or_refused_and_nothing_else_happens(tmp_path):
    secret = tmp_path / "registry.geojson"
    properties = {"KODE_DESA": "3471011001", "NAMA_DESA": mutations.SECRET.decode()}
    feature = {"type": "Feature", "properties": properties, "geometry": None}
    secret.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        outcomes = mutations.outcomes(66, 2025, [address.encode(), bytes(secret)])
        with pytest.raises(TimeoutError):
            listener.accept()
    assert len(outcomes) == 66
    ends = Counter(outcome.end for outcome in outcomes)
    assert ends["read"] > 5, "some are whole enough"
    assert len(ends) > 5, "and others are refused for what is wrong with them"
    assert not [outcome for outcome in outcomes if outcome.end.startswith("mistake")]
    assert not [outcome for outcome in outcomes if outcome.leaked]
    assert max(outcome.memory for outcome in outcomes) < mutations.MEMORY
