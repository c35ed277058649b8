"""Builds whole sites: a tree of pages in one or more languages, and the partnership's records."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Locale, Page, ReferenceIndex, Site

from tests.factories import (
    CountryFactory,
    HomePageFactory,
    NewsIndexPageFactory,
    PartnerFactory,
    PartnerIndexPageFactory,
    TwinningFactory,
    TwinningIndexPageFactory,
)
from tests.replaying import replay
from v2v_pages.models import HomePage, NewsIndexPage, PartnerIndexPage, TwinningIndexPage
from v2v_snippets.models import Twinning


@contextmanager
def kept_for_a_module(blocker: Any) -> Iterator[None]:
    """Keeps what is made inside for all tests of a module; each test's own changes are undone.

    ``blocker`` is pytest-django's ``django_db_blocker``. Tests of such a module cannot commit.
    """
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True)
class SiteTree:
    """The pages that every site has, in its default language."""

    home: HomePage
    news: NewsIndexPage
    twinnings: TwinningIndexPage
    partners: PartnerIndexPage


TREE = (HomePage, NewsIndexPage, TwinningIndexPage, PartnerIndexPage)


def build_site(*languages: str) -> SiteTree:
    """Makes the English tree the site, in place of Wagtail's welcome page.

    Of each further language only the home page exists, so that all else falls back to English;
    ``translate()`` adds more.
    """
    replay(("site", *languages), lambda: build_trees(languages))
    return SiteTree(*(model.objects.get(locale=Locale.get_default()) for model in TREE))


def build_trees(languages: Iterable[str]) -> None:
    """Publishes all pages of ``build_site()``."""
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    root = Page.get_first_root_node()
    welcome = Page.objects.get(depth=2)
    home = HomePageFactory(parent=root, title="V2V", slug="v2v")
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": home})
    Site.clear_site_root_paths_cache()
    welcome.delete()
    for section in (NewsIndexPageFactory, TwinningIndexPageFactory, PartnerIndexPageFactory):
        section(parent=home)
    for language in languages:
        translate(home, language)


def translate(page: Any, language: str, **fields: Any) -> Any:
    """Publishes ``page`` in ``language`` with other ``fields``; its parents must be there."""
    locale = Locale.objects.get(language_code=language)
    copy = page.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    Site.clear_site_root_paths_cache()
    return type(page).objects.get(pk=copy.pk)


def linked(file: Any) -> Any:
    """Returns a document or image that the first public page uses, for Wagtail's index at least."""
    page = Page.objects.live().filter(depth=2)[0]
    kind, target = (ContentType.objects.get_for_model(model) for model in (Page, type(file)))
    ReferenceIndex.objects.create(
        content_type=kind,
        base_content_type=kind,
        object_id=page.pk,
        to_content_type=target,
        to_object_id=file.pk,
        model_path="body",
        content_path="body",
        content_path_hash=uuid4(),
    )
    return file


COUNTRIES = {
    "IT": ("Italy", "Italia", "42.80", "12.60"),
    "NL": ("Netherlands", "Paesi Bassi", "52.25", "5.60"),
    "FI": ("Finland", "Finlandia", "64.50", "26.20"),
    "SI": ("Slovenia", "Slovenia", "46.12", "14.81"),
    "HR": ("Croatia", "Croazia", "45.10", "15.60"),
    "ME": ("Montenegro", "Montenegro", "42.75", "19.25"),
    "BA": ("Bosnia and Herzegovina", "Bosnia ed Erzegovina", "44.20", "17.80"),
}
"""Names in English and Italian, and the middle of each country."""

PAIRS = [
    (("APRO Formazione", "IT", "Alba 44.70 8.03"), ("Danilo Kiš", "ME", "Budva 42.29 18.84")),
    (("Noorderpoort", "NL", ""), ("SŠSK", "BA", "Sarajevo 43.86 18.41")),
    (("SEDU", "FI", ""), ("Centre of Competence", "XK", "Ferizaj 42.37 21.16")),
    (("SIC Ljubljana", "SI", "Ljubljana 46.05 14.51"), ("JU SSŠ “Ivan Uskoković”", "ME", "")),
    (("GSC", "HR", ""), ("Diakonie Training Center", "XK", "")),
]
"""Name, country and, where it is known, city of both schools of each pair."""


def build_partnership() -> list[Twinning]:
    """Makes the five pairs of the project with the places that are known of them."""
    replay(("partnership",), build_pairs)
    return list(
        Twinning.objects.select_related(
            "european_school__country", "balkan_school__country"
        ).order_by("number")
    )


def build_pairs() -> None:
    """Writes all records of ``build_partnership()``."""
    for code, (english, italian, latitude, longitude) in COUNTRIES.items():
        texts = {"en": {"name": english}, "it": {"name": italian}}
        CountryFactory(code=code, latitude=latitude, longitude=longitude, texts=texts)
    CountryFactory(kosovo=True)
    for number, (european, balkan) in enumerate(PAIRS, start=1):
        TwinningFactory(
            number=number,
            european_school=_school(*european, lead=number == 1),
            balkan_school=_school(*balkan, balkan=True),
        )


def _school(name: str, code: str, city: str, **traits: bool) -> Any:
    place = dict(zip(("city", "latitude", "longitude"), city.split(), strict=False))
    country = CountryFactory(code=code)
    return PartnerFactory(short_name=name, country=country, **place, **traits)
