"""Filters of the list of news: by tag, year or twinning, one at a time.

A tag is a subject that readers look for, and has a place in search engines. Year and twinning only
cut the same list into pieces.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Cast, ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from v2v_snippets.language.collation import sort_key
from v2v_snippets.publication.languages import in_language

from ..facets import Choice, ChoiceGroup

if TYPE_CHECKING:
    from ..querysets import NewsQuerySet

NEWS_ROUTE: Final = (
    r"^(?P<name>tag|year|twinning)/(?P<value>[-\w]+)/(?:page/(?P<number>[0-9]{1,6})/)?$"
)
LABELS: Final = {
    "tag": gettext_lazy("Tag"),
    "year": gettext_lazy("Year"),
    "twinning": gettext_lazy("Twinning"),
}


@dataclass(frozen=True, slots=True)
class NewsFilter:
    """One filter that some article in a list has."""

    name: str
    value: str
    label: str
    count: int

    @property
    def path(self) -> str:
        """The path below the list."""
        return f"{self.name}/{self.value}/"

    @property
    def title(self) -> str:
        """What readers are told, in the language of the page being written."""
        is_number = self.name == "twinning"
        return _("Twinning %(number)s") % {"number": self.label} if is_number else self.label

    @property
    def is_indexed(self) -> bool:
        """Whether search engines should list it."""
        return self.name == "tag"

    def apply(self, articles: "NewsQuerySet") -> "NewsQuerySet":
        """Keeps the articles that it stands for."""
        fields = {
            "tag": "tagged_items__tag__slug",
            "year": "published_on__year",
            "twinning": "twinnings__number",
        }
        kept: NewsQuerySet = articles.filter(**{fields[self.name]: self.value})
        return kept


def filters_in_use(language: str) -> list[NewsFilter]:
    """Returns the filters of the list that a reader of ``language`` sees, counted in one query."""
    news = apps.get_model("v2v_pages", "NewsPage")
    listed = in_language(news.objects.all(), language).order_by().values("pk")
    tagged = apps.get_model("v2v_pages", "NewsTag").objects.filter(content_object__in=listed)
    articles = news.objects.filter(pk__in=listed).order_by()
    rows = _counted(tagged, "tag", F("tag__slug"), F("tag__name")).union(
        _counted(articles, "year", ExtractYear("published_on"), ExtractYear("published_on")),
        _counted(
            articles.filter(twinnings__isnull=False),
            "twinning",
            F("twinnings__number"),
            F("twinnings__number"),
        ),
        all=True,
    )
    return sorted((NewsFilter(*row) for row in rows), key=lambda one: _order(one, language))


def filter_groups(
    filters: list[NewsFilter], current: NewsFilter | None, base: str
) -> list[ChoiceGroup]:
    """Returns the links of all filters below the path ``base``."""
    groups = defaultdict(list)
    for one in filters:
        groups[one.name].append(Choice(one.title, base + one.path, one.count, one == current))
    everything = Choice("", base, 0, current is None)
    return [
        ChoiceGroup(label, (everything, *groups[name]))
        for name, label in LABELS.items()
        if len(groups[name]) > (name == "year")  # one year alone divides nothing
    ]


def _counted(rows: "QuerySet[Any]", name: str, value: Any, label: Any) -> "QuerySet[Any]":
    text = CharField()
    return (
        rows.order_by()
        .annotate(what=Value(name), value=Cast(value, text), label=Cast(label, text))
        .values_list("what", "value", "label")
        .annotate(number_of=Count("pk"))
    )


def _order(one: NewsFilter, language: str) -> tuple[str, int, str]:
    """Tags by name, the latest year first, twinnings by number."""
    if one.name == "tag":
        return one.name, 0, sort_key(one.label, language)
    number = int(one.value)
    return one.name, -number if one.name == "year" else number, ""
