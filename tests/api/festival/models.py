"""Page types of a host site: one with every kind of field, one that is listed, one closed."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail import blocks
from wagtail.api import APIField
from wagtail.documents import get_document_model_string
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model_string
from wagtail.images.api.fields import ImageRenditionField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Orderable, Page

from v2v_pages.blocks.text import ParagraphBlock
from v2v_snippets.publication.listing import Listed, ListingText
from v2v_snippets.publication.withdrawn import unless_withdrawn


class ActBlock(blocks.StructBlock):
    """A block made of other blocks."""

    name = blocks.CharBlock()
    fee = blocks.DecimalBlock()
    about = blocks.RichTextBlock()
    picture = ImageChooserBlock(required=False)
    score = DocumentChooserBlock(required=False)
    page = blocks.PageChooserBlock(required=False)
    guests = blocks.ListBlock(blocks.CharBlock())
    extras = blocks.StreamBlock([("word", blocks.CharBlock()), ("text", ParagraphBlock())])


class ShoutBlock(blocks.CharBlock):
    """A block that says itself how it is to be represented."""

    def get_api_representation(self, value: str, context: Any = None) -> dict[str, str]:
        return {"shout": value.upper()}


class Sponsor(models.Model):
    """A record that festivals point to."""

    name = models.CharField(max_length=50)
    account = models.CharField(max_length=50)
    api_fields = ["name"]

    def __str__(self) -> str:
        return self.name


class FestivalTag(TaggedItemBase):
    """Joins festivals and tags."""

    content_object = ParentalKey("FestivalPage", on_delete=models.CASCADE)


class FestivalPage(Page):
    """A page type with one field of every kind."""

    motto = RichTextField(blank=True)
    opens_on = models.DateField(default=date(2022, 6, 1))
    picture = models.ForeignKey(
        get_image_model_string(), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    leaflet = models.ForeignKey(
        get_document_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    sponsor = models.ForeignKey(
        Sponsor, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    successor = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    acts = StreamField(
        [
            ("act", ActBlock()),
            ("note", blocks.RichTextBlock()),
            ("shout", ShoutBlock()),
            ("paragraph", ParagraphBlock()),
        ],
        blank=True,
    )
    tags = ClusterTaggableManager(through=FestivalTag, blank=True)
    internal_note = models.CharField(max_length=50, default="internal")

    api_fields = [
        "motto",
        "opens_on",
        "picture",
        "leaflet",
        "sponsor",
        "successor",
        "acts",
        "tags",
        "performers",
        "greeting",
        APIField("thumbnail", serializer=ImageRenditionField("fill-10x10", source="picture")),
    ]

    @property
    def greeting(self) -> str:
        return f"Welcome to {self.title}"


class Performer(Orderable):
    """A child record of a festival."""

    festival = ParentalKey(FestivalPage, on_delete=models.CASCADE, related_name="performers")
    name = models.CharField(max_length=50)
    portrait = models.ForeignKey(
        get_image_model_string(), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    api_fields = ["name", "portrait"]


class BulletinPage(Page, Listed):
    """A page type that takes part in the listing protocol."""

    listing_type = "bulletins"
    cover = models.ForeignKey(
        get_image_model_string(), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    teaser = models.CharField(max_length=100, default="What is in it")
    api_fields = ["teaser"]

    listing_title = property(lambda self: self.title)
    listing_summary = property(lambda self: self.teaser)
    listing_date = None
    licence_code = "CC-BY-4.0"
    next_boundary_at: datetime | None = None

    @property
    def lead_image(self) -> Any:
        return unless_withdrawn(self.cover)

    def body_html(self, request: HttpRequest | None = None) -> str:
        return ""

    def funding_texts(self, language: str = "") -> list[ListingText]:
        return []

    def footnotes(self, language: str = "") -> list[ListingText]:
        return []


class DiaryPage(Page):
    """A page type that gives nothing out: it declares no ``api_fields``."""

    secret = models.CharField(max_length=50, default="secret")
    content_panels: ClassVar = [*Page.content_panels, "secret"]
