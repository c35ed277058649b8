"""What an issue is made of. Each block turns what is stored into a part; see ``..parts``.

Other apps add blocks through ``V2V_NEWSLETTER_EXTRA_BLOCKS``. A block of theirs may have
``record()``, which returns a ``ListedRecord`` and is shown as a card; of any other, its template is
shown, cleaned as mails need it.
"""

from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.module_loading import import_string
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock

from v2v_snippets.language.formats import date_span

from ..issues.features import can_be_featured
from ..issues.parts import CardPart, FigurePart, HeadingPart, Part, WordsPart, other_than
from ..issues.reading import Reading

TEXT_FEATURES: Final = ["bold", "italic", "ol", "ul", "link"]
PART_TEMPLATE: Final = "communication_newsletters/blocks/issue_part.html"
PREVIEWS: Final = "communication_newsletters/blocks/previews"


class HeadingBlock(blocks.CharBlock):
    """A heading between the parts of an issue."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        kwargs.setdefault("default", "")
        super().__init__(**kwargs)

    def part(self, raw: Any, reading: Reading) -> Part | None:
        """Returns the heading as a part."""
        return HeadingPart(str(raw)) if raw else None

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("A heading between the parts of an issue.")
        template = "communication_newsletters/blocks/heading_block.html"
        preview_value = "From the schools"


class PartBlock(blocks.StructBlock):
    """A block of several fields that turns into one part."""

    def part(self, raw: Any, reading: Reading) -> Part | None:
        """Returns what is stored as a part; None where it cannot be shown."""
        raise NotImplementedError

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Adds the part, for previews of the block on its own."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        alone = Reading([], get_language() or "", "")
        context["part"] = self.part(self.get_prep_value(value), alone)
        return context


class FeatureBlock(PartBlock):
    """A page of the site, in its own words or in others.

    The picture is copied from the page when the issue is saved: what was sent keeps its picture,
    whatever becomes of the page.
    """

    page = blocks.PageChooserBlock(label=_("Page"))
    title = blocks.CharBlock(
        label=_("Title"),
        required=False,
        default="",
        max_length=160,
        help_text=_("Empty: that of the page, in each language it has."),
    )
    text = blocks.TextBlock(
        label=_("Text"),
        required=False,
        default="",
        max_length=600,
        help_text=_("Empty: the summary of the page, in each language it has."),
    )
    has_image = blocks.BooleanBlock(label=_("With a picture"), required=False, default=True)
    image = ImageBlock(
        label=_("Picture"),
        required=False,
        help_text=_("Empty: that of the page, copied when you save."),
    )

    def clean(self, value: Any) -> Any:
        """Copies the picture of the page, unless there is one or none is wanted.

        Raises:
            StructBlockValidationError: when the page is of a type that does not go out.
        """
        cleaned = super().clean(value)
        page = cleaned["page"]
        if page and not can_be_featured(page):
            message = _("Pages of this type do not go out: choose news, a story, an event, …")
            raise StructBlockValidationError(block_errors={"page": ValidationError(message)})
        if page and cleaned["has_image"] and not cleaned["image"]:
            cleaned["image"] = described(page.specific.lead_image)
        return cleaned

    def part(self, raw: Any, reading: Reading) -> Part | None:
        """Returns the page as a card; None where nobody may read it."""
        page = reading.page(raw.get("page"))
        if page is None:
            return None
        title, text = raw.get("title") or "", raw.get("text") or ""
        around, own = reading.language, page.locale.language_code
        return CardPart(
            title=title or page.listing_title,
            summary=text or page.listing_summary,
            url=reading.url_of(page),
            label=str(capfirst(page._meta.verbose_name)),
            when=page.listing_when,
            picture=reading.picture(raw.get("image"), "card") if raw.get("has_image") else None,
            title_language="" if title else other_than(around, own),
            summary_language="" if text else other_than(around, own),
            marks=tuple(mark.text for mark in page.listing_marks()),
        )

    class Meta:
        icon = "doc-full"
        label = _("Page of the site")
        description = _(
            "News, a story, an event or an article, with its link, picture and summary."
        )
        template = PART_TEMPLATE
        preview_template = f"{PREVIEWS}/picture.html"
        preview_value = {"page": None, "title": "The partners met", "text": "", "image": None}


class EventBlock(PartBlock):
    """A date that has no page on the site."""

    title = blocks.CharBlock(label=_("Title"), default="", max_length=160)
    starts_on = blocks.DateBlock(label=_("First day"))
    ends_on = blocks.DateBlock(label=_("Last day"), required=False)
    hours = blocks.CharBlock(
        label=_("Hours"),
        required=False,
        default="",
        max_length=60,
        help_text=_("With the time zone: “10:00–12:00 CET”."),
    )
    place = blocks.CharBlock(label=_("Place"), required=False, default="", max_length=160)
    text = blocks.TextBlock(label=_("Text"), required=False, default="", max_length=600)
    url = blocks.URLBlock(label=_("Link"), required=False, default="")

    def clean(self, value: Any) -> Any:
        """Refuses an event that is over before it begins.

        Raises:
            StructBlockValidationError: for the last day.
        """
        cleaned = super().clean(value)
        first, last = cleaned["starts_on"], cleaned["ends_on"]
        if first and last and last < first:
            message = _("The last day comes before the first.")
            raise StructBlockValidationError(block_errors={"ends_on": ValidationError(message)})
        return cleaned

    def part(self, raw: Any, reading: Reading) -> Part | None:
        """Returns the event as a card."""
        first, last = (parse_date(str(raw.get(name) or "")) for name in ("starts_on", "ends_on"))
        days = date_span(first, last, reading.language) if first else ""
        return CardPart(
            title=raw.get("title") or "",
            summary=raw.get("text") or "",
            url=raw.get("url") or "",
            label=gettext("Event"),
            when=", ".join(filter(None, [days, raw.get("hours")])),
            place=raw.get("place") or "",
        )

    class Meta:
        icon = "date"
        label = _("Event without a page")
        description = _("A date that has no page here; one that has is a page of the site.")
        template = PART_TEMPLATE
        preview_value = {
            "title": "Meeting of all partners",
            "starts_on": "2030-05-14",
            "ends_on": None,
            "hours": "10:00–12:00 CET",
            "place": "Online",
            "text": "",
            "url": "",
        }


class TextBlock(blocks.RichTextBlock):
    """Running text."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", TEXT_FEATURES)
        kwargs.setdefault("default", "")
        super().__init__(**kwargs)

    def part(self, raw: Any, reading: Reading) -> Part | None:
        """Returns the text as a part."""
        return WordsPart(reading.words(str(raw))) if raw else None

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs with lists and links.")
        template = "communication_newsletters/blocks/text_block.html"
        preview_value = "<p>The next issue comes out <b>in May</b>.</p>"


