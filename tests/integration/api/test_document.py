"""The document of the API: whole, of OpenAPI 3.1, and true about permissions."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from casework.web.guard import mark_of
from tests.integration.api.program import Program

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
METHODS = {"get", "post", "put", "patch", "delete"}
TYPES = {"string", "integer", "number", "boolean", "array", "object", "null"}
OWN = {
    "openapi": str,
    "info": dict,
    "servers": list,
    "security": list,
    "paths": dict,
    "components": dict,
    "tags": list,
}


@pytest.fixture
def document(program: Program) -> dict[str, Any]:
    answer = program.ask("dpo", "GET", "/api/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (path, method, operation), the parameters of the path among the operation's."""
    for path, item in document["paths"].items():
        for method in item.keys() & METHODS:
            shared = item.get("parameters", [])
            operation = {**item[method]}
            operation["parameters"] = shared + operation.get("parameters", [])
            yield path, method, operation


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object inside a JSON value."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def follow(document: dict[str, Any], reference: str) -> Any:
    found: Any = document
    for name in reference.removeprefix("#/").split("/"):
        found = found[name]
    return found


def routes(app: Flask) -> dict[tuple[str, str], str]:
    """Return the permission of every route of the API by (path, method)."""
    found = {}
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            path = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule)
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                mark = mark_of(app.view_functions[rule.endpoint], method)
                found[path, method.lower()] = str(mark)
    return found


def test_every_route_is_told_with_the_permission_it_needs(
    program: Program, document: dict[str, Any]
) -> None:
    told = {(path, method): one["x-permission"] for path, method, one in operations(document)}
    assert told == routes(program.app)
    assert len(told) > 30


def test_the_document_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert {name: type(value) for name, value in document.items()} == OWN
    assert document["info"]["title"]
    assert document["info"]["version"]


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    references = {node["$ref"] for node in nodes(document) if isinstance(node.get("$ref"), str)}
    assert references
    assert all(isinstance(follow(document, one), dict) for one in references)


def test_every_operation_is_whole(document: dict[str, Any]) -> None:
    found = list(operations(document))
    assert len({one["operationId"] for _, _, one in found}) == len(found)
    for path, _, one in found:
        assert one["summary"]
        assert one["responses"].keys() >= {"default"}
        assert any(str(status).startswith("2") for status in one["responses"])
        assert all(status == "default" or len(status) == 3 for status in one["responses"])
        held = {given["name"] for given in one["parameters"] if given["in"] == "path"}
        assert held == set(re.findall(r"{(\w+)}", path))
        assert all(given["required"] for given in one["parameters"] if given["in"] == "path")


def test_changes_tell_the_headers_they_ask(document: dict[str, Any]) -> None:
    asked = {
        (one["operationId"], given["name"]): given["required"]
        for _, _, one in operations(document)
        for given in one["parameters"]
        if given["in"] == "header"
    }
    assert asked["send_referral", "Idempotency-Key"] is True
    assert asked["make_decision", "Idempotency-Key"] is True
    assert asked["contribute", "Idempotency-Key"] is False
    assert asked["close_case", "If-Match"] is True


def test_every_schema_has_known_types(document: dict[str, Any]) -> None:
    for part in (document["components"]["schemas"], document["paths"]):
        for node in nodes(part):
            kinds = node.get("type")
            if isinstance(kinds, str | list):
                assert TYPES.issuperset([kinds] if isinstance(kinds, str) else kinds)
            if "enum" in node and "default" in node:
                assert node["default"] in node["enum"]
            if isinstance(node.get("required"), list):
                assert set(node["required"]) <= node["properties"].keys()


def test_closed_lists_and_bounds_are_told(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert schemas["ContributionInput"]["properties"]["part"]["enum"] == [
        "sheet",
        "private",
        "social",
    ]
    assert schemas["ContributionInput"]["properties"]["text"]["maxLength"] == 2000
    assert "version" not in schemas["ClosureInput"]["properties"]
    assert schemas["FollowupInput"]["required"]
    assert schemas["Problem"]["properties"]["code"]["type"] == "string"
    withheld = schemas["Person"]["properties"]["address"]["oneOf"][1]
    assert withheld["required"] == ["withheld", "article"]


def test_it_is_written_when_first_asked_for_and_whole_for_all_who_ask_at_once(
    program: Program,
) -> None:
    api = program.app.extensions["casework.openapi"]
    assert api.spec.to_dict()["paths"] == {}
    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(lambda _: api.document(), range(8)))
    assert len(written[0]["paths"]) > 20
    assert all(one == written[0] for one in written)
