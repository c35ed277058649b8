"""Which models hold what readers see.

Everything that editors write: pages, snippets, settings, images, documents, tags, redirects, sites,
languages, restrictions, and the rows that belong to them. Sessions, logs, drafts and queues are not
among them: nothing that a worker or a reader writes moves the content version.
"""

from functools import cache
from typing import Any, Final

from django.apps import apps
from django.db.models import Model
from django.utils.module_loading import import_string
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)

from v2v_snippets.publication.files import PUBLIC_RECORD

BOOKKEEPING: Final = frozenset(
    {
        "draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at",
        "live_revision", "locked", "locked_at", "locked_by", "numchild",
    }
)  # fmt: skip
"""Fields that no reader sees."""

_OTHERS: Final = {
    "taggit": "taggit.Tag",
    "wagtail.contrib.redirects": "wagtailredirects.Redirect",
}
"""Models by the app that must be there."""


@cache
def is_content(model: Any) -> bool:
    """Tells whether readers see rows of this model."""
    owner = owner_model(model)
    if owner is not model and model._meta.app_label == "wagtailcore":
        return False  # comments on pages
    return issubclass(owner, (Page, *_plain_models())) or bool(
        getattr(owner, PUBLIC_RECORD, False) or owner in _registered_models()
    )


@cache
def owner_model(model: Any) -> type[Model]:
    """Returns the model whose rows this one's belong to; itself, if they stand alone."""
    key = parental_key(model)
    return owner_model(key.related_model) if key is not None else model


@cache
def parental_key(model: Any) -> Any:
    """Returns the field by which rows of this model belong to others; None if they stand alone."""
    return next((field for field in model._meta.fields if isinstance(field, ParentalKey)), None)


@cache
def base_model(model: Any) -> type[Model]:
    """Returns the first model of a line of inheritance, by which references are noted."""
    parents = model._meta.get_parent_list()
    return parents[-1] if parents else model._meta.concrete_model or model


def owner_key(row: Any) -> Any:
    """Returns the primary key of the page or record that a row belongs to, or is."""
    kind: Any = type(row)
    key = parental_key(kind)
    if key is None:
        return row.pk
    if parental_key(key.related_model) is None:
        return getattr(row, key.attname)
    above = getattr(row, key.name)
    return owner_key(above) if above is not None else None


@cache
def owner_path(model: Any) -> str:
    """Returns how a query finds the key of the page or record that rows of a model belong to."""
    key = parental_key(model)
    if key is None:
        return "pk"
    above = owner_path(key.related_model)
    return str(key.name) if above == "pk" else f"{key.name}__{above}"


@cache
def file_models() -> tuple[type[Model], ...]:
    """Returns the models of what is shown itself and shows nothing."""
    return get_image_model(), get_document_model()


def _plain_models() -> tuple[type[Model], ...]:
    restrictions = (PageViewRestriction, CollectionViewRestriction)
    others = (apps.get_model(name) for app, name in _OTHERS.items() if apps.is_installed(app))
    return (*file_models(), *restrictions, Collection, Locale, Site, *others)


def _registered_models() -> set[type[Model]]:
    found: set[type[Model]] = set()
    if apps.is_installed("wagtail.snippets"):
        found.update(import_string("wagtail.snippets.models.get_snippet_models")())
    if apps.is_installed("wagtail.contrib.settings"):
        found.update(import_string("wagtail.contrib.settings.registry.registry"))
    return found
