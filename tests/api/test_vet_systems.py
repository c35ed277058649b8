"""VET systems: typed values, programmes, and several systems side by side."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.api.schemas.items import VETSystemSchema
from cms.api.schemas.vet_systems import VETComparisonSchema
from tests.factories import CountryFactory
from tests.glossary import ConceptFactory
from tests.sites import SiteTree
from tests.vet_systems import (
    VETIndicatorFactory,
    VETSystemIndexPageFactory,
    VETSystemPageFactory,
    programme,
    share_of_learners,
    value,
)
from v2v_snippets.enums import IndicatorKind
from v2v_snippets.models import NationalEquivalent

Get = Callable[..., Any]
ROWS = 15


@pytest.fixture
def share(db: None) -> Any:
    return share_of_learners()


@pytest.fixture
def index(tree: SiteTree) -> Any:
    return VETSystemIndexPageFactory(parent=tree.home)


@pytest.fixture
def systems(index: Any, share: Any) -> dict[str, Any]:
    """Croatia has a value of each kind, Bosnia one, Slovenia none; one canton."""
    named = {
        kind: VETIndicatorFactory(
            key=f"x-{kind}", kind=kind, texts={"en": {"label": kind, "unit": "schools"}}
        )
        for kind in (IndicatorKind.NUMBER, IndicatorKind.YES_NO, IndicatorKind.TEXT)
    }
    rows: dict[str, list[Any]] = {
        "HR": [
            value(share, "69.5", note="Without adults."),
            value(named[IndicatorKind.NUMBER], "300"),
            value(named[IndicatorKind.YES_NO], content=False),
            value(named[IndicatorKind.TEXT], "The ministry"),
        ],
        "BA": [value(share, "75", source="", is_sample=True)],
        "SI": [],
    }
    pages = {
        code: VETSystemPageFactory(parent=index, country=CountryFactory(code=code), values=values)
        for code, values in rows.items()
    }
    VETSystemPageFactory(
        parent=pages["BA"], country=pages["BA"].country, region="Una-Sana", slug="una-sana"
    )
    return pages


def test_values_have_the_type_of_their_kind(get: Get, systems: dict[str, Any]) -> None:
    item = get(f"vet-systems/{systems['HR'].translation_key}/", fields="*").json()

    VETSystemSchema.model_validate(item)
    assert item["type"] == "vet-systems"
    assert item["country"]["code"] == "HR"
    values = {each["indicator"]: each["value"] for each in item["values"]}
    assert values == {
        "learners-in-vet": 69.5,
        "x-number": 300.0,
        "x-yes_no": False,
        "x-text": {"text": "The ministry", "language": "en"},
    }
    share = item["values"][0]
    assert share["label"] == {"text": "Learners in VET", "language": "en"}
    assert share["note"] == {"text": "Without adults.", "language": "en"}
    assert (share["year"], share["source"], share["is_sample"]) == (2021, "Ministry", False)


def test_a_programme_names_the_concept_that_it_stands_for(get: Get, index: Any) -> None:
    croatia = CountryFactory(code="HR")
    rows = [
        NationalEquivalent.objects.create(
            concept=concept, country=croatia, term="kuhar", language="hr", as_of="2021-03-29"
        )
        for concept in (ConceptFactory(identifier="C-0100"), ConceptFactory(unpublished=True))
    ]
    programmes = [programme("Kuhar", equivalent=row, duration_years="2.5") for row in rows]
    page = VETSystemPageFactory(parent=index, country=croatia, programmes=programmes)

    found = get(f"vet-systems/{page.translation_key}/").json()["programmes"]

    assert [each["concept"] for each in found] == ["C-0100", None], "the other is not public"
    assert found[0]["name"] == {"text": "Kuhar", "language": "hr"}
    assert found[0]["duration_years"] == 2.5


def titles(answer: Any) -> list[str]:
    return [item["title"] for item in answer.json()["items"]]


def test_systems_filter_by_country_and_by_change(get: Get, systems: dict[str, Any]) -> None:
    moment = systems["SI"].last_published_at.isoformat()

    assert titles(get("vet-systems/")) == ["VET in BA", "VET in BA", "VET in HR", "VET in SI"]
    assert titles(get("vet-systems/", country="HR")) == ["VET in HR"]
    assert titles(get("vet-systems/", country="NL")) == []
    assert titles(get("vet-systems/", **{"updated_at[gte]": moment})) == ["VET in BA", "VET in SI"]


def test_systems_are_part_of_everything(get: Get, systems: dict[str, Any]) -> None:
    items = get("content/", type="vet-systems").json()["items"]

    assert {item["country"]["code"] for item in items} == {"HR", "BA", "SI"}


def test_a_comparison_has_a_value_or_null_for_each_system(
    get: Get, systems: dict[str, Any]
) -> None:
    answer = get("vet-systems/compare/", country=["SI", "HR", "BA"]).json()

    VETComparisonSchema.model_validate(answer)
    assert [system["country"]["code"] for system in answer["systems"]] == ["BA", "HR", "SI"]
    share = answer["items"][0]
    assert share["indicator"] == "learners-in-vet"
    assert [each and each["value"] for each in share["values"]] == [75.0, 69.5, None]
    assert [each and each["is_sample"] for each in share["values"]] == [True, False, None]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"country": "HR"},
        {"country": ["HR", "HR"]},
        {"country": ["hr", "ba"]},
        {"country": ["HR", "BA", "SI", "NL", "FI"]},
        {"country": ["HR", "BA"], "colour": "red"},
    ],
)
def test_what_cannot_be_compared_is_refused(
    get: Get, systems: dict[str, Any], asked: dict[str, Any]
) -> None:
    answer = get("vet-systems/compare/", **asked)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_a_country_without_profile_is_named_with_those_that_have_one(
    get: Get, systems: dict[str, Any]
) -> None:
    answer = get("vet-systems/compare/", country=["HR", "NL"])

    assert answer.status_code == 404
    assert answer.json()["detail"] == "There is no profile of NL. There are: BA, HR, SI."


def test_fields_of_a_comparison_can_be_chosen(get: Get, systems: dict[str, Any]) -> None:
    answer = get("vet-systems/compare/", country=["HR", "BA"], fields="label").json()

    assert set(answer["items"][0]) == {"indicator", "label"}


@pytest.mark.parametrize(
    ("path", "asked"), [("vet-systems/", {}), ("vet-systems/compare/", {"country": ["BA", "HR"]})]
)
def test_answers_cost_the_same_with_many_rows(
    get: Get, systems: dict[str, Any], path: str, asked: dict[str, Any]
) -> None:
    def cost() -> int:
        get(path, **asked)
        with CaptureQueriesContext(connection) as queries:
            assert get(path, **asked).status_code == 200
        return len(queries)

    before = cost()
    for code in ("BA", "HR", "SI"):
        page = systems[code]
        page.vet_values = [value(VETIndicatorFactory(), "5") for _ in range(ROWS)]
        page.vet_programmes = [programme(f"Program {number}") for number in range(ROWS)]
        page.save_revision().publish()

    assert cost() == before
    assert before <= 18
