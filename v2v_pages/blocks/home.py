"""The block that only the home page has."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class StrandBlock(blocks.StructBlock):
    """One of the results that the partners work on, with the page that tells more."""

    title = blocks.CharBlock(label=_("Title"), default="", max_length=80)
    text = blocks.TextBlock(label=_("Text"), default="")
    page = blocks.PageChooserBlock(label=_("Page"), required=False)

    class Meta:
        icon = "snippet"
        label = _("Strand")
        description = _("What the partners are building, in a title and a sentence.")
        template = "v2v_pages/blocks/strand_block.html"
        preview_value = {
            "title": "A common glossary",
            "text": "Shared terms on VET systems, internationalisation and the labour market.",
            "page": None,
        }
