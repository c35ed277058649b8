"""Translators go on working when a deployment brings other blocks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from wagtail import blocks

from tests.factories import NewsPageFactory
from tests.sites import SiteTree
from tests.v2v_pages.services.translators import begin, target_of, type_all
from v2v_pages.models import NewsPage
from v2v_pages.services.publishing import save_draft
from v2v_pages.services.refreshing import refresh_translations

BODY = [
    ("paragraph", "<p>One.</p>"),
    ("quote", {"quote": "Words.", "source": "Minutes"}),
    ("callout", {"tone": "note", "heading": "Note", "text": "<p>Read.</p>"}),
]


@pytest.fixture
def article(site: SiteTree) -> Any:
    return NewsPageFactory(parent=site.news, title="Article", summary="A summary", body=BODY)


@contextmanager
def deployed(**changed: blocks.Block | None) -> Iterator[None]:
    """Defines blocks of the body in another way: by name, None for one that is gone."""
    body = NewsPage._meta.get_field("body").stream_block
    kept = dict(body.child_blocks)
    for name, block in changed.items():
        if block is None:
            del body.child_blocks[name]
        else:
            block.set_name(name)
            body.child_blocks[name] = block
    try:
        yield
    finally:
        body.child_blocks.clear()
        body.child_blocks.update(kept)


DEPLOYMENTS = {
    "a type is gone": {"quote": None},
    "a part is gone": {"quote": blocks.StructBlock([("quote", blocks.TextBlock(default=""))])},
    "a part is new": {
        "quote": blocks.StructBlock(
            [
                (name, blocks.CharBlock(required=False, default=""))
                for name in ("quote", "source", "place")
            ]
        )
    },
    "a type is new": {"verse": blocks.TextBlock(default="")},
    "words became a choice": {
        "quote": blocks.StructBlock(
            [
                ("quote", blocks.TextBlock(default="")),
                ("source", blocks.ChoiceBlock(choices=[("Minutes", "Minutes")])),
            ]
        )
    },
}


@pytest.mark.parametrize("deployment", DEPLOYMENTS.values(), ids=DEPLOYMENTS)
def test_a_translation_is_saved_and_published_after_a_deployment(
    article: Any, deployment: dict[str, blocks.Block | None]
) -> None:
    translation = begin(article)
    type_all(translation)
    save_draft(translation).publish()

    with deployed(**deployment):
        refresh_translations()
        translation.refresh_from_db()
        save_draft(translation).publish()
        translation.save_target(publish=True)

        page = target_of(translation)
        assert page.title == "Article (it)"
        assert "One. (it)" in page.body[0].value.source


def test_only_what_has_changed_is_extracted_anew(site: SiteTree, article: Any) -> None:
    begin(article)
    begin(NewsPageFactory(parent=site.news, title="Without a quotation"))
    assert refresh_translations() == []

    with deployed(quote=None):
        assert [source.object_repr for source in refresh_translations()] == ["Article"]
        assert refresh_translations() == []
