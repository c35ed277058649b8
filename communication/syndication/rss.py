"""Feeds as RSS 2.0 (https://www.rssboard.org/rss-specification), written by Django's generator."""

from typing import Any, Final

from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.html import escape

from .items import FeedItem
from .selectors import Feed

NAMESPACES: Final = {
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}


class RssFeed(Rss201rev2Feed):
    """Adds to Django's RSS what it leaves out: full text, languages, authors by name, licences.

    RSS itself knows one language a channel and authors by e-mail address; the rest stands in the
    namespaces in which programs look for it.
    """

    def __init__(self, feed: Feed) -> None:
        super().__init__(
            title=feed.title,
            link=feed.home_url,
            description=feed.title,
            language=feed.language,
            feed_url=feed.url,
        )
        self.updated_at = feed.updated_at
        for item in feed.items:
            self._add(item)

    def _add(self, item: FeedItem) -> None:
        self.add_item(
            title=item.title,
            link=item.url,
            description=escape(item.summary),  # which RSS takes for HTML
            pubdate=item.published_at,
            unique_id=item.id,
            unique_id_is_permalink=False,
            categories=item.tags,
            enclosures=[Enclosure(i.url, str(i.size), i.mime_type) for i in [item.image] if i],
            item=item,
        )

    def rss_attributes(self) -> dict[str, str]:
        """Declares the namespaces, and the language of what the channel itself says."""
        return {**super().rss_attributes(), **NAMESPACES, "xml:lang": self.feed["language"]}

    def latest_post_date(self) -> Any:
        """Returns when the feed changed; Django says "now" of an empty one, which never rests."""
        return self.updated_at

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """Returns the language of the item, which may be another than that of the channel."""
        return {"xml:lang": item["item"].language}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Writes what Django knows, then the rest."""
        super().add_item_elements(handler, item)
        entry: FeedItem = item["item"]
        handler.addQuickElement("content:encoded", entry.html)
        handler.addQuickElement("dc:language", entry.language)
        for author in entry.authors:
            handler.addQuickElement("dc:creator", author.name)
        if entry.texts.rights:
            handler.addQuickElement("dc:rights", entry.texts.rights)
        if entry.texts.licence_url:
            link = {"rel": "license", "href": entry.texts.licence_url}  # RFC 4946
            handler.addQuickElement("atom:link", None, link)
        if entry.original_url:
            handler.addQuickElement(
                "atom:link", None, {"rel": "canonical", "href": entry.original_url}
            )
        handler.addQuickElement("atom:updated", entry.updated_at.isoformat())


def write_rss(feed: Feed) -> str:
    """Returns ``feed`` as an RSS document."""
    document: str = RssFeed(feed).writeString("utf-8")
    return document
