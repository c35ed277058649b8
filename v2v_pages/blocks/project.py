"""Blocks that show the project's own records: pairs, dates, people."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from v2v_snippets.enums import ConsentScope, DatePrecision
from v2v_snippets.models import Twinning
from v2v_snippets.publication.files import ANY_RECORD
from v2v_snippets.selectors import all_twinnings

from .consent import ConsentChooserBlock


class TwinningsBlock(blocks.StructBlock):
    """The pairs of schools as they stand in the records, so that no list goes stale."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, default="", max_length=120)
    twinnings = blocks.ListBlock(
        SnippetChooserBlock(Twinning),
        label=_("Twinnings"),
        default=[],
        help_text=_("Choose none to show them all."),
    )

    class Meta:
        icon = "group"
        label = _("Twinnings")
        description = _("Pairs of schools, from the records.")
        template = "v2v_pages/blocks/twinnings_block.html"
        preview_value = {"heading": "The twinnings", "twinnings": []}

    def extract_references(self, value: Any) -> Iterator[tuple[Any, str, str, str]]:
        """Adds that it shows whatever twinnings there are, where none is chosen."""
        yield from super().extract_references(value)
        if not any(value.get("twinnings") or ()):
            yield Twinning, ANY_RECORD, "twinnings", "twinnings"

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Adds ``twinnings``: those chosen, in their order, or all."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        chosen = [twinning.pk for twinning in value["twinnings"] if twinning]
        frame = context.get("frame")  # of a page, which has them already
        records = frame.twinnings if frame else all_twinnings()
        by_pk = {twinning.pk: twinning for twinning in records}
        context["twinnings"] = [by_pk[pk] for pk in chosen] if chosen else list(by_pk.values())
        return context


class TimelineEntryBlock(blocks.StructBlock):
    """One date in the life of the project."""

    starts_on = blocks.DateBlock(label=_("Date"))
    ends_on = blocks.DateBlock(label=_("Last day"), required=False)
    precision = blocks.ChoiceBlock(
        label=_("Show the"),
        choices=DatePrecision.choices,
        default=DatePrecision.DAY,
        search_index=False,
    )
    title = blocks.CharBlock(label=_("What"), default="", max_length=160)
    text = blocks.TextBlock(label=_("Details"), required=False, default="")

    class Meta:
        icon = "date"
        label = _("Date")
        description = _("A day or month and what happens then.")
        template = "v2v_pages/blocks/timeline_entry_block.html"
        preview_value = {
            "starts_on": date(2021, 4, 1),
            "ends_on": None,
            "precision": DatePrecision.MONTH,
            "title": "Preparatory activities",
            "text": "",
        }

    def clean(self, value: Any) -> Any:
        """Refuses an end before the start.

        Raises:
            StructBlockValidationError: on ``ends_on``.
        """
        cleaned = super().clean(value)
        start, end = cleaned["starts_on"], cleaned["ends_on"]
        if start and end and end < start:
            raise StructBlockValidationError(
                block_errors={"ends_on": ValidationError(_("The end lies before the start."))}
            )
        return cleaned


class TimelineBlock(blocks.StructBlock):
    """Dates in their order."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, default="", max_length=120)
    entries = blocks.ListBlock(TimelineEntryBlock(), label=_("Dates"), min_num=1)

    class Meta:
        icon = "history"
        label = _("Timeline")
        description = _("What happens when, as a numbered list of dates.")
        template = "v2v_pages/blocks/timeline_block.html"
        preview_value = {
            "heading": "What happens when",
            "entries": [
                {
                    "starts_on": date(2021, 3, 15),
                    "ends_on": date(2021, 3, 25),
                    "precision": DatePrecision.DAY,
                    "title": "Kick-off meeting",
                    "text": "Five sessions of two hours each",
                }
            ],
        }


class PersonBlock(blocks.StructBlock):
    """Somebody who is shown by name: the consent gives name and role."""

    consent = ConsentChooserBlock(ConsentScope.PICTURE, label=_("Person"))
    image = ImageBlock(label=_("Portrait"), required=False)
    text = blocks.TextBlock(label=_("About the person"), required=False, default="")

    class Meta:
        icon = "user"
        label = _("Person")


class PeopleBlock(blocks.ListBlock):
    """People who take part, each shown for as long as they agree to it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_num", 1)
        super().__init__(PersonBlock(), **kwargs)

    class Meta:
        icon = "group"
        label = _("People")
        description = _("Portraits with name and role, by consent.")
        template = "v2v_pages/blocks/people_block.html"
        preview_template = "v2v_pages/blocks/previews/people_block.html"
        preview_value = [{"consent": None, "image": None, "text": "Teaches mechatronics"}]
