"""Feeds as Atom (RFC 4287), written by Django's generator."""

from typing import Any

from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.html import escape

from .items import FeedItem
from .selectors import Feed


class AtomFeed(Atom1Feed):
    """Adds to Django's Atom what it leaves out: full text, languages, several authors, licences."""

    def __init__(self, feed: Feed) -> None:
        super().__init__(
            title=feed.title,
            link=feed.home_url,
            description=None,
            language=feed.language,
            author_name=feed.site_name,
            author_link=feed.home_url,
            feed_url=feed.url,
            feed_guid=feed.url,
        )
        self.updated_at = feed.updated_at
        for item in feed.items:
            self._add(item)

    def _add(self, item: FeedItem) -> None:
        self.add_item(
            title=item.title,
            link=item.url,
            description=escape(item.summary),  # which Django declares to be HTML
            pubdate=item.published_at,
            updateddate=item.updated_at,
            unique_id=item.id,
            categories=item.tags,
            item_copyright=item.texts.rights or None,
            enclosures=[Enclosure(i.url, str(i.size), i.mime_type) for i in [item.image] if i],
            item=item,
        )

    def latest_post_date(self) -> Any:
        """Returns when the feed changed; Django says "now" of an empty one, which never rests."""
        return self.updated_at

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """Returns the language of the entry, which may be another than that of the feed."""
        return {"xml:lang": item["item"].language}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Writes what Django knows, then the rest."""
        super().add_item_elements(handler, item)
        entry: FeedItem = item["item"]
        for author in entry.authors:
            handler.startElement("author", {})
            handler.addQuickElement("name", author.name)
            if author.url:
                handler.addQuickElement("uri", author.url)
            handler.endElement("author")
        for language, url in entry.alternates:
            link = {"rel": "alternate", "type": "text/html", "hreflang": language, "href": url}
            handler.addQuickElement("link", "", link)
        if entry.original_url:
            handler.addQuickElement("link", "", {"rel": "canonical", "href": entry.original_url})
        if entry.texts.licence_url:
            # RFC 4946
            handler.addQuickElement("link", "", {"rel": "license", "href": entry.texts.licence_url})
        handler.addQuickElement("content", entry.html, {"type": "html"})


def write_atom(feed: Feed) -> str:
    """Returns ``feed`` as an Atom document."""
    document: str = AtomFeed(feed).writeString("utf-8")
    return document
