"""Pages of types that this project does not know: all that they themselves give out.

A page type of a host site appears by declaring ``api_fields``, as for Wagtail's own API.
"""

import copy
from collections.abc import Collection, Iterator
from typing import Any, ClassVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey, Model
from rest_framework.fields import SkipField
from taggit.managers import TaggableManager
from wagtail.api import APIField
from wagtail.api.conf import get_model_field
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from v2v_snippets.publication.listing import Listed

from ..schemas.items import OtherPageSchema
from .blocks import BlockWriter
from .items import Item, stored
from .library import Library
from .references import References


class OtherItem(Item):
    """Writes a page of any type by its ``api_fields``."""

    type = "other"
    schema: ClassVar = OtherPageSchema

    def collect(self, fields: Collection[str], found: References) -> None:
        """Adds what the page's own fields refer to."""
        super().collect(fields, found)
        if "values" in fields:
            collect_values(self.page, found)

    @property
    def page_type(self) -> str:
        """The page type, as Django names it."""
        return str(self.page._meta.label_lower)

    @property
    def image_key(self) -> int | None:
        """The image that the page has in lists, if it takes part in the listing protocol."""
        image = self.page.lead_image if isinstance(self.page, Listed) else None
        return image.pk if image else None

    @property
    def summary(self) -> str:
        """As in lists."""
        return self.page.listing_summary if isinstance(self.page, Listed) else super().summary

    @property
    def values(self) -> dict[str, Any]:
        """The page's own fields by name."""
        return values_of(self.page, self.library)


def joins_of(model: type[Model]) -> tuple[list[str], list[str]]:
    """Returns which relations to load with pages of a type: in the same query, and in one each."""
    single, multiple = [], []
    for name, field, _serializer in _fields_of(model):
        if _media_of(field) is not None:
            continue
        if isinstance(field, ForeignKey):
            single.append(name)
        elif field is not None and field.is_relation:
            multiple.append(name)
            if not isinstance(field, TaggableManager):
                inner, _further = joins_of(field.related_model)
                multiple += [f"{name}__{further}" for further in inner]
    return single, multiple


def images_of(model: type[Model]) -> list[str]:
    """Returns the fields that hold images, which a serializer or a list may ask for."""
    return [field.name for field in model._meta.fields if _media_of(field) is AbstractImage]


def collect_values(record: Model, found: References) -> None:
    """Adds what the fields of a page, or of a record that belongs to it, refer to."""
    media = {AbstractImage: found.images, AbstractDocument: found.documents, Page: found.pages}
    for name, field, serializer in _fields_of(type(record)):
        if field is None or serializer:
            continue
        kind = _media_of(field)
        if kind is not None:
            media[kind].update({getattr(record, field.attname)} - {None})
        elif isinstance(field, StreamField):
            found.read(field.stream_block, stored(getattr(record, name)))
        elif isinstance(field, RichTextField):
            found.add_links(getattr(record, name))
        else:
            for related in _related(field, getattr(record, name)):
                collect_values(related, found)


def values_of(record: Model, library: Library) -> dict[str, Any]:
    """Returns what a page, or a record that belongs to it, gives out of itself."""
    return {
        name: _serialised(record, name, serializer)
        if serializer
        else _value(record, name, field, library)
        for name, field, serializer in _fields_of(type(record))
    }


def _media_of(field: Any) -> Any:
    """Returns what a foreign key points to, if it is an image, a document or a page."""
    if not isinstance(field, ForeignKey):
        return None
    kinds = (AbstractImage, AbstractDocument, Page)
    return next((kind for kind in kinds if issubclass(field.related_model, kind)), None)


def _related(field: Any, value: Any) -> list[Model]:
    """Returns the records that a relation leads to, without those that are drafts."""
    if not field.is_relation or isinstance(field, TaggableManager) or value is None:
        return []
    records = [value] if isinstance(value, Model) else value.all()
    return [record for record in records if getattr(record, "live", True)]


def _fields_of(model: type[Model]) -> Iterator[tuple[str, Any, Any]]:
    for api_field in APIField.get_fields_for_model(model):
        try:
            yield api_field.name, get_model_field(model, api_field.name), api_field.serializer
        except FieldDoesNotExist:
            # a property or method
            yield api_field.name, None, api_field.serializer


def _value(record: Model, name: str, field: Any, library: Library) -> Any:
    kind = _media_of(field)
    if kind is not None:
        write = {AbstractImage: library.image, AbstractDocument: library.document}
        return write.get(kind, library.link)(getattr(record, field.attname))
    value = getattr(record, name)
    if isinstance(field, StreamField):
        return BlockWriter(library).stream(field.stream_block, stored(value))
    if isinstance(field, RichTextField):
        return library.running_text(value)
    if isinstance(field, TaggableManager):
        return sorted(tag.name for tag in value.all())
    if field is not None and field.is_relation:
        written = [{"id": one.pk, **values_of(one, library)} for one in _related(field, value)]
        return written if not isinstance(field, ForeignKey) else next(iter(written), None)
    return value() if callable(value) else value


def _serialised(record: Model, name: str, serializer: Any) -> Any:
    """Asks the serializer of an ``APIField``; a copy, since it remembers where it is bound."""
    own = copy.deepcopy(serializer)
    own.bind(field_name=name, parent=None)
    try:
        attribute = own.get_attribute(record)
    except SkipField:
        return None
    return None if attribute is None else own.to_representation(attribute)
