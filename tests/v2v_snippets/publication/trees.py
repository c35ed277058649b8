"""A small site in several languages: what each test needs to know stands in its names."""

from typing import Any

from django.db import models
from wagtail.models import Locale, Page, Site

from v2v_pages.models import HomePage, NewsIndexPage, NewsPage

CODES = ("en", "it", "fi", "sq")


def add(parent: Page, page: Any, *, live: bool = True) -> Any:
    """Adds ``page`` below ``parent``; published through a revision, as editors do."""
    page.live = False
    parent.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    page.refresh_from_db()
    return page


def translate(page: Any, code: str, *, live: bool = True, **changes: Any) -> Any:
    """Adds the version of ``page`` in ``code`` with ``changes`` to its fields."""
    copy = page.copy_for_translation(Locale.objects.get(language_code=code), copy_parents=False)
    for field, value in changes.items():
        setattr(copy, field, value)
    revision = copy.save_revision()
    if live:
        revision.publish()
    copy.refresh_from_db()
    return copy


class Tree:
    """English: home, news, two articles. Finnish: all but one article. Italian: one draft.

    Albanian: home, list and one story that exists in no other language.
    """

    def __init__(self) -> None:
        locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in CODES}
        root = Page.get_first_root_node()
        summary = {"summary": "In short."}
        self.home = add(root, HomePage(title="Home", slug="home-en", headline="V2V", **summary))
        Site.objects.filter(is_default_site=True).update(root_page=self.home)
        Site.clear_site_root_paths_cache()
        self.news = add(self.home, NewsIndexPage(title="News", slug="news", **summary))
        self.article = add(self.news, NewsPage(title="Article", slug="article", **summary))
        self.only_english = add(
            self.news, NewsPage(title="Only English", slug="only-english", **summary)
        )
        self.home_fi = translate(self.home, "fi", slug="home-fi")
        self.news_fi = translate(self.news, "fi", title="Uutiset", slug="uutiset")
        self.article_fi = translate(self.article, "fi", title="Artikkeli", slug="artikkeli")
        self.home_it = translate(self.home, "it", slug="home-it")
        self.news_it = translate(self.news, "it", title="Notizie", slug="notizie")
        self.draft_it = translate(self.article, "it", live=False, title="Bozza", slug="bozza")
        self.home_sq = translate(self.home, "sq", slug="home-sq")
        self.news_sq = translate(self.news, "sq", title="Lajme", slug="lajme")
        self.only_albanian = add(
            self.news_sq,
            NewsPage(title="Tregim", slug="tregim", locale=locales["sq"], **summary),
        )


def titles(pages: "models.QuerySet[Any]") -> set[str]:
    """The titles of what a query finds."""
    return {page.title for page in pages}
