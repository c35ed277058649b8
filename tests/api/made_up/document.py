"""What schemathesis thinks of requests from: the OpenAPI document, and what there is to ask."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from communication.syndication.enums import ChangeOperation
from communication.syndication.key_format import write_key
from tests.webhooks import changes

Case = schemathesis.Case[Any]

ARTICLE = UUID("5f0c7a8e-0000-4000-8000-000000000001")
STORY = UUID("5f0c7a8e-0000-4000-8000-000000000002")
EVENT = UUID("5f0c7a8e-0000-4000-8000-000000000003")
ADVICE = UUID("5f0c7a8e-0000-4000-8000-000000000004")
IMAGE = UUID("5f0c7a8e-0000-4000-8000-000000000005")
KEY = write_key("ForTests", "x" * 32)
"""Its site may not have all languages and types, so that some requests are refused."""
WHOLE_KEY = write_key("ForWhole", "y" * 32)
"""Opens everything."""

known = st.sampled_from([str(each) for each in (ARTICLE, STORY, EVENT, ADVICE, IMAGE)])
schemathesis.openapi.format("uuid", known | st.uuids().map(str))
schemathesis.openapi.format("cursor", st.just(""))
schemathesis.openapi.format("token", st.just(""))
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())

many = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
fewest = settings(many, max_examples=2, derandomize=True, phases=[Phase.generate, Phase.shrink])
few = settings(many, max_examples=10, derandomize=True, phases=[Phase.generate, Phase.shrink])


def ask(case: Case, **headers: str) -> Iterator[Any]:
    """Yields the answer to a request and to those that clients make after it, all validated.

    They ask for the next page, of which there is one when few items are wanted, and for what has
    changed since: nobody can think of a cursor or a token.
    """
    yield (answer := case.call_and_validate(headers=headers))
    content = _content(answer)
    if "next" in content and len(content["items"]) > 1:
        yield (answer := _asking(case, limit=1).call_and_validate(headers=headers))
        following = parse_qs(urlsplit(_content(answer)["next"]).query)
        yield _asking(case, **following).call_and_validate(headers=headers)
    if content.get("token"):
        changes(public_id=ARTICLE)
        changes(operation=ChangeOperation.DELETE)
        yield _asking(case, token=content["token"]).call_and_validate(headers=headers)


def _content(answer: Any) -> dict[str, Any]:
    is_json = answer.headers.get("content-type") == ["application/json"]
    return answer.json() if is_json and answer.status_code == 200 else {}


def _asking(case: Case, **query: Any) -> Case:
    """Returns the same request with other parameters."""
    path = case.path_parameters
    return case.operation.Case(path_parameters=path, query={**case.query, **query})
