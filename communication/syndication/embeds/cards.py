"""What an embed says of one text: enough to choose it, and all that a copy must carry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override

from v2v_snippets.credits import image_credit
from v2v_snippets.enums import licence_name
from v2v_snippets.images import Picture, picture_of, prefetch_pictures
from v2v_snippets.language.locales import own_name
from v2v_snippets.language.reading import text_in
from v2v_snippets.publication.listing import ListedRecord, ListingText
from v2v_snippets.publication.site_name import site_name
from v2v_snippets.publication.urls import full_url_in
from v2v_snippets.remembering import remembering

from ..choosing import Choice
from ..companions import CompanionTexts, companions_of, companions_of_records, distinct
from ..items import page_id, printable
from ..selectors import (
    NEVER,
    home_url,
    latest_records,
    next_boundary,
    shown_pages,
    site_asked,
)

PICTURE_SIZE = "card"


@dataclass(frozen=True, slots=True)
class Card:
    """One text as another site shows it; ``language`` is that of title and marks."""

    id: str
    url: str
    title: str
    language: str
    summary: str
    summary_language: str
    texts: CompanionTexts
    updated_at: datetime
    when: str = ""
    """In the language of the list."""
    marks: Sequence[ListingText] = ()
    image: Picture | None = None
    image_credit: str = ""

    @property
    def language_name(self) -> str:
        """The language of the title, in itself."""
        return own_name(self.language)

    @property
    def licences(self) -> list[tuple[str, str]]:
        """(name, address) of its licence, as lists have theirs."""
        return [(self.texts.licence, self.texts.licence_url)]


@dataclass(frozen=True, slots=True)
class CardList:
    """The first texts of a list, for readers of one language."""

    title: str
    """Of the list, without the site's name."""
    locale: str
    site_name: str
    home_url: str
    cards: list[Card]
    texts: CompanionTexts
    """Of the whole site, for a list that holds nothing."""
    next_boundary_at: datetime | None

    @property
    def funding(self) -> list[ListingText]:
        """The funding lines and disclaimers of all cards, each once."""
        return distinct(text for texts in self._texts for text in texts.funding)

    @property
    def footnotes(self) -> list[ListingText]:
        """The footnotes of all cards, each once."""
        return distinct(note for texts in self._texts for note in texts.footnotes)

    @property
    def licences(self) -> list[tuple[str, str]]:
        """(name, address) of each licence of the cards."""
        return list(dict.fromkeys((each.licence, each.licence_url) for each in self._texts))

    @property
    def updated_at(self) -> datetime:
        """When one of them was last published."""
        return max((card.updated_at for card in self.cards), default=NEVER)

    @property
    def empty(self) -> str:
        """What readers are told where there is nothing."""
        with override(self.locale):
            return _("There is nothing here yet.")

    @property
    def _texts(self) -> list[CompanionTexts]:
        return [card.texts for card in self.cards] or [self.texts]


def read_cards(request: HttpRequest, choice: Choice, number: int) -> CardList:
    """Returns the first ``number`` texts of a list, in a constant number of queries.

    Raises:
        Http404: when there is no site at this address.
    """
    site, locale = site_asked(request), choice.locale
    with remembering(), text_in(locale):
        pages = shown_pages(choice, site, number)
        cards = [page_card(page, locale, request) for page in pages]
        records = latest_records(request, choice, number)
        cards += [record_card(record, locale) for record in records]
        texts = companions_of_records(locale)
    return CardList(
        title=printable(" – ".join(filter(None, [choice.name, choice.part])) or site_name()),
        locale=locale,
        site_name=site_name(),
        home_url=home_url(site, locale),
        cards=cards,
        texts=texts,
        next_boundary_at=next_boundary(pages),
    )


def page_card(page: Any, locale: str, request: HttpRequest, *, pictured: bool = False) -> Card:
    """Returns a page of the listing protocol as readers of ``locale`` are shown it."""
    language = page.locale.language_code
    image = page.lead_image if pictured else None
    prefetch_pictures([image], PICTURE_SIZE)
    return Card(
        id=page_id(page),
        url=full_url_in(page, locale, request),
        title=printable(page.listing_title),
        language=language,
        summary=printable(page.listing_summary),
        summary_language=language,
        texts=companions_of(page, locale),
        updated_at=page.last_published_at or NEVER,
        when=page.listing_when,
        marks=page.listing_marks(),
        image=picture_of(image, PICTURE_SIZE) if image else None,
        image_credit=_credit_of(image) if image else "",
    )


def _credit_of(image: Any) -> str:
    credit = image_credit(image)
    return ", ".join(filter(None, [credit.credit, licence_name(credit.licence)]))


def record_card(record: ListedRecord, locale: str) -> Card:
    """Returns a record as readers of ``locale`` are shown it."""
    return Card(
        id=record.id,
        url=record.url,
        title=printable(record.title),
        language=record.language,
        summary=printable(record.summary),
        summary_language=record.summary_language,
        texts=companions_of_records(locale, record.licence_code),
        updated_at=record.updated_at,
        marks=record.marks,
    )
