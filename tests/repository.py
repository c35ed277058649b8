"""Makes what tests of the repository need: topics, the list, articles."""

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone

from tests.factories import ArticlePageFactory, MultilingualFactory, PageFactory, add_text
from tests.sites import SiteTree, build_site
from v2v_pages import models as pages
from v2v_snippets import models as records


class MobilityTopicFactory(MultilingualFactory):
    """A topic with an English name that follows its slug, unless ``texts`` gives others."""

    slug = factory.Sequence(lambda n: f"topic-{n}")
    sort_order = factory.Sequence(lambda n: n)

    class Meta:
        model = records.MobilityTopic
        django_get_or_create = ["slug"]

    @factory.post_generation
    def name(self, create: Any, extracted: str | None, **kwargs: Any) -> None:
        if not self.texts.exists():
            name = extracted or self.slug.replace("-", " ").capitalize()
            add_text(self, "en", name=name, description=f"All about {name}.")


class RepositoryIndexPageFactory(PageFactory):
    """The list of the repository, in the menu."""

    title = "Repository"
    show_in_menus = True

    class Meta:
        model = pages.RepositoryIndexPage


class RepositoryArticlePageFactory(ArticlePageFactory):
    """An article reviewed today, for any country and everybody.

    ``sending_countries``, ``host_countries`` and ``topics`` take records; states: ``due``,
    ``outdated``.
    """

    title = factory.Sequence(lambda n: f"How to find out {n}")
    published_on = date(2021, 5, 1)
    last_reviewed_on = factory.LazyFunction(timezone.localdate)
    topics = factory.LazyFunction(lambda: [MobilityTopicFactory(slug="entry")])

    class Meta:
        model = pages.RepositoryArticlePage

    class Params:
        due = factory.Trait(review_on=factory.LazyFunction(timezone.localdate))
        outdated = factory.Trait(
            valid_until=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1))
        )


def add_repository(site: SiteTree) -> Any:
    """Adds the list to the site, below the home page."""
    return RepositoryIndexPageFactory(parent=site.home)


def add_article(**fields: Any) -> Any:
    """Adds an article to the repository of a site in English and Italian."""
    return RepositoryArticlePageFactory(parent=add_repository(build_site("it")), **fields)
