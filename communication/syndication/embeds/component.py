"""What the web component is given: its script, and a list as a JSON Feed without whole texts."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from v2v_snippets.publication.listing import ListingText

from ..json_feed import VERSION
from .cards import Card, CardList

SCRIPT: Final = Path(__file__).parents[1] / "static/communication_syndication/embed.js"


@cache
def component_script() -> bytes:
    """Returns the script; it changes with a release only."""
    return SCRIPT.read_bytes()


def write_cards(cards: CardList, address: str) -> str:
    """Returns a list as a JSON Feed 1.1, with the words that stand around it under ``_v2v``.

    So the component has no words of its own to be translated.
    """
    document = {
        "version": VERSION,
        "title": cards.title,
        "home_page_url": cards.home_url,
        "feed_url": address,
        "language": cards.locale,
        "items": [_item(card, cards.locale) for card in cards.cards],
        "_v2v": {
            "site": cards.site_name,
            "empty": cards.empty,
            "licences": [{"name": name, "url": url} for name, url in cards.licences if name],
            "funding": _sentences(cards.funding),
            "footnotes": _sentences(cards.footnotes),
        },
    }
    return json.dumps(document, ensure_ascii=False)


def _item(card: Card, locale: str) -> dict[str, Any]:
    foreign = [ListingText(card.language_name, card.language)] if card.language != locale else []
    own = {
        "when": card.when,
        "summary_language": card.summary_language,
        "marks": _sentences([*foreign, *card.marks]),
        "licence": {"name": card.texts.licence, "url": card.texts.licence_url},
    }
    return {
        "id": card.id,
        "url": card.url,
        "title": card.title,
        "content_text": card.summary,
        "date_modified": card.updated_at.isoformat(),
        "language": card.language,
        "_v2v": {name: value for name, value in own.items() if value},
    }


def _sentences(texts: Iterable[ListingText]) -> list[dict[str, str]]:
    return [{"text": each.text, "language": each.language} for each in texts]
