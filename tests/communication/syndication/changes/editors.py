"""Editors at work, each of whose acts others may follow, in any order."""

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)
from wagtail.models import Page, PageViewRestriction

from communication.delivery.jobs import ScheduledPublishing
from communication.syndication.jobs import ChangesByTime
from communication.syndication.services.change_log import refresh_change_log
from tests.factories import (
    ImageFactory,
    NewsPageFactory,
    PartnerFactory,
    PersonConsentFactory,
    StandardPageFactory,
    TwinningFactory,
)
from tests.following import Follower
from tests.glossary import ConceptFactory, add_term
from tests.issues import NewsletterIndexPageFactory, NewsletterPageFactory, feature
from tests.sites import SiteTree, translate
from v2v_pages.models import NewsPage
from v2v_snippets.enums import TeamKind
from v2v_snippets.models import Team, TeamMembership, Twinning
from v2v_snippets.publication.changes import recording_changes

START = datetime(2027, 3, 15, 11, 0, tzinfo=UTC)
numbers = st.integers(0, 3)


class Editors(RuleBasedStateMachine):
    """Editors at work, and three partner sites that follow them."""

    site: SiteTree

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.clock = self.stack.enter_context(time_machine.travel(START, tick=False))
        self.count = 0

    @initialize()
    def begin(self) -> None:
        """Makes records, two sections and an article that shows all of it; lets partners begin."""
        # the story before is undone, and SQLite gives its keys again: to other files of images, too
        cache.clear()
        self.image = ImageFactory(file__width=16, file__height=10)
        self.partner = PartnerFactory(logo=self.image)
        self.team = Team.objects.create(kind=TeamKind.STEERING)
        self.archive = NewsletterIndexPageFactory(parent=self.site.home)
        self.consent = PersonConsentFactory(partner=self.partner, valid_until=START.date())
        self.concept = ConceptFactory()
        self.sections = [
            StandardPageFactory(parent=self.site.home, title=title) for title in ("One", "Two")
        ]
        translate(self.sections[0], "it")
        self.pages: list[Any] = []
        self.publish(0)
        refresh_change_log()
        self.followers = [
            Follower(locale="it", include="authors,twinnings", fields="*"),
            Follower(locale="it", fallback="none"),
            Follower(type="page", limit=2),
        ]
        self.sync()

    @rule(number=numbers)
    def publish(self, number: int) -> None:
        """Publishes a page that refers to everything, and to the page before."""
        self.count += 1
        with recording_changes():
            page = StandardPageFactory(
                parent=self._fresh(self.sections[number % 2]),
                title=f"Page {self.count}",
                listing_image=self.image if number else None,
                body=[*self._blocks(number)],
            )
        self.pages.append(page)

    @rule(number=numbers)
    def publish_news(self, number: int) -> None:
        """Publishes an article by a partner, with a tag."""
        self.count += 1
        with recording_changes():
            article: NewsPage = NewsPageFactory(
                parent=self._fresh(self.site.news),
                title=f"Article {self.count}",
                authors=[self.partner],
                twinnings=[TwinningFactory(european_school=self.partner)] if number == 3 else [],
                tags=["visits"],
                expire_at=timezone.now() + timedelta(hours=number) if number else None,
            )
        if article.twinnings.exists():
            self.partner = PartnerFactory()
        self.pages.append(article)

    @rule()
    def publish_issue(self) -> None:
        """Publishes an issue of a newsletter with the last article."""
        self.count += 1
        if article := NewsPage.objects.order_by("pk").last():
            with recording_changes():
                issue = NewsletterPageFactory(
                    parent=self._fresh(self.archive),
                    title=f"Issue {self.count}",
                    slug=f"issue-{self.count}",
                    body=[feature(article)],
                )
            self.pages.append(issue)

    @rule()
    def correct(self) -> None:
        """Says what the last article is about in other words."""
        self.count += 1
        if article := NewsPage.objects.order_by("pk").last():
            article.summary = f"Corrected {self.count} times"
            with recording_changes():
                article.save_revision().publish()

    @rule(number=numbers)
    def edit(self, number: int) -> None:
        """Gives a page another title and another slug, and publishes it."""
        if page := self._page(number):
            self.count += 1
            page.title, page.slug = f"Edited {self.count}", f"edited-{self.count}"
            with recording_changes():
                page.save_revision().publish()

    @rule(number=numbers)
    def unpublish(self, number: int) -> None:
        """Withdraws a page, or a section."""
        page = self._fresh(self.sections[0]) if number == 3 else self._page(number)
        if page:
            with recording_changes():
                page.unpublish()

    @rule(number=numbers)
    def publish_again(self, number: int) -> None:
        """Brings a page or a section back."""
        page = self._fresh(self.sections[0]) if number == 3 else self._page(number)
        if page:
            with recording_changes():
                page.save_revision().publish()

    @rule(number=numbers)
    def delete(self, number: int) -> None:
        """Deletes a page."""
        if page := self._page(number):
            with recording_changes():
                page.delete()

    @rule(number=numbers)
    def move(self, number: int) -> None:
        """Moves a page into one of the sections."""
        if page := self._page(number):
            target = self._fresh(self.sections[number % 2])
            # where the slug is taken, nothing happens
            with suppress(ValidationError), recording_changes():
                page.move(target, pos="last-child")

    @rule(number=numbers)
    def restrict(self, number: int) -> None:
        """Closes a page or a section, or opens all that is closed."""
        with recording_changes():
            if number == 3:
                for restriction in PageViewRestriction.objects.all():
                    restriction.delete()
            else:
                page = self._fresh(self.sections[1]) if number == 2 else self._page(number)
                if page:
                    PageViewRestriction.objects.create(page=page, restriction_type="login")

    @rule(number=numbers)
    def translate(self, number: int) -> None:
        """Publishes an Italian version where there can be one."""
        page = self._page(number)
        if page is None or page.locale.language_code != "en":
            return
        has_parent = page.get_parent().get_translations().filter(locale__language_code="it")
        if has_parent and not page.get_translations().exists():
            with recording_changes():
                self.pages.append(translate(page, "it", title=f"Pagina {page.pk}"))

    @rule(number=numbers)
    def edit_records(self, number: int) -> None:
        """Edits the image, the partner, the term or the consent."""
        self.count += 1
        with recording_changes():
            if number == 0:
                self.image.description = f"Picture {self.count}"
                self.image.save()
            elif number == 1:
                self.partner.short_name = f"School {self.count}"
                self.partner.save()
            elif number == 2:
                add_term(self.concept, "en", f"term {self.count}", status="admitted")
            else:
                self.consent.person_name = f"Person {self.count}"
                self.consent.save()

    @rule(number=numbers)
    def edit_partnership(self, number: int) -> None:
        """Lets the partner enter the team or leave it, gives a pair another number or school."""
        self.count += 1
        pair = Twinning.objects.last()
        with recording_changes():
            if number < 2:
                seat, is_new = TeamMembership.objects.get_or_create(
                    team=self.team, partner=self.partner
                )
                if not is_new:
                    seat.delete()
            elif pair:
                pair.number = 100 + self.count
                pair.european_school = PartnerFactory() if number == 3 else pair.european_school
                pair.save()

    @rule(hours=st.integers(1, 20))
    def wait(self, hours: int) -> None:
        """Lets time pass, and the worker do what is due."""
        self.clock.shift(timedelta(hours=hours))
        for job in (ChangesByTime(), ScheduledPublishing()):
            while job.run_due(timezone.now()).done:
                pass

    @precondition(lambda self: self.count % 3 == 0)
    @rule()
    def sync(self, partners: int = 3) -> None:
        """Lets partners come; each has then what somebody has who starts now."""
        for follower in self.followers[:partners]:
            follower.sync()
            assert follower.copy == follower.snapshot(), follower.selection

    def teardown(self) -> None:
        """Lets all partners come once more, and undoes everything."""
        try:
            if hasattr(self, "followers"):
                self.sync()
        finally:
            transaction.set_rollback(True)
            self.stack.close()

    def _page(self, number: int) -> Any:
        there = [page for page in self.pages[-4:] if Page.objects.filter(pk=page.pk).exists()]
        return self._fresh(there[number % len(there)]) if there else None

    def _blocks(self, number: int) -> Iterator[dict[str, Any]]:
        links = f'<a linktype="term" identifier="{self.concept.identifier}">term</a>'
        if self.pages:
            links += f' <a linktype="page" id="{self.pages[-1].pk}">before</a>'
        yield {"type": "paragraph", "value": f"<p>{links}</p>", "id": "p"}
        if number % 2:
            quote = {"quote": "We met.", "consent": self.consent.pk, "source": ""}
            yield {"type": "quote", "value": quote, "id": "q"}

    @staticmethod
    def _fresh(page: Any) -> Any:
        return Page.objects.get(pk=page.pk).specific
