"""A site whose languages are covered in every way there is, and what its readers must get.

The rules stand here a second time, as plain tables and loops over them, so that the site can be
compared with them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from wagtail.models import Locale, Page, Site

from tests.events import EventIndexPageFactory, EventPageFactory
from tests.factories import (
    CountryFactory,
    NewsPageFactory,
    StandardPageFactory,
    TwinningFactory,
    TwinningStoryPageFactory,
)
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory
from tests.process import (
    MobilityModulePageFactory,
    MobilityProcessPageFactory,
    fill,
    phase,
    step,
)
from tests.repository import RepositoryArticlePageFactory, RepositoryIndexPageFactory
from tests.search import SearchIndexPageFactory
from tests.sites import build_site, translate
from tests.texts import PARTNERSHIP
from tests.v2v_pages.test_accessibility_statement import StatementFactory
from tests.vet_systems import VETSystemIndexPageFactory, VETSystemPageFactory
from v2v_pages.facets import path_code
from v2v_snippets.models import Twinning

CHAINS: Final = {
    **{code: (code, "en") for code in PARTNERSHIP},
    "cnr": ("cnr", "sr-latn", "bs", "hr", "en"),
    "sr-latn": ("sr-latn", "bs", "hr", "en"),
    "sr": ("sr", "sr-latn", "bs", "hr", "en"),
    "bs": ("bs", "hr", "en"),
    "ca": ("ca", "es", "en"),
}
"""What readers of each language get, nearest first; then the language a page was born in."""


@dataclass
class Covered:
    """One page in all its languages: the path below the prefix, by language, oldest first."""

    name: str
    paths: dict[str, str]
    hidden: list[str] = field(default_factory=list)
    """Whole paths of drafts, at which nothing may be found."""

    below: tuple[str, ...] = ()
    """Paths below the page that are pages of their own, such as ``1/``; the same everywhere."""

    def language_for(self, reader: str) -> str:
        """Returns the language in which a reader gets this page."""
        nearest = next((code for code in CHAINS[reader] if code in self.paths), None)
        return nearest or next(iter(self.paths))

    def path_for(self, reader: str) -> str:
        """Returns the address at which a reader gets this page."""
        return f"/{reader}/{self.paths[self.language_for(reader)]}"

    def detours(self, reader: str) -> Iterator[str]:
        """Yields the addresses that must lead this reader on."""
        yield from {f"/{reader}/{path}" for path in self.paths.values()} - {self.path_for(reader)}


class CoveredSite:
    """Every state that a translation can be in.

    English, Italian and Croatian: all. Finnish and Bosnian: lists, and the article as a draft; of
    the project's knowledge, Finnish drafts below Finnish lists, and Bosnian nothing. Montenegrin:
    aliases of the parents, nothing below; lists of knowledge below the alias of the home page.
    Serbian in Latin letters: aliases of the parents with real pages below. Spanish: home page, the
    article under its English slug, and drafts of lists. Albanian: lists, and what was born there,
    of each type one. Dutch, Slovenian, Serbian, Catalan: nothing at all.
    """

    def __init__(self) -> None:
        self.tree = build_site("it", "fi", "hr", "bs", "sq", "es")
        home, news = self.tree.home, self.tree.news
        pair: Twinning = TwinningFactory(number=1)
        article = NewsPageFactory(parent=news, slug="article", tags=["visits"])
        about = StandardPageFactory(parent=home, slug="about")
        story = TwinningStoryPageFactory(parent=self.tree.twinnings, slug="story", twinning=pair)
        for code, words in LISTS.items():
            for page in (news, self.tree.twinnings, self.tree.partners):
                translate(page, code, slug=words[page.slug])
        for code in ("it", "hr"):
            for page in (article, about, story):
                translate(page, code, slug=f"{page.slug}-{code}")
        for code in ("fi", "bs"):
            translate_as_draft(article, code)
        translate(news, "es")
        translate(article, "es")
        for code in ("cnr", "sr-latn"):
            news.copy_for_translation(locale_of(code), copy_parents=True, alias=True)
        translate(article, "sr-latn", slug="clanak")
        born = NewsPageFactory(parent=version(news, "sq"), slug="tregim")
        alone = StandardPageFactory(parent=version(home, "sq"), slug="rreth-nesh")
        Site.clear_site_root_paths_cache()
        self.pages = [
            covered("home", home),
            covered("news", news, "tag/visits/"),
            covered("twinnings", self.tree.twinnings, "1/"),
            covered("partners", self.tree.partners, f"{pair.european_school.slug}/"),
            covered("article", article),
            covered("about", about),
            covered("story", story),
            covered("born in Albanian", born),
            covered("standing page born in Albanian", alone),
            *self._knowledge(),
        ]

    def _knowledge(self) -> Iterator[Covered]:
        """Adds the pages of the project's knowledge in the states that pages can be in."""
        pages = add_knowledge(self.tree.home, "NL")
        slovenia = VETSystemPageFactory(parent=pages["VET systems"], country=country_of("SI"))
        whole = {**pages, "another VET system": slovenia}
        for code in ("it", "hr"):
            for page in whole.values():
                translate(page, code, slug=f"{page.slug}-{code}")
        translate_in_part(
            *([pages[name] for name in names] for names in (LISTS_OF_KNOWLEDGE, BELOW_LISTS, ALONE))
        )
        born = add_knowledge(version(self.tree.home, "sq"), "XK", "-sq")
        concept = ConceptFactory(terms={"en": "pupil", "hr": "đak"})
        below = {
            "events": ("kind/meeting/",),
            "glossary": (f"{concept.identifier}/", f"domain/{path_code(concept.domain)}/"),
            "process": ("checklist/",),
            "VET systems": ("compare/nl/si/",),
        }
        for name, page in whole.items():
            yield covered(name, page, *below.get(name, ()))
        for name, page in born.items():
            yield covered(f"{name} born in Albanian", page)


