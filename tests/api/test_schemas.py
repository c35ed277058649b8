"""The contract: what the API answers is what its schemas say, no field more and none less."""

import ast
import inspect
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel, TypeAdapter
from wagtail.models import Page, ReferenceIndex

import cms.api.schemas
from cms.api.representation.blocks import BlockWriter
from cms.api.representation.kinds import WRITERS, writer_of
from cms.api.schemas.blocks import BlockSchema, OtherBlockSchema
from cms.api.schemas.changes import ChangeListSchema
from cms.api.schemas.content import CONTENT_SCHEMAS, ContentSchema
from cms.api.schemas.files import DocumentListSchema, ImageListSchema
from cms.api.schemas.glossary import ConceptListSchema
from cms.api.schemas.items import NewsSchema
from cms.api.schemas.lists import ContentListSchema, NewsListSchema, StoryListSchema
from cms.api.schemas.problems import ProblemSchema
from cms.api.schemas.project import FundingStatementListSchema
from cms.api.schemas.records import (
    CountryListSchema,
    LocaleListSchema,
    PartnerListSchema,
    TwinningListSchema,
)
from cms.api.schemas.selection import INCLUDED, Selectable
from cms.api.schemas.tags import UsedTagListSchema
from cms.checks import own_page_models
from communication.syndication.services.change_log import refresh_change_log
from tests.factories import StandardPageFactory
from tests.glossary import full_concept
from tests.sites import SiteTree, build_partnership
from v2v_pages.blocks import StoryBlock
from v2v_pages.models import NewsPage, TwinningStoryPage
from v2v_snippets.publication.changes import recording_changes

from .test_frame import UNKNOWN_ID

Get = Callable[..., Any]

LISTS: dict[str, type[BaseModel]] = {
    "content": ContentListSchema,
    "news": NewsListSchema,
    "stories": StoryListSchema,
    "twinnings": TwinningListSchema,
    "partners": PartnerListSchema,
    "countries": CountryListSchema,
    "locales": LocaleListSchema,
    "tags": UsedTagListSchema,
    "funding": FundingStatementListSchema,
    "images": ImageListSchema,
    "documents": DocumentListSchema,
    "glossary": ConceptListSchema,
    "changes": ChangeListSchema,
}


def test_whole_answers_hold_what_their_schemas_say_and_nothing_else(
    get: Get,
    tree: SiteTree,
    make_news: Callable[[int], list[NewsPage]],
    make_stories: Callable[[int], list[TwinningStoryPage]],
) -> None:
    build_partnership()
    full_concept()
    for article in make_news(2):
        ReferenceIndex.create_or_update_for_object(article)
    make_stories(1)
    StandardPageFactory(parent=tree.home)

    for name, schema in LISTS.items():
        answer = get(f"{name}/", fields="*").json()

        assert answer["items"], name
        schema.model_validate(answer, extra="forbid")


def test_a_single_item_holds_what_its_schema_says(
    get: Get, make_news: Callable[[int], list[NewsPage]]
) -> None:
    [article] = make_news(1)

    item = get(f"content/{article.translation_key}/", fields="*").json()

    TypeAdapter(ContentSchema).validate_python(item, extra="forbid")
    NewsSchema.model_validate(item, extra="forbid")


def test_tombstones_hold_what_their_schema_says(get: Get, tree: SiteTree) -> None:
    refresh_change_log()
    token = get("changes/").json()["token"]
    with recording_changes():
        tree.news.unpublish()

    answer = get("changes/", token=token, fields="*").json()

    assert [change["operation"] for change in answer["items"]] == ["delete"]
    ChangeListSchema.model_validate(answer, extra="forbid")


@pytest.mark.django_db
@pytest.mark.parametrize("path", [f"news/{UNKNOWN_ID}/", "news/?page=2", "nowhere/"])
def test_problems_hold_what_their_schema_says(get: Get, path: str) -> None:
    ProblemSchema.model_validate(get(path).json(), extra="forbid")


def test_usual_answers_lack_only_what_comes_on_demand(
    get: Get, make_news: Callable[[int], list[NewsPage]]
) -> None:
    make_news(1)

    [item] = get("news/").json()["items"]

    assert set(NewsSchema.model_fields) - set(item) == {*NewsSchema.on_demand, INCLUDED}


def schema_modules() -> list[Path]:
    """Returns the modules that define schemas."""
    return sorted(Path(inspect.getfile(cms.api.schemas)).parent.glob("*.py"))


def test_no_two_schemas_have_the_same_name() -> None:
    names = Counter(
        node.name
        for path in schema_modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )

    doubled = [name for name, count in names.items() if count > 1]

    assert len(names) > 40
    assert doubled == [], "Ninja would merge them without a word."


def test_every_block_of_a_body_has_a_schema_of_its_own() -> None:
    blocks = StoryBlock().child_blocks
    union = get_args(BlockSchema.__value__)[0]
    schemas = get_args(union)
    literals = [get_args(schema.model_fields["type"].annotation)[0] for schema in schemas]

    untyped = [
        name
        for name, child in blocks.items()
        if BlockWriter.__dict__["typed"].dispatcher.dispatch(type(child))
        is BlockWriter.__dict__["typed"].dispatcher.dispatch(object)
    ]

    assert untyped == []
    assert sorted(literals) == sorted([*blocks, "other"])
    assert schemas[-1] is OtherBlockSchema


@pytest.mark.parametrize("model", own_page_models(), ids=lambda model: model.__name__)
def test_what_a_page_type_declares_for_the_api_is_in_its_schema(model: type[Page]) -> None:
    writer = writer_of(model)

    declared = set(model.api_fields)

    assert model._meta.label_lower in WRITERS
    assert declared <= set(writer.schema.model_fields)


@pytest.mark.parametrize("schema", CONTENT_SCHEMAS, ids=lambda schema: schema.__name__)
def test_fields_that_always_come_and_those_on_demand_exist(schema: type[Selectable]) -> None:
    fields = set(schema.model_fields)

    assert set(schema.core) < fields
    assert set(schema.on_demand) < fields
    assert not set(schema.core) & set(schema.on_demand)
