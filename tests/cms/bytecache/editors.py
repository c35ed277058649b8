"""Editors at work on a small site: each act is a change that somebody can see."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.management import call_command
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from communication.syndication.services.change_log import refresh_change_log
from tests.events import EventPageFactory, add_events
from tests.factories import (
    DocumentFactory,
    ImageFactory,
    NewsPageFactory,
    PartnerFactory,
    PersonConsentFactory,
    ProjectSettingsFactory,
    StandardPageFactory,
)
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory, add_term
from tests.search import SearchIndexPageFactory
from tests.sites import build_site, translate
from v2v_snippets.publication.changes import recording_changes
from v2v_snippets.services.renditions import make_renditions

OF_EVENTS = (
    "/en/events/", "/api/v1/events/", "/calendars/en/events.ics", "/feeds/en/events.json",
)  # fmt: skip
OF_TERMS = ("/en/glossary/", "/api/v1/glossary/?limit=100", "/feeds/en/terms.json")
LISTS = (
    "/en/", "/it/", "/en/news/", "/it/news/", "/feeds/en/all.atom", "/feeds/it/news.json",
    "/feeds/en/all.rss", "/api/v1/content/?limit=100", "/api/v1/news/?locale=it",
    "/api/v1/news/?fields=*", "/api/v1/partners/", "/api/v1/navigation/", "/api/v1/images/",
    "/api/v1/documents/", "/embed/en/news/", "/embed/en/news.json", "/sitemap.xml",
    "/en/search/?q=article", "/api/v1/search/?q=article", "/api/v1/tags/", "/api/v1/redirects/",
    "/api/v1/settings/", "/api/v1/changes/", *OF_EVENTS, *OF_TERMS,
)  # fmt: skip
NEWEST = 6
"""Editors are at work on so many articles."""
AHEAD = timedelta(seconds=3)
"""When an article ends: late enough for others to read it once more."""

Paths = list[str]
"""Addresses of what somebody has worked on."""


@dataclass(frozen=True)
class Act:
    """What was done, where it shows, and when time completes it."""

    name: str
    paths: Paths
    moment: datetime | None = None


class Editors:
    """Acts by chance; ``paths`` grows with all that may show what they did."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.count = 0
        self.tree = build_site("it")
        translate(self.tree.news, "it")
        self.section = StandardPageFactory(parent=self.tree.home, title="Section")
        self.partner = PartnerFactory()
        self.consent = PersonConsentFactory(partner=self.partner)
        self.concept = ConceptFactory()
        self.image = ImageFactory(file__width=48, file__height=30)
        self.document = DocumentFactory()
        self.shelf = Collection.get_first_root_node().add_child(name="Shelf")
        self.settings = ProjectSettingsFactory()
        GlossaryIndexPageFactory(parent=self.tree.home)
        SearchIndexPageFactory(parent=self.tree.home)
        self.event = EventPageFactory(parent=add_events(self.tree), coming=True)
        self.of_page: dict[int, Paths] = {}
        self.of_term = [f"/api/v1/glossary/{self.concept.identifier}/", *OF_TERMS]
        self.of_image = [f"/api/v1/images/{self.image.public_id}/", "/api/v1/images/"]
        self.of_document = [f"/api/v1/documents/{self.document.public_id}/", self.document.url]
        self.paths = [*LISTS, *self.of_term, *self.of_image, *self.of_document]
        self.publish()
        refresh_change_log()

    def act(self) -> Act:
        """Does something by chance, and says what."""
        acts: tuple[Callable[[], Paths], ...] = (
            self.publish, self.edit, self.edit, self.unpublish, self.bring_back, self.delete,
            self.expire, self.clean_up, self.move, self.close, self.open, self.translate,
            self.edit_partner, self.edit_term, self.edit_consent, self.edit_image,
            self.draw_image, self.edit_document, self.move_files, self.close_files,
            self.edit_event, self.edit_settings, self.redirect, self.tag,
        )  # fmt: skip
        act = self.chance.choice(acts)
        self.count += 1
        self.moment: datetime | None = None
        with recording_changes():
            paths = act()
        return Act(act.__name__, paths, self.moment)

    def publish(self) -> Paths:
        quote = {"quote": "We met.", "consent": self.consent.pk, "source": ""}
        link = f'<a linktype="term" identifier="{self.concept.identifier}">term</a>'
        files = {"heading": "", "documents": [self.document.pk]}
        page = NewsPageFactory(
            parent=Page.objects.get(pk=self.tree.news.pk).specific,
            title=f"Article {self.count}",
            slug=f"article-{self.count}",
            authors=[self.partner],
            listing_image=self.image,
            body=[
                {"type": "paragraph", "value": f"<p>{link}</p>", "id": "p"},
                {"type": "quote", "value": quote, "id": "q"},
                {"type": "documents", "value": files, "id": "d"},
            ],
        )
        return self._found(
            page,
            page.url,
            f"/api/v1/news/{page.translation_key}/",
            f"/embed/en/item/{page.translation_key}/",
            f"/oembed/?url=http://testserver{page.url}",
        )

    def edit(self) -> Paths:
        if page := self._page():
            page.title = f"Edited {self.count}"
            page.save_revision().publish()
        return self._of(page)

    def tag(self) -> Paths:
        if page := self._page():
            page.tags.add(f"tag {self.count}")
            page.save_revision().publish()
        return [*self._of(page), "/api/v1/tags/"]

    def unpublish(self) -> Paths:
        if page := self._page():
            page.unpublish()
        return self._of(page)

    def bring_back(self) -> Paths:
        if page := self._page(live=False):
            page.expire_at = None
            page.save_revision().publish()
        return self._of(page)

    def delete(self) -> Paths:
        page = self._page()
        paths = self._of(page)
        if page:
            page.delete()
        return paths

    def expire(self) -> Paths:
        """The time of an article is over in a moment; no command will have run then."""
        if page := self._page():
            page.expire_at = self.moment = timezone.now() + AHEAD
            page.save_revision().publish()
        return self._of(page)

    def clean_up(self) -> Paths:
        call_command("publish_scheduled")
        return []

    def move(self) -> Paths:
        page = self._page()
        target = Page.objects.get(pk=self.chance.choice((self.section, self.tree.news)).pk)
        if not page or target.get_children().exclude(pk=page.pk).filter(slug=page.slug).exists():
            return []  # that one is its translation
        page.move(target, pos="last-child")
        return self._found(page, Page.objects.get(pk=page.pk).url)

    def redirect(self) -> Paths:
        """Sends who asks for an old address to an article, wherever that is then."""
        page, path = self._page(), f"/en/old-{self.count}"
        if page:
            Redirect.objects.create(old_path=path, redirect_page_id=page.pk)
            self._found(page, f"{path}/")
        return [f"{path}/", "/api/v1/redirects/"]

    def close(self) -> Paths:
        page = self.chance.choice((self._page(), self._page(), self.section))
        if page:
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        return self._of(page)

    def open(self) -> Paths:
        for model in (PageViewRestriction, CollectionViewRestriction):
            for restriction in model.objects.all():
                restriction.delete()
        return self._of(self._page())

    def translate(self) -> Paths:
        page = self._page()
        is_news = page and page.get_parent().pk == self.tree.news.pk
        if not is_news or page.get_translations().exists() or page.locale != self.tree.news.locale:
            return []  # an orphaned translation may have been moved there
        return self._found(page, translate(page, "it", title=f"Articolo {self.count}").url)

    def edit_event(self) -> Paths:
        self.event.title = f"Event {self.count}"
        self.event.starts_on = date(2121, 3, 15) + timedelta(days=self.count)
        self.event.save_revision().publish()
        key = self.event.translation_key
        own = (self.event.url, f"/api/v1/events/{key}/", f"/calendars/en/events/{key}.ics")
        return [*own, *OF_EVENTS]

    def edit_settings(self) -> Paths:
        self.settings.contact_email = f"office{self.count}@v2v.example"
        self.settings.save()
        return ["/api/v1/settings/", "/en/"]

    def edit_partner(self) -> Paths:
        self.partner.short_name = f"School {self.count}"
        self.partner.save()
        return ["/api/v1/partners/", *self._of(self._page())]

    def edit_term(self) -> Paths:
        add_term(self.concept, "en", f"term {self.count}", status="admitted")
        return self.of_term

    def edit_consent(self) -> Paths:
        self.consent.person_name = f"Person {self.count}"
        self.consent.save()
        return self._of(self._page())

    def edit_image(self) -> Paths:
        self.image.description = f"Bench {self.count}"
        self.image.save()
        return [*self.of_image, *self._of(self._page())]

    def draw_image(self) -> Paths:
        """Loses all versions, or has the missing ones made as the worker does."""
        if self.chance.random() < 0.5:
            for rendition in self.image.renditions.all():
                rendition.delete()
        else:
            make_renditions(image=self.image)
        return [*self.of_image, *self._of(self._page())]

    def edit_document(self) -> Paths:
        self.document.title = f"Programme {self.count}"
        self.document.save()
        return [*self.of_document, *self._of(self._page())]

    def move_files(self) -> Paths:
        """Puts both files on the shelf, or back."""
        root = Collection.get_first_root_node()
        for file in (self.image, self.document):
            file.collection = self.chance.choice((root, self.shelf))
            file.save()
        return [*self.of_image, *self.of_document]

    def close_files(self) -> Paths:
        CollectionViewRestriction.objects.create(collection=self.shelf, restriction_type="login")
        return [*self.of_image, *self.of_document]

    def _found(self, page: Any, *paths: str) -> Paths:
        """Notes more addresses of a page; returns all that it has had."""
        self.paths += paths
        self.of_page.setdefault(page.pk, []).extend(paths)
        return self._of(page)

    def _of(self, page: Any) -> Paths:
        """Returns the last addresses of a page; one that changes can change all these as well."""
        if page is None:
            return []
        shared = ("/api/v1/changes/", "/api/v1/news/?fields=*", "/en/search/?q=article")
        return [*self.of_page.get(page.pk, [])[-6:], *shared]

    def _page(self, *, live: bool = True) -> Any:
        pages = Page.objects.filter(live=live, content_type__model="newspage").order_by("-pk")
        keys = list(pages.values_list("pk", flat=True)[:NEWEST])
        return Page.objects.get(pk=self.chance.choice(keys)).specific if keys else None
