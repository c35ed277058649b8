"""Articles as the Wagtail tutorial would have them, with what those of this project have."""

from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.snippets.models import register_snippet


@register_snippet
class Partner(models.Model):
    """Who wrote an article."""

    name = models.CharField(max_length=100)
    website = models.URLField(blank=True)

    api_fields = ["name", "website"]

    def __str__(self) -> str:
        return self.name


class ArticleTag(TaggedItemBase):
    """Links a tag to an article."""

    content_object = ParentalKey(
        "articles.ArticlePage", related_name="tagged_items", on_delete=models.CASCADE
    )


class ArticlePage(Page):
    """An article."""

    published_on = models.DateField()
    summary = models.TextField()
    image = models.ForeignKey(
        "wagtailimages.Image", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    partner = models.ForeignKey(Partner, null=True, on_delete=models.SET_NULL, related_name="+")
    tags = ClusterTaggableManager(through=ArticleTag, blank=True)
    body = StreamField([("paragraph", RichTextBlock())])

    content_panels = [
        *Page.content_panels,
        FieldPanel("published_on"),
        FieldPanel("summary"),
        FieldPanel("image"),
        FieldPanel("partner"),
        FieldPanel("tags"),
        FieldPanel("body"),
    ]
    api_fields = [
        APIField("published_on"),
        APIField("summary"),
        APIField("image"),
        APIField("partner"),
        APIField("tags"),
        APIField("body"),
    ]
