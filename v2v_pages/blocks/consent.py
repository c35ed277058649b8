"""Keeps people whose consent has ended out of what is shown.

The rule works on the stored form of a body, so that page, feed and API apply the very same one.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from v2v_snippets.enums import ConsentScope
from v2v_snippets.models import PersonConsent


class ConsentChooserBlock(SnippetChooserBlock):
    """Points to the consent of a person whom the surrounding block quotes or pictures.

    When the consent ends, the surrounding block is left out everywhere.
    """

    def __init__(self, scope: ConsentScope, **kwargs: Any) -> None:
        super().__init__(PersonConsent, **kwargs)
        self.scope = scope

    def clean(self, value: PersonConsent | None) -> PersonConsent | None:
        """Accepts a consent that holds today and covers the use.

        Raises:
            ValidationError: when the person did not agree to this use, or no longer does.
        """
        consent: PersonConsent | None = super().clean(value)
        if consent is None:
            return None
        if not consent.covers(self.scope):
            raise ValidationError(
                _("%(name)s did not agree to this: ask for the consent, then enter it first.")
                % {"name": consent.person_name}
            )
        if not consent.is_valid_on(timezone.localdate()):
            raise ValidationError(
                _("The consent of %(name)s has ended: remove the block or renew the consent.")
                % {"name": consent.person_name}
            )
        return consent


def consent_ids(block: blocks.Block, raw: Any) -> Iterator[int]:
    """Yields the keys of all consents that a stored value refers to."""
    if isinstance(block, ConsentChooserBlock):
        if raw is not None:
            yield raw
    elif isinstance(block, blocks.StreamBlock):
        for item in raw or ():
            if item["type"] in block.child_blocks:
                yield from consent_ids(block.child_blocks[item["type"]], item["value"])
    elif isinstance(block, blocks.ListBlock):
        for item in raw or ():
            yield from consent_ids(block.child_block, list_item_value(item))
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from consent_ids(child, (raw or {}).get(name))


def without_ended_consents(block: blocks.Block, raw: Any, valid: set[int]) -> Any:
    """Returns a stored value without the parts whose consents are not in ``valid``.

    What is left out is the smallest item of a list or stream that holds the consent.
    """
    if isinstance(block, blocks.StreamBlock):
        kept = []
        for item in raw or ():
            child = block.child_blocks.get(item["type"])
            if isinstance(child, blocks.FieldBlock) and not isinstance(child, ConsentChooserBlock):
                kept.append(item)  # such as a paragraph, of which there are most
            elif child is not None and not _refused(child, item["value"], valid):
                value = without_ended_consents(child, item["value"], valid)
                kept.append({**item, "value": value})
        return kept
    if isinstance(block, blocks.ListBlock):
        return [
            item
            for item in raw or ()
            if not _refused(block.child_block, list_item_value(item), valid)
        ]
    if isinstance(block, blocks.StructBlock) and isinstance(raw, dict):
        return {
            name: without_ended_consents(block.child_blocks[name], value, valid)
            if name in block.child_blocks
            else value
            for name, value in raw.items()
        }
    return raw


def list_item_value(item: Any) -> Any:
    """Returns the value of a stored list item, which Wagtail wraps with a type and an id."""
    if isinstance(item, dict) and set(item) >= {"type", "value"} and item["type"] == "item":
        return item["value"]
    return item


def _refused(block: blocks.Block, raw: Any, valid: set[int]) -> bool:
    """Tells whether this item itself (not one of its list items) lacks a valid consent."""
    if isinstance(block, ConsentChooserBlock):
        return raw is not None and raw not in valid
    if isinstance(block, blocks.StructBlock) and isinstance(raw, dict):
        for name, child in block.child_blocks.items():
            value = raw.get(name)
            if isinstance(child, blocks.ListBlock) and isinstance(
                child.child_block, ConsentChooserBlock
            ):
                if any(_refused(child.child_block, list_item_value(i), valid) for i in value or ()):
                    return True
            elif _refused(child, value, valid):
                return True
    return False


def public_stream(value: blocks.StreamValue) -> blocks.StreamValue:
    """Returns a body as the public may see it today; costs a query only if it names people."""
    block, raw = value.stream_block, list(value.raw_data)
    ids = set(consent_ids(block, raw))
    if not ids:
        return value
    kept = without_ended_consents(block, raw, _valid(ids))
    return blocks.StreamValue(block, kept, is_lazy=True)


def public_streams(values: Sequence[blocks.StreamValue]) -> list[blocks.StreamValue]:
    """Returns bodies of one page type as ``public_stream()`` does, with all that they point to.

    People, pictures and files of all bodies are loaded kind by kind: the number of queries does not
    grow with the number of bodies.
    """
    if not values:
        return []
    block = values[0].stream_block
    raws = [list(value.raw_data) for value in values]
    ids = {key for raw in raws for key in consent_ids(block, raw)}
    valid = _valid(ids) if ids else set()
    kept = [without_ended_consents(block, raw, valid) for raw in raws]
    return list(block.bulk_to_python(kept))


def _valid(ids: set[int]) -> set[int]:
    """Returns those of the consents that hold today."""
    consents = PersonConsent.objects.filter(pk__in=ids).valid_on(timezone.localdate())
    return set(consents.values_list("pk", flat=True))
