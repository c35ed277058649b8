"""A draft may be as incomplete as its author left it: it saves itself and can be previewed."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from wagtail.blocks import StreamValue
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.demo.pages import find_page
from cms.services.roles import PARTNER_EDITOR
from tests.cms.editing.people import signed_in
from v2v_pages.models import HomePage, NewsPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

BLOCKS = list(NewsPage.body.field.stream_block.child_blocks.values())


def empty(stream: Any, block: Any) -> StreamValue:
    """A stream with one block in it, as it is when an editor has just inserted it."""
    return StreamValue(stream, [(block.name, block.get_default())])


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_a_block_just_inserted_can_be_saved_as_a_draft(block: Any) -> None:
    stream = NewsPage.body.field.stream_block

    assert len(stream.clean_deferred(empty(stream, block))) == 1


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_a_draft_with_a_block_just_inserted_can_be_previewed(block: Any) -> None:
    article = find_page("kick-off")
    article.body = empty(article.body.stream_block, block)
    article.save_revision(clean=False)
    client = signed_in(PARTNER_EDITOR)

    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[article.pk]))
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk]))

    assert preview.status_code == 200
    assert editor.status_code == 200


def test_a_timeline_entry_may_have_its_end_before_its_start_is_known() -> None:
    (block,) = HomePage.dates.field.stream_block.child_blocks.values()
    value = block.normalize({**block.get_default(), "ends_on": date(2021, 3, 25)})

    block.defer_required_validation()
    try:
        assert block.clean(value)["ends_on"] == date(2021, 3, 25)
    finally:
        block.restore_deferred_validation()


def test_a_quotation_is_published_with_a_person_or_a_source() -> None:
    block = NewsPage.body.field.stream_block.child_blocks["quote"]
    value = block.normalize({"quote": "We met.", "consent": None, "source": ""})

    with pytest.raises(StructBlockValidationError):
        block.clean(value)


@pytest.mark.parametrize("field", ["dates", "strands"])
def test_the_home_page_can_be_previewed_with_an_empty_block(field: str) -> None:
    home = find_page("home")
    stream = getattr(HomePage, field).field.stream_block
    (block,) = stream.child_blocks.values()
    setattr(home, field, stream.clean_deferred(empty(stream, block)))
    home.save_revision(clean=False)

    url = reverse("wagtailadmin_pages:view_draft", args=[home.pk])

    assert signed_in(PARTNER_EDITOR).get(url).status_code == 200
