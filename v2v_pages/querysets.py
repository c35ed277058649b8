"""What lists read: each page once, in the reader's best language, with all that a list shows."""

from datetime import date
from typing import Any, Self

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from taggit.models import Tag
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from v2v_snippets.enums import ReviewState
from v2v_snippets.language.locales import default_language
from v2v_snippets.models import Twinning
from v2v_snippets.publication.languages import in_language
from v2v_snippets.publication.published import published, published_public


class ArticleQuerySet(PageQuerySet):
    """Reads news and stories as lists show them."""

    def listed_for(self, language: str) -> Self:
        """Keeps what a reader of ``language`` sees, newest first, with what a list shows of it."""
        listed: Self = in_language(self, language).select_related("locale", "listing_image")
        return listed.order_by("-published_on", "-pk")


class NewsQuerySet(ArticleQuerySet):
    """Reads news with their tags and twinnings."""

    def listed_for(self, language: str) -> Self:
        """Adds the tags: two more queries, however long the list."""
        return super().listed_for(language).prefetch_related("tagged_items__tag")

    def tagged(self, tag: Tag) -> Self:
        """Keeps the articles with this tag."""
        return self.filter(tagged_items__tag=tag)

    def about(self, twinning: Twinning) -> Self:
        """Keeps the articles about this twinning."""
        return self.filter(twinnings=twinning)

    def tags_in_use(self) -> list[Tag]:
        """Returns the tags that at least one public article has, by name."""
        public = published_public(self).values("pk")
        tags = Tag.objects.filter(v2v_news_items__content_object__in=public)
        return list(tags.distinct().order_by("name", "pk"))


class StoryQuerySet(ArticleQuerySet):
    """Reads stories with the twinning that each tells of."""

    def listed_for(self, language: str) -> Self:
        """Adds the twinning, in the same query."""
        return super().listed_for(language).select_related("twinning")

    def about(self, twinning: Twinning) -> Self:
        """Keeps the stories of this twinning."""
        return self.filter(twinning=twinning)


class VETSystemQuerySet(PageQuerySet):
    """Reads the profiles of VET systems with their countries."""

    def listed_for(self, language: str) -> Self:
        """Keeps what a reader of ``language`` sees: 2 queries."""
        listed: Self = in_language(self, language).select_related("locale", "country")
        return listed.prefetch_related("country__texts").order_by("country__code", "region", "pk")

    def with_samples(self) -> Self:
        """Tells of each, as ``has_samples``, whether any of it is an example: no query more.

        Facts are those of the original, the oldest public version; so it is asked of its rows.
        """
        systems = self.model._default_manager.filter(translation_key=OuterRef("translation_key"))
        oldest = published_public(systems).order_by("pk").values("pk")[:1]
        of_samples = Q(vet_values__is_sample=True) | Q(vet_programmes__is_sample=True)
        originals = systems.filter(of_samples, pk=Subquery(oldest)).order_by()
        return self.annotate(has_samples=Exists(originals))

    def of_countries(self, language: str) -> list[Any]:
        """Returns the profiles of whole countries, by code; with no language, in any."""
        return list(self.filter(region="").listed_for(language or default_language()))


class RepositoryQuerySet(ArticleQuerySet):
    """Reads articles of the repository, and tells the reliable ones from the others."""

    def listed_for(self, language: str) -> Self:
        """Adds the topics with their names: two more queries, however long the list."""
        return super().listed_for(language).prefetch_related("topics__texts")

    def with_countries(self) -> Self:
        """Loads the countries that each is about, with their names: four more queries."""
        return self.prefetch_related("sending_countries__texts", "host_countries__texts")

    def valid_on(self, day: date) -> Self:
        """Keeps the articles whose time is not over on that day."""
        return self.exclude(valid_until__lt=day)

    def review_due_on(self, day: date) -> Self:
        """Keeps the articles that somebody should have read again by that day."""
        return self.filter(review_on__lte=day)

    def in_state(self, state: ReviewState, day: date) -> Self:
        """Keeps the articles that are in this state on that day."""
        return self.filter(state_on(state, day))

    def originals(self) -> Self:
        """Keeps the oldest published version of each: all versions are reviewed as one."""
        older = self.model._default_manager.filter(
            translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk")
        )
        kept: Self = published(self).exclude(Exists(published(older)))
        return kept


class EventQuerySet(ArticleQuerySet):
    """Reads events, the coming ones apart from the past."""

    def listed_for(self, language: str) -> Self:
        """Adds the country with its names, latest first: one more query."""
        listed = super().listed_for(language).select_related("country")
        return listed.prefetch_related("country__texts").order_by("-last_day", "-starts_on", "-pk")

    def with_partners(self) -> Self:
        """Loads hosts and twinnings: two more queries."""
        return self.prefetch_related("hosts", "twinnings")

    def coming_on(self, day: date) -> Self:
        """Keeps the events that are not over on that day, the next one first."""
        return self.filter(last_day__gte=day).in_order()

    def in_order(self) -> Self:
        """Orders events as they happen, those of a whole day before its hours."""
        return self.order_by("starts_on", F("starts_at").asc(nulls_first=True), "pk")

    def about(self, twinning: Twinning) -> Self:
        """Keeps the events of this twinning."""
        return self.filter(twinnings=twinning)


def next_first(day: date) -> list[Any]:
    """Returns the order of events that begins with the next one after ``day``, then the latest."""
    comes = Case(When(last_day__gte=day, then="starts_on"), default=None)
    return [comes.asc(nulls_last=True), "-last_day", "-starts_on", "-pk"]


def state_on(state: ReviewState, day: date) -> Q:
    """Returns the condition of being in a state on that day.

    ``RepositoryArticlePage.state_on()`` says the same of one article.
    """
    is_over, is_due = Q(valid_until__lt=day), Q(review_on__lte=day)
    lasts = Q(valid_until=None) | Q(valid_until__gte=day)
    conditions = {
        ReviewState.OUTDATED: is_over,
        ReviewState.DUE: lasts & is_due,
        ReviewState.FRESH: lasts & ~is_due,
    }
    return conditions[state]


ArticleManager = PageManager.from_queryset(ArticleQuerySet)
NewsManager = PageManager.from_queryset(NewsQuerySet)
StoryManager = PageManager.from_queryset(StoryQuerySet)
VETSystemManager = PageManager.from_queryset(VETSystemQuerySet)
RepositoryManager = PageManager.from_queryset(RepositoryQuerySet)
EventManager = PageManager.from_queryset(EventQuerySet)
