"""The OpenAPI document: committed, valid, and true."""

import json
import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

ROOT = Path(__file__).resolve().parents[2]
COMMITTED = ROOT / "openapi.json"
OF_TESTS = ("bulletins", "festival.")
"""Types that only tests have."""


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The committed document."""
    found: dict[str, Any] = json.loads(COMMITTED.read_text(encoding="utf-8"))
    return found


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns all operations."""
    return [operation for path in document["paths"].values() for operation in path.values()]


def response_of(document: dict[str, Any], operation: dict[str, Any], status: str) -> dict[str, Any]:
    """Returns what an operation answers with a status, wherever the document says it."""
    response: dict[str, Any] = operation["responses"][status]
    name = response.get("$ref", "").rpartition("/")[2]
    return document["components"]["responses"][name] if name else response


def test_the_committed_document_is_what_the_api_is(tmp_path: Path) -> None:
    # as the project is, without the page types that only tests have
    result = subprocess.run(
        [sys.executable, "manage.py", "export_openapi", "openapi.json", "--check"],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.development",
            "V2V_DATA_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stderr


def test_the_command_writes_the_document_and_notices_a_difference(tmp_path: Path) -> None:
    file = tmp_path / "openapi.json"

    call_command("export_openapi", file, stdout=StringIO())
    call_command("export_openapi", file, "--check")
    file.write_text(file.read_text(encoding="utf-8").replace("Content API", "Other"), "utf-8")

    with pytest.raises(CommandError, match="run export_openapi"):
        call_command("export_openapi", file, "--check")


@pytest.mark.django_db
def test_the_site_serves_the_same_document(client: Client, document: dict[str, Any]) -> None:
    served = client.get("/api/v1/openapi.json").json()

    for found in (served, document):
        for path in ("content/", "search/", "changes/", "export.ndjson"):
            types = next(
                parameter["schema"]["items"]
                for parameter in found["paths"][f"/api/v1/{path}"]["get"]["parameters"]
                if parameter["name"] == "type"
            )
            types["enum"] = [name for name in types["enum"] if not name.startswith(OF_TESTS)]
    assert served == document


def test_the_document_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_every_operation_documents_its_problems(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            may_be_missing = "{" in path or path.endswith("/compare/")
            expected = {"200", "304", "400", "401", "403", "429"}
            expected -= {"304"} if path.endswith(("/export.ndjson", "/{token}/")) else set()
            expected |= {"404"} if may_be_missing else set()
            expected |= (
                {"410"} if path.endswith(("/{identifier}/", "/{token}/", "/changes/")) else set()
            )
            if method == "post":
                expected = {"202", "400", "401", "403", "409", "422", "429"}

            assert set(operation["responses"]) == expected
            for status in expected - {"200", "202", "304"}:
                response = response_of(document, operation, status)
                assert list(response["content"]) == ["application/problem+json"]


def test_a_key_is_offered_and_not_needed(document: dict[str, Any]) -> None:
    assert document["security"] == [{}, {"apiKey": []}]
    assert document["components"]["securitySchemes"]["apiKey"]["scheme"] == "bearer"
    assert not any("security" in operation for operation in operations(document))


def test_every_operation_says_what_is_left_and_when_to_come_again(
    document: dict[str, Any],
) -> None:
    for operation in operations(document):
        for status in {"200", "202", "304", "401", "429"} & operation["responses"].keys():
            headers = response_of(document, operation, status)["headers"]
            assert "RateLimit-Remaining" in headers
            assert ("Retry-After" in headers) == (status == "429")


def test_every_operation_and_parameter_says_what_it_is_for(document: dict[str, Any]) -> None:
    for operation in operations(document):
        assert operation["summary"]
        assert operation["description"]
        silent = [
            parameter["name"]
            for parameter in operation["parameters"]
            if parameter["in"] == "query" and not parameter.get("description")
        ]
        assert silent == []


def test_operations_have_names_that_generated_clients_can_use(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for operation in operations(document)]

    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z]+_(list|item|create)", name) for name in names)


@pytest.mark.parametrize("union", ["BlockSchema", "ContentSchema"])
def test_unions_are_told_apart_by_type(document: dict[str, Any], union: str) -> None:
    schema = document["components"]["schemas"][union]

    assert schema["discriminator"]["propertyName"] == "type"
    assert len(schema["discriminator"]["mapping"]) == len(schema["oneOf"])
    for reference in schema["discriminator"]["mapping"].values():
        part = document["components"]["schemas"][reference.rpartition("/")[2]]
        assert "const" in part["properties"]["type"]


def test_every_schema_is_used_and_says_what_it_is(document: dict[str, Any]) -> None:
    text = COMMITTED.read_text(encoding="utf-8")

    for name, schema in document["components"]["schemas"].items():
        assert f'"#/components/schemas/{name}"' in text
        assert schema.get("description") or schema.get("oneOf"), name
