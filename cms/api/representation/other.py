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
    fields = {name: field for name, field, _serializer in _fields_of(model) if field is not None}
    single = [name for name, field in fields.items() if isinstance(field, ForeignKey)]
    single += [field.name for field in model._meta.fields if _is_image(field)]
    multiple = [
        name
        for name, field in fields.items()
        if field.is_relation and not isinstance(field, ForeignKey)
    ]
    return single, multiple


def _is_image(field: Any) -> bool:
    return isinstance(field, ForeignKey) and issubclass(field.related_model, AbstractImage)


def collect_values(record: Model, found: References) -> None:
    """Adds what the fields of a page, or of a record that belongs to it, refer to."""
    media = {AbstractImage: found.images, AbstractDocument: found.documents, Page: found.pages}
    for name, field, serializer in _fields_of(type(record)):
        value = None if field is None or serializer else getattr(record, name)
        if not value:
            continue
        if isinstance(field, StreamField):
            found.read(field.stream_block, stored(value))
        elif isinstance(field, RichTextField):
            found.add_links(value)
        elif isinstance(field, ForeignKey):
            keys = next((keys for kind, keys in media.items() if isinstance(value, kind)), None)
            if keys is not None:
                keys.add(value.pk)
            else:
                collect_values(value, found)
        elif field.is_relation and not isinstance(field, TaggableManager):
            for related in value.all():
                collect_values(related, found)


def values_of(record: Model, library: Library) -> dict[str, Any]:
    """Returns what a page, or a record that belongs to it, gives out of itself."""
    return {
        name: _serialised(record, name, serializer)
        if serializer
        else _value(field, getattr(record, name), library)
        for name, field, serializer in _fields_of(type(record))
    }


def _fields_of(model: type[Model]) -> Iterator[tuple[str, Any, Any]]:
    for api_field in APIField.get_fields_for_model(model):
        try:
            yield api_field.name, get_model_field(model, api_field.name), api_field.serializer
        except FieldDoesNotExist:
            # a property or method
            yield api_field.name, None, api_field.serializer


def _value(field: Any, value: Any, library: Library) -> Any:
    if isinstance(field, StreamField):
        return BlockWriter(library).stream(field.stream_block, stored(value))
    if isinstance(field, RichTextField):
        return library.html(value)
    if isinstance(field, TaggableManager):
        return sorted(tag.name for tag in value.all())
    if field is not None and field.is_relation and not isinstance(field, ForeignKey):
        related = (_record(one, library) for one in value.all())
        return [one for one in related if one is not None]
    if isinstance(value, Model):
        return _record(value, library)
    return value() if callable(value) else value


def _record(record: Model, library: Library) -> Any:
    match record:
        case AbstractImage():
            return library.images.image(record.pk)
        case AbstractDocument():
            return library.documents.document(record.pk)
        case Page():
            return library.link(record.pk)
    if not getattr(record, "live", True):
        return None
    return {"id": record.pk, **values_of(record, library)}


def _serialised(record: Model, name: str, serializer: Any) -> Any:
    """Asks the serializer of an ``APIField``; a copy, since it remembers where it is bound."""
    own = copy.deepcopy(serializer)
    own.bind(field_name=name, parent=None)
    try:
        attribute = own.get_attribute(record)
    except SkipField:
        return None
    return None if attribute is None else own.to_representation(attribute)
