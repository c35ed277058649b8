"""Editors at work on a small site: each act is a change that somebody can see."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from communication.syndication.services.change_log import refresh_change_log
from tests.factories import (
    DocumentFactory,
    ImageFactory,
    NewsPageFactory,
    PartnerFactory,
    PersonConsentFactory,
    StandardPageFactory,
)
from tests.glossary import ConceptFactory, add_term
from tests.sites import build_site, translate
from v2v_snippets.publication.changes import recording_changes
from v2v_snippets.services.renditions import make_renditions

LISTS = (
    "/en/", "/it/", "/en/news/", "/it/news/", "/feeds/en/all.atom", "/feeds/it/news.json",
    "/feeds/en/all.rss", "/api/v1/content/?limit=100", "/api/v1/news/?locale=it",
    "/api/v1/news/?fields=*", "/api/v1/partners/", "/api/v1/navigation/", "/api/v1/images/",
    "/api/v1/documents/", "/embed/en/news/", "/embed/en/news.json", "/sitemap.xml",
)  # fmt: skip
NEWEST = 6
"""Editors are at work on so many articles."""


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
        key = self.concept.identifier
        self.paths = [
            *LISTS,
            f"/api/v1/glossary/{key}/",
            f"/api/v1/images/{self.image.public_id}/",
            f"/api/v1/documents/{self.document.public_id}/",
            self.document.url,
        ]
        self.publish()
        refresh_change_log()

    def act(self) -> str:
        """Does something by chance, and says what."""
        acts: tuple[Callable[[], None], ...] = (
            self.publish, self.edit, self.edit, self.unpublish, self.bring_back, self.delete,
            self.expire, self.clean_up, self.move, self.close, self.open, self.translate,
            self.edit_partner, self.edit_term, self.edit_consent, self.edit_image,
            self.draw_image, self.edit_document, self.move_files, self.close_files,
        )  # fmt: skip
        act = self.chance.choice(acts)
        self.count += 1
        with recording_changes():
            act()
        return act.__name__

    def publish(self) -> None:
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
        self.paths += [
            page.url,
            f"/api/v1/news/{page.translation_key}/",
            f"/embed/en/item/{page.translation_key}/",
            f"/oembed/?url=http://testserver{page.url}",
        ]

    def edit(self) -> None:
        if page := self._page():
            page.title = f"Edited {self.count}"
            page.save_revision().publish()

    def unpublish(self) -> None:
        if page := self._page():
            page.unpublish()

    def bring_back(self) -> None:
        if page := self._page(live=False):
            page.expire_at = None
            page.save_revision().publish()

    def delete(self) -> None:
        if page := self._page():
            page.delete()

    def expire(self) -> None:
        """The time of an article is over; the command has not run yet."""
        if page := self._page():
            page.expire_at = timezone.now() - timedelta(seconds=1)
            page.save_revision().publish()

    def clean_up(self) -> None:
        call_command("publish_scheduled")

    def move(self) -> None:
        if page := self._page():
            target = Page.objects.get(pk=self.chance.choice((self.section, self.tree.news)).pk)
            others = target.get_children().exclude(pk=page.pk)
            if others.filter(slug=page.slug).exists():  # as that of its translation
                return
            page.move(target, pos="last-child")
            self.paths.append(Page.objects.get(pk=page.pk).url)

    def close(self) -> None:
        page = self.chance.choice((self._page(), self._page(), self.section))
        if page:
            PageViewRestriction.objects.create(page=page, restriction_type="login")

    def open(self) -> None:
        for model in (PageViewRestriction, CollectionViewRestriction):
            for restriction in model.objects.all():
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

    def edit_image(self) -> None:
        self.image.description = f"Bench {self.count}"
        self.image.save()

    def draw_image(self) -> None:
        """Loses all versions, or has the missing ones made as the worker does."""
        if self.chance.random() < 0.5:
            for rendition in self.image.renditions.all():
                rendition.delete()
        else:
            make_renditions(image=self.image)

    def edit_document(self) -> None:
        self.document.title = f"Programme {self.count}"
        self.document.save()

    def move_files(self) -> None:
        """Puts both files on the shelf, or back."""
        root = Collection.get_first_root_node()
        for file in (self.image, self.document):
            file.collection = self.chance.choice((root, self.shelf))
            file.save()

    def close_files(self) -> None:
        CollectionViewRestriction.objects.create(collection=self.shelf, restriction_type="login")

    def _page(self, *, live: bool = True) -> Any:
        pages = Page.objects.filter(live=live, content_type__model="newspage").order_by("-pk")
        keys = list(pages.values_list("pk", flat=True)[:NEWEST])
        return Page.objects.get(pk=self.chance.choice(keys)).specific if keys else None
