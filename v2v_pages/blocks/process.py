"""The mobility process: phases that name modules, and the steps of a module."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from v2v_snippets.models import Country

from ..process.kinds import DeadlineSide, DeadlineUnit, Direction, MobilityRole

STEP_FEATURES: Final = ["bold", "italic", "ol", "ul", "link", "document-link", "term"]
LONGEST_DEADLINE: Final = 730


class StepLinkBlock(blocks.StructBlock):
    """What belongs to a step: a page of this site, a file, or an address elsewhere."""

    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    document = DocumentChooserBlock(label=_("Document"), required=False)
    url = blocks.URLBlock(label=_("Address elsewhere"), required=False, default="")
    title = blocks.CharBlock(
        label=_("Name"),
        required=False,
        default="",
        max_length=160,
        help_text=_("Needed for an address; pages and files have names of their own."),
    )

    class Meta:
        icon = "link"
        label = _("Document or page")

    def clean(self, value: Any) -> Any:
        """Requires exactly one target, and a name for an address elsewhere.

        Raises:
            StructBlockValidationError: on ``page`` or ``title``.
        """
        cleaned = super().clean(value)
        given = [name for name in ("page", "document", "url") if cleaned[name]]
        if len(given) > 1 or not (given or self.is_deferred_validation):
            message = _("Choose a page, a document or an address: exactly one.")
            raise StructBlockValidationError(block_errors={"page": ValidationError(message)})
        if cleaned["url"] and not cleaned["title"]:
            message = _("Say what is to be found at the address.")
            raise StructBlockValidationError(block_errors={"title": ValidationError(message)})
        return cleaned


class CountryTipBlock(blocks.StructBlock):
    """What is different where one country takes part."""

    country = SnippetChooserBlock(Country, label=_("Country"))
    text = blocks.TextBlock(
        label=_("Tip"),
        default="",
        help_text=_("How to find out; rules go stale, so link to who decides on them."),
    )

    class Meta:
        icon = "site"
        label = _("Tip for a country")


class StepBlock(blocks.StructBlock):
    """One thing to do. It names functions and no person."""

    title = blocks.CharBlock(label=_("What to do"), default="", max_length=160)
    roles = blocks.MultipleChoiceBlock(
        label=_("Who does it"),
        choices=MobilityRole.choices,
        required=False,
        widget=CheckboxSelectMultiple,
        search_index=False,
        help_text=_("The one who is responsible first. None: everybody."),
    )
    direction = blocks.ChoiceBlock(
        label=_("Only for learners who travel"),
        choices=Direction.choices,
        required=False,
        search_index=False,
        help_text=_("Empty: in both directions."),
    )
    amount = blocks.IntegerBlock(
        label=_("To be done"),
        required=False,
        min_value=0,
        max_value=LONGEST_DEADLINE,
        help_text=_("A number; 0 is the day of departure. Empty: no deadline."),
    )
    unit = blocks.ChoiceBlock(
        label=_("Unit"),
        choices=DeadlineUnit.choices,
        default=DeadlineUnit.WEEKS,
        search_index=False,
    )
    side = blocks.ChoiceBlock(
        label=_("Before or after"),
        choices=DeadlineSide.choices,
        default=DeadlineSide.BEFORE,
        search_index=False,
    )
    text = blocks.RichTextBlock(label=_("How"), features=STEP_FEATURES, required=False, default="")
    inputs = blocks.ListBlock(
        blocks.CharBlock(label=_("Needed"), default="", max_length=200),
        label=_("What is needed"),
        default=[],
    )
    checklist = blocks.ListBlock(
        blocks.CharBlock(label=_("To tick off"), default="", max_length=200),
        label=_("Checklist"),
        default=[],
        help_text=_("Name no participants: the list is public."),
    )
    documents = blocks.ListBlock(StepLinkBlock(), label=_("Documents and pages"), default=[])
    tips = blocks.ListBlock(CountryTipBlock(), label=_("Tips for countries"), default=[])

    class Meta:
        icon = "tasks"
        label = _("Step")
        description = _("Who does what, until when, with which documents.")
        template = "v2v_pages/blocks/step_block.html"
        preview_value = {
            "title": "Agree on what is to be learned",
            "roles": [MobilityRole.SENDING_SCHOOL, MobilityRole.HOST_SCHOOL],
            "direction": "",
            "amount": 8,
            "unit": DeadlineUnit.WEEKS,
            "side": DeadlineSide.BEFORE,
            "text": "<p>Both schools write down the tasks.</p>",
            "inputs": ["The programme of the learner"],
            "checklist": ["Tasks are agreed on"],
            "documents": [],
            "tips": [],
        }


class PhaseBlock(blocks.StructBlock):
    """A part of the process; its modules may be those of other phases and processes, too."""

    title = blocks.CharBlock(label=_("Title"), default="", max_length=120)
    text = blocks.TextBlock(label=_("What it is for"), required=False, default="")
    modules = blocks.ListBlock(
        blocks.PageChooserBlock(
            page_type="v2v_pages.MobilityModulePage", label=_("Module"), required=True
        ),
        label=_("Modules"),
        default=[],
        help_text=_("A module can be chosen again and again: it is written once."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Phase")
        description = _("A part of the process, made of modules.")
        template = "v2v_pages/blocks/phase_block.html"
        preview_value = {
            "title": "Before departure",
            "text": "Everything that must be ready.",
            "modules": [],
        }
