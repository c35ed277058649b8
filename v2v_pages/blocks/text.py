"""Blocks of words: paragraph, quotation, call-out."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.rich_text import RichText, expand_db_html

from v2v_snippets.enums import ConsentScope

from .consent import ConsentChooserBlock

PARAGRAPH_FEATURES: Final = [
    "h2",
    "h3",
    "bold",
    "italic",
    "ol",
    "ul",
    "link",
    "document-link",
    "term",
    "language",
]
CALLOUT_FEATURES: Final = [
    "bold",
    "italic",
    "ol",
    "ul",
    "link",
    "document-link",
    "term",
    "language",
]


class ParagraphBlock(blocks.RichTextBlock):
    """Running text with headings, lists and links."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", PARAGRAPH_FEATURES)
        kwargs.setdefault("default", "")
        super().__init__(**kwargs)

    def render_basic(self, value: RichText, context: dict[str, Any] | None = None) -> SafeString:
        """Shows the text without the template that Wagtail puts around it, which adds nothing.

        Most paragraphs have nothing that would have to be looked for in the database.
        """
        del context
        source = value.source
        is_plain = "<a" not in source and "<embed" not in source
        return SafeString(source if is_plain else expand_db_html(source))

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs with headings, lists and links.")
        preview_value = (
            "<h2>Preparatory activities</h2>"
            "<p>The partners define a <b>common glossary</b> on VET systems.</p>"
        )


class QuoteBlock(blocks.StructBlock):
    """What a person or a document says, word for word.

    A person is quoted through a consent, which also gives the name; everything else has a source.
    """

    quote = blocks.TextBlock(
        label=_("Quotation"), default="", help_text=_("Without quotation marks.")
    )
    consent = ConsentChooserBlock(
        ConsentScope.QUOTE,
        label=_("Person"),
        required=False,
        help_text=_("The consent of the person who said it; the name is taken from it."),
    )
    source = blocks.CharBlock(
        label=_("Source"),
        required=False,
        default="",
        max_length=200,
        help_text=_("Document or organisation, if no person is quoted."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("A sentence of a person or from a document, set apart.")
        template = "v2v_pages/blocks/quote_block.html"
        preview_value = {
            "quote": "We are looking forward to shaping the future of the project!",
            "source": "Kick-off meeting",
            "consent": None,
        }

    def clean(self, value: Any) -> Any:
        """Requires either a person or a source; a draft may still lack both.

        Raises:
            StructBlockValidationError: when there are both, or neither.
        """
        cleaned = super().clean(value)
        given = [name for name in ("consent", "source") if cleaned[name]]
        if len(given) > 1 or not (given or self.is_deferred_validation):
            raise StructBlockValidationError(
                block_errors={
                    "source": ValidationError(
                        _("Choose the person quoted, or name a source: one of the two.")
                    )
                }
            )
        return cleaned


class CalloutTone(TextChoices):
    """What a call-out wants of its reader."""

    NOTE = "note", _("Note")
    TIP = "tip", _("Tip")
    WARNING = "warning", _("Warning")


class CalloutBlock(blocks.StructBlock):
    """A short text that must not be missed."""

    tone = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=CalloutTone.choices,
        default=CalloutTone.NOTE,
        search_index=False,
    )
    heading = blocks.CharBlock(label=_("Heading"), required=False, default="", max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=CALLOUT_FEATURES, default="")

    class Meta:
        icon = "info-circle"
        label = _("Call-out")
        description = _("A note, tip or warning beside the running text.")
        template = "v2v_pages/blocks/callout_block.html"
        preview_value = {
            "tone": CalloutTone.TIP,
            "heading": "Before you travel",
            "text": "<p>Ask the host school which documents it needs.</p>",
        }