LISTS_OF_KNOWLEDGE: Final = ("events", "repository", "VET systems", "process")
BELOW_LISTS: Final = ("event", "repository article", "VET system", "module")
ALONE: Final = ("glossary", "search", "statement")


def add_knowledge(home: Any, country: str, end: str = "") -> dict[str, Any]:
    """Publishes one page of each type of knowledge; ``end`` is that of their slugs."""
    events = EventIndexPageFactory(parent=home, slug=f"events{end}")
    repository = RepositoryIndexPageFactory(parent=home, slug=f"repository{end}")
    systems = VETSystemIndexPageFactory(parent=home, slug=f"vet-systems{end}")
    process = MobilityProcessPageFactory(parent=home, slug=f"process{end}")
    module = MobilityModulePageFactory(parent=process, slug=f"papers{end}", steps=[step()])
    return {
        "events": events,
        "event": EventPageFactory(parent=events, slug=f"visit{end}"),
        "repository": repository,
        "repository article": RepositoryArticlePageFactory(parent=repository, slug=f"costs{end}"),
        "VET systems": systems,
        "VET system": VETSystemPageFactory(parent=systems, country=country_of(country)),
        "process": fill(process, phase(module)),
        "module": module,
        "glossary": GlossaryIndexPageFactory(parent=home, slug=f"glossary{end}"),
        "search": SearchIndexPageFactory(parent=home, slug=f"search{end}"),
        "statement": StatementFactory(parent=home, slug=f"accessibility{end}"),
    }


def translate_in_part(lists: list[Any], below: list[Any], alone: Iterable[Any] = ()) -> None:
    """Adds what is in one language a page, in another a draft, in a third an alias.

    ``below`` are pages that stand below the lists, ``alone`` those that stand without any.
    """
    for page in lists:
        translate(page, "fi", slug=f"{page.slug}-fi")
        translate(page, "cnr", slug=f"{page.slug}-cnr")
        page.copy_for_translation(locale_of("sr-latn"), alias=True)
    for page in (*lists, *alone):
        translate_as_draft(page, "es")
    for page in below:
        translate_as_draft(page, "fi")
    for page in (*below, *alone):
        translate(page, "sr-latn", slug=f"{page.slug}-sr-latn")


def covered(name: str, page: Any, *below: str) -> Covered:
    """Returns what readers must get of a page, from what is published of it."""
    case = Covered(name, {}, below=below)
    for each in page.get_translations(inclusive=True).order_by("pk").select_related("locale"):
        code, prefix = each.locale.language_code, f"/{each.locale.language_code}/"
        if each.live and each.alias_of_id is None:
            case.paths[code] = each.url.removeprefix(prefix)
        elif not each.live:
            case.hidden.append(f"{each.get_parent().url}{each.slug}/")
    return case


def country_of(code: str) -> Any:
    return CountryFactory(code=code, kosovo=code == "XK")


LISTS: Final = {
    "it": {"news": "notizie", "twinnings": "gemellaggi", "schools": "scuole"},
    "fi": {"news": "uutiset", "twinnings": "parit", "schools": "koulut"},
    "hr": {"news": "novosti", "twinnings": "parovi", "schools": "skole"},
    "bs": {"news": "vijesti", "twinnings": "parovi-bs", "schools": "skole-bs"},
    "sq": {"news": "lajme", "twinnings": "cifte", "schools": "shkolla"},
}
"""Slugs of the lists, by language."""


def locale_of(code: str) -> Locale:
    return Locale.objects.get(language_code=code)


def version(page: Any, code: str) -> Any:
    return page.get_translation(locale_of(code))


def translate_as_draft(page: Page, code: str) -> None:
    """Adds a translation that nobody has published."""
    draft = page.copy_for_translation(locale_of(code))
    draft.slug = f"{page.slug}-draft-{code}"
    draft.save()
