"""The description of the interfaces is true: what it allows is answered, and as it says."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.api.openapi import FEATURES, PARAMETERS, REST
from geodata.view.address import Part

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = (*FEATURES, *REST)
DESCRIPTIONS = ("/ogc/api", "/api/v1/openapi.json")
# What stands in a path: some that there are, and whatever somebody may write.
_THERE = {
    "kode": ["35", "3507"], "feature": ["35", "35.07.08.2001"], "level": ["provinsi", "desa"],
    "version": ["x"], "z": ["2", "9"], "x": ["3"], "y": ["2"],
}  # fmt: skip


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for part in value.values():
            yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


def parameters(described: dict[str, Any], operation: dict[str, Any]) -> list[dict[str, Any]]:
    """Those of an operation, wherever they are described."""
    shared = described["components"]["parameters"]
    return [
        shared[it["$ref"].rpartition("/")[2]] if "$ref" in it else it
        for it in operation["parameters"]
    ]


@pytest.mark.parametrize("address", DESCRIPTIONS)
def test_a_description_is_whole(client, address):
    for lang in ("id", "en"):
        described = client.get(f"{address}?bahasa={lang}").json()
        assert described["openapi"].startswith("3.0.")
        names = [it["get"]["operationId"] for it in described["paths"].values()]
        assert len(names) == len(set(names))
        for path, methods in described["paths"].items():
            taken = parameters(described, methods["get"])
            in_path = {it["name"] for it in taken if it["in"] == "path"}
            assert in_path == set(re.findall(r"\{(\w+)\}", path))
        known = {
            f"#/components/{kind}/{name}"
            for kind, named in described["components"].items()
            for name in named
        }
        assert set(references(described)) <= known


def test_a_parameter_is_described_if_and_only_if_it_is_taken():
    taken = {name for operation in OPERATIONS for name in operation.parameters}
    assert taken == set(PARAMETERS)
    assert taken <= Part._taken


def test_every_address_is_in_the_document():
    document = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for operation in OPERATIONS:
        path = re.sub(r"/items.*|/conformance|/collections.*", "", operation.path)
        beginning = path.partition("/{")[0] if not path.startswith("/api") else path
        shown = "/ubin/" if beginning in ("/ubin", "/batas") else beginning
        assert shown in document, operation.path


def values(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    """Values that a schema allows, as an address has them."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema["type"] == "array":
        size = schema.get("minItems", 1), schema.get("maxItems", 3)
        return st.lists(values(schema["items"]), min_size=size[0], max_size=size[1]).map(",".join)
    if schema["type"] == "integer":
        return st.integers(schema.get("minimum", 0), 2**31 - 1).map(str)
    if schema["type"] == "number":
        least, most = schema.get("minimum", -200), schema.get("maximum", 200)
        return st.floats(least, most, allow_nan=False).map(repr)
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], fullmatch=True) | st.sampled_from(["35", "2015"])
    return st.text(max_size=schema.get("maxLength", 40))


@pytest.fixture(scope="module")
def descriptions(client) -> list[dict[str, Any]]:
    return [client.get(address).json() for address in DESCRIPTIONS]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_may_be_asked_is_answered_as_described(client, descriptions, data):
    described = data.draw(st.sampled_from(descriptions))
    base = described["servers"][0]["url"]
    path = data.draw(st.sampled_from(sorted(described["paths"])))
    asked = described["paths"][path]["get"]
    params = {}
    for parameter in parameters(described, asked):
        name, schema = parameter["name"], parameter["schema"]
        if parameter["in"] == "path":
            path = path.replace(f"{{{name}}}", data.draw(st.sampled_from(_THERE[name])))
        elif data.draw(st.integers(0, 4)) == 0:
            allowed = values(schema)
            params[name] = data.draw(allowed | allowed | st.text(max_size=20))
    if path.endswith("/items"):
        params.setdefault("limit", "2")
    reply = client.get(base + path, params=params)
    assert reply.status_code in (200, 204, 400, 401, 404), (path, params, reply.text)
    kind = reply.headers.get("content-type", "").partition(";")[0]
    if reply.status_code >= 400:
        assert kind == "application/problem+json"
        assert set(reply.json()) == {"type", "title", "status", "detail"}
    elif reply.status_code == 200:
        allowed = asked["responses"]["200"]["content"]
        assert kind in {it.partition(";")[0] for it in allowed}
        if kind.endswith("json"):
            [ref] = references(next(iter(allowed.values())))
            schema = described["components"]["schemas"][ref.rpartition("/")[2]]
            assert set(schema.get("required", ())) <= reply.json().keys()
