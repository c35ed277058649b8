"""What must be shown of the grants."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.staticfiles.finders import find

from tests.factories import FundingStatementFactory, ProjectSettingsFactory, add_text
from tests.sites import SiteTree
from v2v_snippets.enums import FundingTextKind, WordingStatus

from .test_queries import queries_of

Get = Callable[..., Any]

LINE = FundingTextKind.EMBLEM_LINE


@pytest.fixture
def statement(tree: SiteTree) -> Any:
    """The wording of the site's own grant in English and Italian."""
    statement = FundingStatementFactory(
        grant="Call 2020", texts={"it": {LINE: "Finanziato dall'Unione europea."}}
    )
    ProjectSettingsFactory(funding_statement=statement)
    return statement


def test_a_grant_comes_with_emblem_line_and_disclaimer_in_the_language_asked_for(
    get: Get, statement: Any
) -> None:
    [item] = get("funding/", locale="it", fields="-wordings").json()["items"]

    assert item == {
        "id": str(statement.public_id),
        "grant": "Call 2020",
        "is_default": True,
        "emblem": {
            "url": "http://localhost/static/v2v_pages/eu-emblem.svg",
            "width": 810,
            "height": 540,
            "alt": {"text": "Emblema dell’Unione europea", "language": "it"},
        },
        "emblem_line": {"text": "Finanziato dall'Unione europea.", "language": "it"},
        "disclaimer": {
            "text": "This communication reflects only the author's view.",
            "language": "en",
        },
    }
    assert find("v2v_pages/eu-emblem.svg")


def test_without_fallback_only_sentences_in_that_language_come(get: Get, statement: Any) -> None:
    [item] = get("funding/", locale="it", fallback="none").json()["items"]

    assert item["emblem_line"]["language"] == "it"
    assert item["disclaimer"] is None


def test_all_wordings_come_with_who_stands_behind_them(get: Get, statement: Any) -> None:
    row = statement.texts.get(language="it")
    row.status, row.source = WordingStatus.NATIONAL_AGENCY, "Handbook, page 3"
    row.save()

    [item] = get("funding/", fields="wordings").json()["items"]

    assert [(row["kind"], row["language"], row["status"]) for row in item["wordings"]] == [
        ("disclaimer", "en", "official"),
        ("emblem_line", "en", "official"),
        ("emblem_line", "it", "national_agency"),
    ]
    assert item["wordings"][2]["source"] == "Handbook, page 3"


def test_nobody_is_given_a_machine_translation_of_a_prescribed_wording(
    get: Get, statement: Any
) -> None:
    add_text(statement, "sq", kind=LINE, text="Makina", status=WordingStatus.MACHINE)

    answer = get("funding/", locale="sq")

    assert "Makina" not in answer.content.decode()
    assert answer.json()["items"][0]["emblem_line"]["language"] == "en"


def test_the_grant_of_the_site_is_marked(get: Get, statement: Any) -> None:
    FundingStatementFactory(grant="Another call")

    items = get("funding/").json()["items"]

    assert [(item["grant"], item["is_default"]) for item in items] == [
        ("Another call", False),
        ("Call 2020", True),
    ]


def test_grants_cost_the_same_queries_whatever_their_number(get: Get, statement: Any) -> None:
    FundingStatementFactory.create_batch(4)

    costs = {count: queries_of(get, "funding/", count) for count in (1, 5)}

    assert len(set(costs.values())) == 1, costs
