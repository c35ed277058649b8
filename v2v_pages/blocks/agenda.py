"""What happens within an event."""

from datetime import time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class AgendaEntryBlock(blocks.StructBlock):
    """One item of an agenda; it names no person, since nobody's consent is asked here."""

    day = blocks.DateBlock(
        label=_("Day"), required=False, help_text=_("Where the event has several.")
    )
    starts_at = blocks.TimeBlock(label=pgettext_lazy("time", "From"), required=False)
    ends_at = blocks.TimeBlock(label=_("Until"), required=False)
    title = blocks.CharBlock(label=_("What"), default="", max_length=160)
    text = blocks.TextBlock(label=_("Details"), required=False, default="")

    class Meta:
        icon = "time"
        label = _("Item of the agenda")
        description = _("What happens, and when, as far as that is known.")
        template = "v2v_pages/blocks/agenda_entry_block.html"
        preview_value = {
            "day": None,
            "starts_at": time(10, 0),
            "ends_at": time(12, 0),
            "title": "The operational plan",
            "text": "",
        }

    def clean(self, value: Any) -> Any:
        """Refuses an end that is not after the start.

        Raises:
            StructBlockValidationError: on ``ends_at``.
        """
        cleaned = super().clean(value)
        start, end = cleaned["starts_at"], cleaned["ends_at"]
        if end and (start is None or end <= start):
            raise StructBlockValidationError(
                block_errors={"ends_at": ValidationError(_("The end lies before the start."))}
            )
        return cleaned
