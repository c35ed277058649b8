"""By what the repository can be filtered, and which articles come first.

Who asks about a country gets the articles about it, and those that hold for any country: these
come last.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from v2v_snippets.enums import ReviewState, TargetGroup
from v2v_snippets.language.locales import content_languages, own_name
from v2v_snippets.models import Country, MobilityTopic
from v2v_snippets.publication.published import published_public

from ..facets import Facet, FilteredRecords, labels_in_order, path_code

if TYPE_CHECKING:
    from ..models.repository import RepositoryArticlePage

WITHOUT_TOPIC: Final = 2**16
"""Behind all topics, whose order is a small number."""


def repository_facets(articles: Sequence["RepositoryArticlePage"]) -> tuple[Facet, ...]:
    """Returns the filters in the order in which a path holds them: five queries.

    Labels are in the language of the page being written.
    """
    topics = {topic.slug: topic.name for topic in MobilityTopic.objects.prefetch_related("texts")}
    countries = Country.objects.prefetch_related("texts")
    names = labels_in_order({country.code: country.name for country in countries})
    languages = languages_of(article.translation_key for article in articles)
    return (
        Facet("topic", _("Topic"), _topics_of, topics),
        Facet(
            "sending", pgettext_lazy("country", "From"), _sending_countries_of, names, is_open=True
        ),
        Facet("host", pgettext_lazy("country", "To"), _host_countries_of, names, is_open=True),
        Facet("for", _("For"), _groups_of, dict(TargetGroup.choices), is_open=True),
        Facet("state", _("State"), _state_of, dict(ReviewState.choices)),
        Facet(
            "language",
            _("Language"),
            lambda article: languages[article.translation_key],
            {code: own_name(code) for code in content_languages()},
        ),
    )


def languages_of(keys: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """Returns the languages in which articles are public, with their own names: one query."""
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    pages = published_public(Page.objects.filter(translation_key__in=set(keys)))
    for key, code in pages.values_list("translation_key", "locale__language_code"):
        found[key][code] = own_name(code)
    return found


def most_specific_first(filtered: FilteredRecords) -> list["RepositoryArticlePage"]:
    """Returns the matching articles: those that name the asked countries, then by topic and date.

    The records must come latest first.
    """
    return sorted(
        filtered.matching,
        key=lambda article: (-_named(article, filtered.chosen), _place_of(article)),
    )


def repository_paths() -> list[str]:
    """Returns the paths of single filters that public articles have: three queries."""
    model = apps.get_model("v2v_pages", "RepositoryArticlePage")
    public = model.objects.filter(pk__in=published_public(model.objects.all()).values("pk"))
    columns = {
        "topic": "topics__slug",
        "sending": "sending_countries__code",
        "host": "host_countries__code",
    }
    return [
        f"{name}/{path_code(value)}/"
        for name, column in columns.items()
        for value in public.exclude(**{column: None})
        .order_by(column)
        .values_list(column, flat=True)
        .distinct()
    ]


def _named(article: "RepositoryArticlePage", chosen: dict[str, str]) -> int:
    """Returns how many of the asked countries an article names."""
    names = {"sending": _sending_countries_of(article), "host": _host_countries_of(article)}
    return sum(chosen.get(facet, "") in _codes(values) for facet, values in names.items())


def _codes(values: Collection[str]) -> set[str]:
    return {path_code(code) for code in values}


def _place_of(article: "RepositoryArticlePage") -> int:
    return min((topic.sort_order for topic in article.topics.all()), default=WITHOUT_TOPIC)


def _topics_of(article: "RepositoryArticlePage") -> dict[str, str]:
    return {topic.slug: topic.name for topic in article.topics.all()}


def _sending_countries_of(article: "RepositoryArticlePage") -> dict[str, str]:
    return {country.code: country.name for country in article.sending_countries.all()}


def _host_countries_of(article: "RepositoryArticlePage") -> dict[str, str]:
    return {country.code: country.name for country in article.host_countries.all()}


def _groups_of(article: "RepositoryArticlePage") -> dict[str, Any]:
    return {group.value: group.label for group in article.target_groups}


def _state_of(article: "RepositoryArticlePage") -> dict[str, Any]:
    return {article.state.value: article.state.label}
