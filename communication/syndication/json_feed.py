"""Feeds as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any, Final

from .items import FeedItem
from .selectors import Feed

VERSION: Final = "https://jsonfeed.org/version/1.1"


def write_json_feed(feed: Feed) -> str:
    """Returns ``feed`` as a JSON Feed.

    What the standard has no place for stands under ``_v2v``, as the standard provides.
    """
    document = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.url,
        "language": feed.language,
        "authors": [{"name": feed.site_name, "url": feed.home_url}],
        "items": [_item(item) for item in feed.items],
    }
    return json.dumps(document, ensure_ascii=False)


def _item(item: FeedItem) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": item.html,
        "summary": item.summary,
        "date_published": item.published_at.isoformat(),
        "date_modified": item.updated_at.isoformat(),
        "language": item.language,
        "authors": [_with_url(author.name, author.url) for author in item.authors],
        "tags": item.tags,
        "_v2v": _beyond_the_standard(item),
    }
    if item.image:
        fields["image"] = item.image.url
        fields["attachments"] = [
            {
                "url": item.image.url,
                "mime_type": item.image.mime_type,
                "size_in_bytes": item.image.size,
            }
        ]
    return {name: value for name, value in fields.items() if value}


def _with_url(name: str, url: str) -> dict[str, str]:
    return {"name": name, "url": url} if url else {"name": name}


def _beyond_the_standard(item: FeedItem) -> dict[str, Any]:
    texts = item.texts
    return {
        "licence": {"name": texts.licence, "url": texts.licence_url},
        "original_url": item.original_url,
        "alternates": [{"language": language, "url": url} for language, url in item.alternates],
        "funding": [{"text": text.text, "language": text.language} for text in texts.funding],
        "footnotes": [{"text": note.text, "language": note.language} for note in texts.footnotes],
    }
