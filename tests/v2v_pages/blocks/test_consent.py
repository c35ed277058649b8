"""People are shown for as long as they agree to it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.blocks import StreamValue
from wagtail.blocks.struct_block import StructBlockValidationError

from v2v_pages.blocks import StoryBlock, public_stream
from v2v_snippets.enums import ConsentScope
from v2v_snippets.models import PersonConsent

pytestmark = pytest.mark.django_db


def make_consent(*, ended: bool = False, scope: str = ConsentScope.QUOTE_AND_PICTURE) -> int:
    today = timezone.localdate()
    consent = PersonConsent.objects.create(
        person_name="Example Person",
        scope=scope,
        given_on=today - timedelta(days=30),
        valid_until=today - timedelta(days=1) if ended else None,
    )
    return consent.pk


def stream(*raw: tuple[str, Any]) -> StreamValue:
    blocks = [{"type": kind, "value": value, "id": str(i)} for i, (kind, value) in enumerate(raw)]
    return StreamValue(StoryBlock(), blocks, is_lazy=True)


def quote(consent: int | None, source: str = "") -> tuple[str, Any]:
    return "quote", {"quote": "We are looking forward.", "consent": consent, "source": source}


def items(*values: Any) -> list[dict[str, Any]]:
    return [{"type": "item", "value": value, "id": f"i{n}"} for n, value in enumerate(values)]


def picture(*consents: int) -> dict[str, Any]:
    return {"image": None, "caption": "Workshop", "consents": items(*consents)}


def shown(value: StreamValue) -> list[Any]:
    return [(block["type"], block["value"]) for block in public_stream(value).raw_data]


def test_quotation_leaves_the_page_when_its_consent_ends() -> None:
    kept, ended = quote(make_consent()), quote(make_consent(ended=True))
    paragraph = ("paragraph", "<p>Text</p>")
    assert shown(stream(kept, ended, paragraph)) == [kept, paragraph]


def test_picture_leaves_when_one_of_several_people_withdraws() -> None:
    willing, unwilling = make_consent(), make_consent(ended=True)
    together, alone = picture(willing, unwilling), picture(willing)
    assert shown(stream(("image", together), ("image", alone))) == [("image", alone)]


def test_gallery_loses_the_picture_and_keeps_the_others() -> None:
    ended = picture(make_consent(ended=True))
    gallery = items(picture(make_consent()), ended, picture())
    ((_kind, kept),) = shown(stream(("gallery", gallery)))
    assert kept == [gallery[0], gallery[2]]


def test_people_lose_the_person_whose_consent_was_deleted() -> None:
    person = {"consent": make_consent(), "image": None, "text": "Teaches"}
    gone = {"consent": 999_999, "image": None, "text": "Taught"}
    ((_kind, kept),) = shown(stream(("people", items(person, gone))))
    assert [item["value"] for item in kept] == [person]


def test_body_without_people_costs_no_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    body = stream(("paragraph", "<p>Text</p>"), quote(None, "Report"))
    with django_assert_num_queries(0):
        assert public_stream(body) is body


def test_body_with_many_people_costs_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    consents = [make_consent() for _ in range(5)]
    body = stream(*[quote(pk) for pk in consents], ("image", picture(*consents)))
    with django_assert_num_queries(1):
        public_stream(body)


@pytest.mark.parametrize("both", [True, False])
def test_quotation_needs_either_a_person_or_a_source(both: bool) -> None:
    block = StoryBlock().child_blocks["quote"]
    raw = quote(make_consent() if both else None, "Report" if both else "")[1]
    with pytest.raises(StructBlockValidationError) as refusal:
        block.clean(block.to_python(raw))
    assert "source" in refusal.value.block_errors


@pytest.mark.parametrize(
    ("consent", "message"),
    [({"ended": True}, "has ended"), ({"scope": ConsentScope.PICTURE}, "did not agree")],
)
def test_editor_cannot_quote_without_a_consent_that_covers_it(
    consent: dict[str, Any], message: str
) -> None:
    block = StoryBlock().child_blocks["quote"]
    with pytest.raises(StructBlockValidationError) as refusal:
        block.clean(block.to_python(quote(make_consent(**consent))[1]))
    error = refusal.value.block_errors["consent"]
    assert isinstance(error, ValidationError)
    assert message in error.messages[0]