class FigureBlock(PartBlock):
    """A picture on its own."""

    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, default="", max_length=255)

    def part(self, raw: Any, reading: Reading) -> Part | None:
        """Returns the picture with its caption; None where it cannot be shown."""
        picture = reading.picture(raw.get("image"))
        return FigurePart(picture, raw.get("caption") or "") if picture else None

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("One image with a caption.")
        template = PART_TEMPLATE
        preview_template = f"{PREVIEWS}/picture.html"
        preview_value = {"image": None, "caption": "The workshop in Ferizaj"}


class IssueBlock(blocks.StreamBlock):
    """The body of an issue, in the order in which readers get it."""

    feature = FeatureBlock()
    event = EventBlock()
    heading = HeadingBlock()
    text = TextBlock()
    image = FigureBlock()

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        extra = getattr(settings, "V2V_NEWSLETTER_EXTRA_BLOCKS", {})
        added = [(name, import_string(path)()) for name, path in extra.items()]
        super().__init__([*(local_blocks or ()), *added], **kwargs)

    class Meta:
        template = "communication_newsletters/blocks/issue_block.html"


def described(image: Any) -> Any:
    """Returns an image with the description that it has in the library, as a block stores it."""
    if image is not None:
        image.contextual_alt_text = image.default_alt_text
        image.decorative = False
    return image
