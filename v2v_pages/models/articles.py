"""What news and stories have in common: a date and a body that goes out of the house."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from v2v_snippets.fields import StreamField
from v2v_snippets.publication.listing import ListingText

from ..blocks import StoryBlock, public_stream
from ..blocks.rendering import load_bodies, pages_linked_in, reading_minutes, stream_html
from ..frame import api_item_url, feed_links
from ..marks import article_marks
from .listed import ListedPage


class ArticlePage(ListedPage):
    """Abstract base of the page types that go out: to lists, feeds, newsletters, partner sites."""

    published_on = models.DateField(_("date"), default=timezone.localdate, db_index=True)
    is_date_assumed = models.BooleanField(
        _("the date is assumed"),
        default=False,
        help_text=_("The source gives no date: readers are told that this one is assumed."),
    )
    is_demo_text = models.BooleanField(
        _("demo text"),
        default=False,
        help_text=_("Readers are told that the text is an example and reports nothing."),
    )
    body = StreamField(StoryBlock(), blank=True, verbose_name=_("body"))

    content_panels = [
        *ListedPage.content_panels,
        FieldRowPanel(["published_on", "is_date_assumed", "is_demo_text"]),
        FieldPanel("body"),
    ]
    search_fields = [
        *ListedPage.search_fields,
        index.SearchField("body"),
        index.FilterField("published_on"),
    ]
    api_fields = [*ListedPage.api_fields, "published_on", "is_date_assumed", "is_demo_text", "body"]

    class Meta:
        abstract = True

    @classmethod
    def listed_pages(cls, language: str) -> models.QuerySet[Any]:
        """Returns the public articles of this type for a reader of ``language``, newest first."""
        articles: models.QuerySet[Any] = cls.objects.listed_for(language)
        funded = articles.select_related("funding_statement")
        return funded.prefetch_related("funding_statement__texts")

    @classmethod
    def load_bodies(cls, pages: Sequence[Any]) -> None:
        """Loads the bodies of all ``pages`` of this type in a constant number of queries."""
        bodies = load_bodies([page.body for page in pages])
        for page, body in zip(pages, bodies, strict=True):
            page.public_body = body

    @property
    def listing_date(self) -> date | None:
        """The day that orders lists and that readers see."""
        return self.published_on

    @property
    def is_publication_assumed(self) -> bool:
        """Whether nobody knows the day of publication; types may assume other days than that."""
        return self.is_date_assumed

    @cached_property
    def public_body(self) -> Any:
        """The body without people whose consent has ended."""
        return public_stream(self.body)

    def listing_marks(self) -> list[ListingText]:
        """Whether the text is an example, its date assumed, or the text a translation."""
        return article_marks(self)

    @property
    def reading_minutes(self) -> int:
        """How long reading takes, in whole minutes, at least one."""
        return reading_minutes(self.public_body)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the body as the public may see it today."""
        context = super().get_context(request, *args, **kwargs)
        context["body"] = self.public_body
        context["api_url"] = api_item_url(self)
        context["list_feeds"] = feed_links(self.languages.reader, self.listing_type)
        context["minutes"] = reading_minutes(context["body"])
        return context

    def linked_pages(self) -> Iterable[int]:
        """Primary keys of the pages that the body links to."""
        return pages_linked_in(self.body)

    def body_html(self, request: HttpRequest | None = None) -> str:
        """The whole body as HTML with absolute addresses, in the page's own language."""
        return stream_html(self.public_body, language=self.language, request=request)

    def structured_data(self) -> dict[str, Any]:
        """Adds headline and date; one that is assumed cannot be marked as such there."""
        data = super().structured_data() | {"headline": self.title}
        if not self.is_publication_assumed:
            data["datePublished"] = self.published_on.isoformat()
        return data
