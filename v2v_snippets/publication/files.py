"""Which pictures and documents the public may fetch: those that something public uses.

Their addresses can be guessed, so an address alone opens nothing. Uses are those of Wagtail's
reference index, which follows what is live: a draft's picture is used by nobody yet.
"""

from typing import Any, Final, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    Model,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from django.db.models.functions import Cast, Length, Substr
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex, get_page_models

from .published import published_public
from .withdrawn import (
    PLACE,
    hidden_places,
    is_hidden,
    mentions_of_ended_consents,
    withdrawn_images,
)

Files = TypeVar("Files", bound="QuerySet[Any]")

PUBLIC_RECORD: Final = "is_public_record"
"""A model with this attribute set shows its pictures and files to everybody, as partners do."""

YIELDS_TO_CONSENTS: Final = "yields_to_consents"
"""A page type with this attribute set shows pictures that other pages brought in, as a newsletter
does; it does not show one of which any page says that somebody in it has withdrawn."""

ANY_RECORD: Final = "*"
"""In Wagtail's reference index, what stands for the key where a block shows all rows of a model."""


def in_open_collections(files: Files) -> Files:
    """Drops the files whose collection, or one above it, has a restriction."""
    # a restriction holds for all collections below, whose paths begin with the same
    start = Substr(OuterRef("collection__path"), 1, Length("collection__path"))
    return files.filter(~Exists(CollectionViewRestriction.objects.filter(collection__path=start)))


def public_uses(model: type[Model]) -> "QuerySet[ReferenceIndex]":
    """Returns the places in which a public page or record points to something of this model."""
    page_type = _content_type(Page)
    records = [
        _content_type(kind)
        for kind in ReferenceIndex.indexed_models
        if getattr(kind, PUBLIC_RECORD, False)
    ]
    uses: QuerySet[ReferenceIndex] = ReferenceIndex.objects.annotate(
        # the keys of other models may be no numbers
        page_key=Case(
            When(base_content_type=page_type, then=Cast("object_id", BigIntegerField())),
            default=None,
        )
    )
    page = published_public(Page.objects.filter(pk=OuterRef("page_key")))
    return uses.filter(
        Q(base_content_type__in=records) | Exists(page), to_content_type=_content_type(model)
    )


def publicly_used(files: Files) -> Files:
    """Keeps the files that a public page or record uses; costs no query of its own."""
    return _used_in(files, public_uses(files.model))


def publicly_shown(files: Files) -> Files:
    """Keeps the files that a public page or record uses and shows.

    A page that names somebody whose consent has ended vouches for none of its pictures here: a
    query cannot tell which of them it still shows. Costs what ``withdrawn_images()`` costs.
    """
    same_page = {name: OuterRef(name) for name in ("base_content_type", "object_id")}
    names_ended = Exists(mentions_of_ended_consents().filter(**same_page))
    uses = public_uses(files.model).exclude(names_ended)
    if files.model is get_image_model():
        withdrawn = [str(key) for key in withdrawn_images()]
        uses = uses.exclude(_yields(), to_object_id__in=withdrawn)
    return _used_in(files, uses)


def _used_in(files: Files, uses: "QuerySet[ReferenceIndex]") -> Files:
    return files.filter(Exists(uses.filter(to_object_id=Cast(OuterRef("pk"), CharField()))))


def is_public_rendition(name: str) -> bool:
    """Tells whether the public may see the version of a picture that is stored as ``name``.

    A use that is hidden, since the consent of somebody to be seen has ended, does not count, nor
    does one that yields to such a hidden use elsewhere. At most two queries, and those of
    ``withdrawn_images()``.
    """
    images = in_open_collections(get_image_model()._default_manager.all())
    shown = images.filter(renditions__file=name).annotate(key=Cast("pk", CharField()))
    rows = public_uses(get_image_model()).filter(to_object_id__in=shown.values("key"))
    rows = rows.annotate(yields=Case(When(_yields(), then=True), default=False))
    found = list(rows.values_list(*PLACE, "yields", "to_object_id"))
    uses = [place for *place, yields, _image in found if not yields]
    hidden = hidden_places(key for _kind, key, _path in uses) if uses else {}
    if any(not is_hidden(use, hidden) for use in uses):
        return True
    others = {int(image) for *_place, yields, image in found if yields}
    return bool(others and others - withdrawn_images())


def _yields() -> Q:
    """Returns which uses yield to a withdrawal on any page: they cannot say who is to be seen.

    A picture in a field of a page stands for it in lists; people are named in its blocks.
    """
    models = [model for model in get_page_models() if getattr(model, YIELDS_TO_CONSENTS, False)]
    kinds = [_content_type(model).pk for model in models]
    in_a_field = Q(base_content_type=_content_type(Page)) & ~Q(content_path__contains=".")
    return Q(content_type__in=kinds) | in_a_field


def _content_type(model: type[Model]) -> ContentType:
    return ContentType.objects.get_for_model(model, for_concrete_model=False)
