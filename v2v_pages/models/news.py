"""News: the list of articles, and the article."""

from dataclasses import replace
from typing import Any, ClassVar

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import ItemBase, Tag
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from v2v_snippets.language.reading import text_in
from v2v_snippets.models import Partner, Twinning
from v2v_snippets.publication.listing import ListingAuthor, ListingFilter
from v2v_snippets.selectors import all_twinnings, partners_by_name

from ..frame import feed_links
from ..languages import own_link
from ..narrowing import tag_name, twinning_name
from ..news.filters import NEWS_ROUTE, NewsFilter, filter_groups, filters_in_use
from ..querysets import NewsManager
from ..related import Named, holds_itself, named_by
from ..structured_data import list_data, organization_data
from ..subject import Subject
from .articles import ArticlePage
from .base import BasePage


class NewsTag(ItemBase):
    """Links a tag to an article. One tag serves all languages, so that filters span them."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="v2v_news_items")
    content_object = ParentalKey(
        "v2v_pages.NewsPage", on_delete=models.CASCADE, related_name="tagged_items"
    )

    class Meta:
        verbose_name = _("tag of an article")
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="v2v_news_tag_once")
        ]


class NewsIndexPage(RoutablePageMixin, BasePage):
    """The list of news, each article once and in the reader's best language."""

    PER_PAGE: ClassVar = 10

    parent_page_types = None
    subpage_types = ["v2v_pages.NewsPage"]
    max_count_per_parent = 1
    page_description = _("The list of all news.")
    schema_type = "CollectionPage"

    content_panels = BasePage.content_panels

    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    @classmethod
    def public_paths(cls) -> list[str]:
        """The paths below the list that are pages of their own, for the site map."""
        return [f"tag/{tag.slug}/" for tag in NewsPage.objects.tags_in_use()]

    @path("")
    def show_list(self, request: HttpRequest) -> TemplateResponse:
        """Shows the latest news."""
        return self._render_list(request, 1, filters_in_use(self.languages.reader))

    @path("page/<int:number>/", name="list_page")
    def show_list_page(self, request: HttpRequest, number: int) -> TemplateResponse:
        """Shows older news; the first page has an address already."""
        if number < 2:
            raise Http404
        return self._render_list(request, number, filters_in_use(self.languages.reader))

    @re_path(NEWS_ROUTE, name="filtered")
    def show_filtered(
        self, request: HttpRequest, name: str, value: str, number: str | None = None
    ) -> TemplateResponse:
        """Shows the news with one tag, of one year or about one twinning; none is 404."""
        filters = filters_in_use(self.languages.reader)
        chosen = next((one for one in filters if (one.name, one.value) == (name, value)), None)
        if chosen is None or number == "1":
            raise Http404
        return self._render_list(request, int(number or 1), filters, chosen)

    def _render_list(
        self,
        request: HttpRequest,
        number: int,
        filters: list[NewsFilter],
        chosen: NewsFilter | None = None,
    ) -> TemplateResponse:
        articles = NewsPage.objects.listed_for(self.languages.reader)
        pages = Paginator(chosen.apply(articles) if chosen else articles, self.PER_PAGE)
        if not 1 <= number <= pages.num_pages:
            raise Http404
        news = pages.page(number)
        part = (chosen.name, chosen.value) if chosen and chosen.name != "year" else ("", "")
        with text_in(self.language):
            groups = filter_groups(filters, chosen, self.languages.url)
            subject = self._subject_of(news, chosen, request)
            labels = [chosen.title] if chosen else []
        context: dict[str, Any] = {
            "news": news,
            "chosen_labels": labels,
            "filter_groups": groups,
            "list_feeds": feed_links(self.languages.reader, "news", *part),
            "list_url": self.languages.url + (chosen.path if chosen else ""),
            "subject": subject,
            "crumb": own_link(self) if chosen else None,
        }
        return self.render(request, context_overrides=context)

    def _subject_of(
        self, news: PaginatorPage[Any], chosen: NewsFilter | None, request: HttpRequest
    ) -> Subject:
        """Returns what one page of the list is about."""
        named = [(article.title, article.get_full_url(request)) for article in news]
        subject = replace(self.subject, data=self.structured_data() | list_data(named))
        if chosen:
            subject = replace(
                subject,
                name=f"{self.title}: {chosen.title}",
                window_title="",
                is_indexed=chosen.is_indexed,
            )
        if news.number > 1:
            title = subject.window_title or subject.name
            subject = replace(subject, window_title=f"{title} ({news.number})")
        return subject


class NewsPage(ArticlePage):
    """A piece of news."""

    authors = ParentalManyToManyField(
        Partner, blank=True, related_name="+", verbose_name=_("written by")
    )
    twinnings = ParentalManyToManyField(
        Twinning, blank=True, related_name="+", verbose_name=_("about the twinnings")
    )
    tags = ClusterTaggableManager(through=NewsTag, blank=True, verbose_name=_("tags"))

    objects = NewsManager()

    connection_panels = [
        FieldPanel("authors", widget=CheckboxSelectMultiple),
        FieldPanel("twinnings", widget=CheckboxSelectMultiple),
        FieldPanel("tags"),
        *BasePage.connection_panels,
    ]
    search_fields = [*ArticlePage.search_fields, index.FilterField("twinnings")]
    api_fields = [*ArticlePage.api_fields, "authors", "twinnings", "tags"]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("authors", overridable=False),
        SynchronizedField("twinnings", overridable=False),
    ]

    parent_page_types = ["v2v_pages.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("An article with text, images, quotations and twinnings.")
    listing_type = "news"
    listing_filters = {
        "tag": ListingFilter("tagged_items__tag__slug", tag_name),
        "twinning": ListingFilter("twinnings__number", twinning_name),
    }
    schema_type = "NewsArticle"

    class Meta:
        verbose_name = _("news article")
        verbose_name_plural = _("news articles")

    @classmethod
    def listed_pages(cls, language: str) -> models.QuerySet[Any]:
        """Adds the authors."""
        return super().listed_pages(language).prefetch_related("authors")

    @property
    def listing_authors(self) -> list[ListingAuthor]:
        """The partners who wrote it."""
        return [ListingAuthor(str(partner), partner.website) for partner in self.writers]

    @property
    def listing_tags(self) -> list[str]:
        """The names of its tags."""
        return [item.tag.name for item in self.tagged_items.all()]

    @cached_property
    def _named(self) -> dict[str, list[Named]]:
        return named_by(self, "authors", "twinnings", "tags")

    @cached_property
    def writers(self) -> list[Partner]:
        """The partners who wrote it, read once."""
        if holds_itself(self, "authors"):
            return list(self.authors.all())
        keys = {author.pk for author in self._named["authors"]}
        return [each for each in partners_by_name() if each.pk in keys] if keys else []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds what the article is connected with."""
        context = super().get_context(request, *args, **kwargs)
        twinnings, tags = (
            getattr(self, name).all() if holds_itself(self, held) else self._named[name]
            for name, held in (("twinnings", "twinnings"), ("tags", "tagged_items"))
        )
        about = {pair.pk for pair in twinnings}
        context["twinnings"] = [p for p in all_twinnings() if p.pk in about] if about else []
        context["tags"] = list(tags)
        return context

    def structured_data(self) -> dict[str, Any]:
        """Adds the partners who wrote it."""
        authors = [organization_data(partner) for partner in self.writers]
        return super().structured_data() | ({"author": authors} if authors else {})
