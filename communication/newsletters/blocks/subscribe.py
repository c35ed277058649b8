"""The form to subscribe, as a block of pages; a project names it in ``V2V_STORY_EXTRA_BLOCKS``."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class SubscribeBlock(blocks.StructBlock):
    """A form in the middle of a page; lists and languages are those of the site."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, default="", max_length=120)
    text = blocks.TextBlock(
        label=_("Text"),
        required=False,
        default="",
        max_length=400,
        help_text=_("What readers get, and how often: “News of all schools, once a month.”"),
    )

    class Meta:
        icon = "mail"
        label = _("Newsletter form")
        description = _("Readers leave their address to get a newsletter.")
        template = "communication_newsletters/blocks/subscribe_block.html"
        preview_value = {"heading": "Our newsletter", "text": "News of all schools, once a month."}
