"""Whatever editors do, no process ever gives out an answer of before."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from wagtail.models import Page, PageViewRestriction, Site

from communication.syndication.services.change_log import refresh_change_log
from tests.factories import (
    NewsPageFactory,
    PartnerFactory,
    PersonConsentFactory,
    StandardPageFactory,
)
from tests.glossary import ConceptFactory, add_term
from tests.sites import build_site, translate
from v2v_snippets.publication.changes import recording_changes

from .servers import Server, running_server

ACTS = 500
LISTS = (
    "/en/", "/it/", "/en/news/", "/it/news/", "/feeds/en/all.atom", "/feeds/it/news.json",
    "/api/v1/content/?limit=100", "/api/v1/news/?locale=it", "/api/v1/partners/",
    "/api/v1/navigation/", "/sitemap.xml",
)  # fmt: skip
ASKED_PER_ACT = 4


class Editors:
    """Editors at work on a small site, each act a change that somebody can see."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.count = 0
        self.tree = build_site("it")
        translate(self.tree.news, "it")
        self.section = StandardPageFactory(parent=self.tree.home, title="Section")
        self.partner = PartnerFactory()
        self.consent = PersonConsentFactory(partner=self.partner)
        self.concept = ConceptFactory()
        self.paths = list(LISTS)
        self.publish()
        refresh_change_log()

    def act(self) -> str:
        """Does something by chance, and says what."""
        act = self.chance.choice(
            (
                self.publish, self.edit, self.edit, self.unpublish, self.bring_back, self.delete,
                self.move, self.close, self.open, self.translate, self.edit_partner,
                self.edit_term, self.edit_consent,
            )
        )  # fmt: skip
        self.count += 1
        with recording_changes():
            act()
        return act.__name__

    def publish(self) -> None:
        quote = {"quote": "We met.", "consent": self.consent.pk, "source": ""}
        link = f'<a linktype="term" identifier="{self.concept.identifier}">term</a>'
        page = NewsPageFactory(
            parent=Page.objects.get(pk=self.tree.news.pk).specific,
            title=f"Article {self.count}",
            slug=f"article-{self.count}",
            authors=[self.partner],
            body=[
                {"type": "paragraph", "value": f"<p>{link}</p>", "id": "p"},
                {"type": "quote", "value": quote, "id": "q"},
            ],
        )
        self.paths += [page.url, f"/api/v1/news/{page.translation_key}/"]

    def edit(self) -> None:
        if page := self._page():
            page.title = f"Edited {self.count}"
            page.save_revision().publish()

    def unpublish(self) -> None:
        if page := self._page():
            page.unpublish()

    def bring_back(self) -> None:
        if page := self._page(live=False):
            page.save_revision().publish()

    def delete(self) -> None:
        if page := self._page():
            page.delete()

    def move(self) -> None:
        page = self._page()
        # the admin refuses a translation a place beside the page whose slug it shares
        if page and page.locale.language_code == "en":
            target = self.chance.choice((self.section, self.tree.news))
            page.move(Page.objects.get(pk=target.pk), pos="last-child")
            self.paths.append(Page.objects.get(pk=page.pk).url)

    def close(self) -> None:
        page = self.chance.choice((self._page(), self._page(), self.section))
        if page:
            PageViewRestriction.objects.create(page=page, restriction_type="login")

    def open(self) -> None:
        for restriction in PageViewRestriction.objects.all():
            restriction.delete()

    def translate(self) -> None:
        page = self._page()
        is_news = page and page.get_parent().pk == self.tree.news.pk
        if is_news and not page.get_translations().exists():
            self.paths.append(translate(page, "it", title=f"Articolo {self.count}").url)

    def edit_partner(self) -> None:
        self.partner.short_name = f"School {self.count}"
        self.partner.save()

    def edit_term(self) -> None:
        add_term(self.concept, "en", f"term {self.count}", status="admitted")

    def edit_consent(self) -> None:
        self.consent.person_name = f"Person {self.count}"
        self.consent.save()

    def _page(self, *, live: bool = True) -> Any:
        pages = Page.objects.filter(live=live, content_type__model="newspage").order_by("-pk")
        keys = list(pages.values_list("pk", flat=True)[:6])
        return Page.objects.get(pk=self.chance.choice(keys)).specific if keys else None


@pytest.fixture
def servers() -> Iterator[list[Server]]:
    with running_server() as one, running_server() as other:
        yield [one, other]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_no_process_gives_out_what_was_before(
    request: pytest.FixtureRequest, settings: Settings
) -> None:
    settings.V2V_CONTENT_VERSION = ""  # here, for the truth; the servers keep facts
    chance = random.Random(20210329)
    editors = Editors(chance)
    servers: list[Server] = request.getfixturevalue("servers")
    known: dict[tuple[int, str], tuple[str, bytes]] = {}
    stale, hits = [], 0

    for number in range(ACTS):
        act = editors.act()
        Site.clear_site_root_paths_cache()
        for path in [*chance.sample(LISTS, 2), *chance.sample(editors.paths, ASKED_PER_ACT - 2)]:
            truth = Client().get(path)
            for which, server in enumerate(servers):
                tag, before = known.get((which, path), ("", b""))
                asked = {"If-None-Match": tag} if tag else {}
                status, headers, body = server.get(path, **asked)
                hits += headers.get("cache-status") == "V2V; hit"
                if status == 304:
                    status, body = 200, before
                if (status, body) != (truth.status_code, truth.content):
                    stale.append(f"{number} {act}: {path} in process {which}")
                known[which, path] = (headers.get("etag", ""), body)

    assert stale == []
    assert hits > 0
