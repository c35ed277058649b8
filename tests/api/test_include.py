"""The parameter ``include``: whole records of relations, embedded in each item."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cms.api.schemas.content import CONTENT_SCHEMAS
from cms.api.schemas.items import NewsSchema
from cms.api.schemas.records import (
    PartnerListSchema,
    PartnerSchema,
    TwinningListSchema,
    TwinningSchema,
)
from cms.api.schemas.selection import INCLUDED, Selectable
from tests.events import EventPageFactory, add_events
from tests.factories import PartnerFactory
from tests.repository import MobilityTopicFactory, RepositoryArticlePageFactory, add_repository
from tests.sites import SiteTree, build_partnership
from tests.vet_systems import VETSystemPageFactory
from v2v_pages.models import NewsPage, TwinningStoryPage
from v2v_snippets.models import Country

from .conftest import small_image
from .test_frame import assert_problem
from .test_queries import queries_of

Get = Callable[..., Any]


def with_relations() -> list[type[Selectable]]:
    """Returns the schemas that can embed something."""
    schemas: list[type[Selectable]] = [*CONTENT_SCHEMAS, PartnerSchema, TwinningSchema]
    return [schema for schema in schemas if schema.includes]


@pytest.mark.parametrize("schema", with_relations(), ids=lambda schema: schema.__name__)
def test_every_relation_has_a_field_of_its_own(schema: type[Selectable]) -> None:
    inclusions = schema.model_fields[INCLUDED].annotation

    assert inclusions is not None
    assert set(schema.includes) == set(inclusions.model_fields)
    assert set(schema.includes) <= set(schema.model_fields)


def test_news_embed_authors_and_twinnings(
    get: Get, make_news: Callable[[int], list[NewsPage]]
) -> None:
    [article] = make_news(1)
    [author], [pair] = article.authors.all(), article.twinnings.all()
    author.website, author.logo = "https://school.example/", small_image()
    author.save()

    [item] = get("news/", include="authors,twinnings").json()["items"]

    NewsSchema.model_validate(item | {"reading_minutes": 1, **on_demand()}, extra="forbid")
    [partner] = item[INCLUDED]["authors"]
    assert partner["id"] == item["authors"][0]["id"]
    assert partner["website"] == "https://school.example/"
    assert partner["logo"]["srcset"]["webp"]
    [twinning] = item[INCLUDED]["twinnings"]
    assert twinning["number"] == pair.number
    assert twinning["status"] == pair.status


def on_demand() -> dict[str, Any]:
    """Returns what comes only where it is asked for."""
    return {"search_title": "", "search_description": "", "review_on": None}


def test_only_what_is_asked_for_is_embedded(
    get: Get, make_news: Callable[[int], list[NewsPage]]
) -> None:
    [article] = make_news(1)

    one = get(f"news/{article.translation_key}/", include="authors", fields="summary").json()
    none = get(f"news/{article.translation_key}/", fields="*").json()

    assert set(one) == {*NewsSchema.core, "summary", INCLUDED}
    assert set(one[INCLUDED]) == {"authors"}
    assert INCLUDED not in none


def test_each_item_of_all_content_embeds_what_its_type_has(
    get: Get,
    tree: SiteTree,
    make_news: Callable[[int], list[NewsPage]],
    make_stories: Callable[[int], list[TwinningStoryPage]],
) -> None:
    make_news(1)
    [story] = make_stories(1)
    host = PartnerFactory()
    EventPageFactory(parent=add_events(tree), hosts=[host], country=host.country)
    topic = MobilityTopicFactory(slug="entry")
    RepositoryArticlePageFactory(
        parent=add_repository(tree), topics=[topic], sending_countries=[host.country]
    )

    items = get(
        "content/", include="authors,twinning,country,hosts,topics,sending_countries", limit=100
    ).json()["items"]

    by_type = {item["type"]: item.get(INCLUDED) for item in items}
    assert by_type["section"] is None
    assert set(by_type["news"]) == {"authors"}
    assert by_type["stories"]["twinning"]["number"] == story.twinning.number
    assert by_type["events"]["hosts"][0]["slug"] == host.slug
    assert by_type["events"]["country"]["code"] == host.country.code
    assert by_type["repository"]["topics"][0]["description"]["text"] == "All about Entry."
    assert by_type["repository"]["sending_countries"][0]["position"]


def test_a_relation_that_is_empty_is_null(get: Get, tree: SiteTree) -> None:
    EventPageFactory(parent=add_events(tree), country=None)

    [event] = get("events/", include="country,hosts").json()["items"]

    assert event[INCLUDED] == {"country": None, "hosts": []}


def test_partners_and_twinnings_embed_each_other(get: Get, tree: SiteTree) -> None:
    build_partnership()

    partners = get("partners/", include="country,twinning", limit=100).json()
    twinnings = get("twinnings/", include="european_school,balkan_school").json()

    PartnerListSchema.model_validate(partners, extra="forbid")
    TwinningListSchema.model_validate(twinnings, extra="forbid")
    for partner in partners["items"]:
        assert partner[INCLUDED]["country"]["code"] == partner["country"]["code"]
        pair = partner[INCLUDED]["twinning"]
        assert partner["twinning"] == (pair["number"] if pair else None)
    for twinning in twinnings["items"]:
        half = twinning[INCLUDED]["balkan_school"]
        assert half["id"] == twinning["balkan_school"]["id"]
        assert half["city"] is not None


@pytest.mark.parametrize(
    ("path", "include", "allowed"),
    [
        ("news/", "colour", ["authors", "twinnings"]),
        ("news/", "authors,hosts", ["authors", "twinnings"]),
        ("partners/", "teams", ["country", "twinning"]),
        ("stories/", "", ["twinning"]),
    ],
)
def test_unknown_relations_are_refused_with_the_allowed_ones(
    get: Get, tree: SiteTree, path: str, include: str, allowed: list[str]
) -> None:
    answer = get(path, include=include)

    assert_problem(answer, 400)
    [error] = answer.json()["errors"]
    assert error["parameter"] == "include"
    assert error["allowed"] == allowed


def test_what_has_no_relations_does_not_know_the_parameter(get: Get, tree: SiteTree) -> None:
    assert_problem(get("countries/", include="country"), 400)


def test_it_may_be_repeated_instead_of_using_commas(client: Client, tree: SiteTree) -> None:
    assert client.get("/api/v1/news/?include=authors&include=twinnings").status_code == 200


def test_embedding_costs_the_same_queries_whatever_the_number_of_items(
    get: Get, make_news: Callable[[int], list[NewsPage]]
) -> None:
    make_news(8)

    costs = {n: queries_of(get, "news/", n, include="authors,twinnings") for n in (1, 8)}

    assert len(set(costs.values())) == 1, costs


def test_embedding_records_in_records_costs_the_same_queries_whatever_their_number(
    get: Get, tree: SiteTree
) -> None:
    build_partnership()

    costs = {n: queries_of(get, "partners/", n, include="country,twinning") for n in (1, 9)}

    assert len(set(costs.values())) == 1, costs
    assert Country.objects.count() > 3


def test_a_system_embeds_its_country(get: Get, tree: SiteTree) -> None:
    system = VETSystemPageFactory(parent=tree.home)

    [item] = get("vet-systems/", include="country", fields="title").json()["items"]

    assert item[INCLUDED]["country"]["code"] == system.country.code
