"""Which pages the API gives out, under which names, and by which schema each is written."""

from collections.abc import Iterable
from typing import Any, Final

from wagtail.models import Page, get_page_models

from v2v_snippets.prepared import one_of, prepared

from .events import EventItem
from .items import HomeItem, Item, NewsItem, SectionItem, StandardPageItem, StoryItem
from .newsletters import ArchiveItem, NewsletterItem
from .other import OtherItem, images_of, joins_of
from .process import ModuleItem, ProcessItem
from .repository import RepositoryItem
from .vet_systems import VETSystemItem

WRITERS: Final[dict[str, type[Item]]] = {
    "v2v_pages.newspage": NewsItem,
    "v2v_pages.twinningstorypage": StoryItem,
    "v2v_pages.repositoryarticlepage": RepositoryItem,
    "v2v_pages.standardpage": StandardPageItem,
    "v2v_pages.accessibilitystatementpage": StandardPageItem,
    "v2v_pages.homepage": HomeItem,
    "v2v_pages.newsindexpage": SectionItem,
    "v2v_pages.twinningindexpage": SectionItem,
    "v2v_pages.partnerindexpage": SectionItem,
    "v2v_pages.glossaryindexpage": SectionItem,
    "v2v_pages.vetsystemindexpage": SectionItem,
    "v2v_pages.vetsystempage": VETSystemItem,
    "v2v_pages.repositoryindexpage": SectionItem,
    "v2v_pages.eventpage": EventItem,
    "v2v_pages.eventindexpage": SectionItem,
    "v2v_pages.mobilityprocesspage": ProcessItem,
    "v2v_pages.mobilitymodulepage": ModuleItem,
    "v2v_pages.searchindexpage": SectionItem,
    "communication_newsletters.newsletterpage": NewsletterItem,
    "communication_newsletters.newsletterindexpage": ArchiveItem,
}
"""Page types that have a schema of their own."""


def writer_of(model: type[Page]) -> type[Item]:
    """Returns what writes pages of a type."""
    return WRITERS.get(model._meta.label_lower, OtherItem)


def type_name(model: type[Page]) -> str:
    """Returns the name of a page type, as the parameter ``type`` takes it."""
    writer = writer_of(model)
    return model._meta.label_lower if writer is OtherItem else writer.type


def content_types() -> dict[str, list[type[Page]]]:
    """Returns the page types by the name that the parameter ``type`` takes.

    They are looked up with each request: a site may have page types of its own, and each that
    declares ``api_fields``, if only an empty list, is among them.
    """
    kinds: dict[str, list[type[Page]]] = {}
    for model in get_page_models():
        if hasattr(model, "api_fields"):
            kinds.setdefault(type_name(model), []).append(model)
    return dict(sorted(kinds.items()))


def load_specific(model: type[Page], keys: Iterable[int]) -> list[Any]:
    """Returns the pages of one type with all that is read of each."""
    keys = sorted(keys)
    if writer_of(model) is not OtherItem:
        return _with_locales(model, keys=keys) if keys else []
    single, multiple = joins_of(model)
    single += images_of(model)
    pages = model._default_manager.filter(pk__in=keys)
    return list(pages.select_related("locale", *single).prefetch_related(*multiple))


@prepared
def _with_locales(model: type[Page], *, keys: Any) -> Any:
    return model._default_manager.filter(one_of("pk", keys)).select_related("locale")
