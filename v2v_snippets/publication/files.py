"""Which pictures and documents the public may fetch: those that something public uses.

Their addresses can be guessed, so an address alone opens nothing. Uses are those of Wagtail's
reference index, which follows what is live: a draft's picture is used by nobody yet.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from django.apps import apps
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
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex, get_page_models

from .published import published_public

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
    """Keeps the files that a public page or record uses and shows; costs no query of its own.

    A page that names somebody whose consent has ended vouches for none of its pictures here: a
    query cannot tell which of them it still shows. No more does a newsletter vouch for a picture
    that such a page, public or not, has too.
    """
    same_page = {name: OuterRef(name) for name in ("base_content_type", "object_id")}
    names_ended = Exists(mentions_of_ended_consents().filter(**same_page))
    beside = ReferenceIndex.objects.filter(
        names_ended,
        to_content_type=OuterRef("to_content_type"),
        to_object_id=OuterRef("to_object_id"),
    )
    yields = Q(content_type__in=_yielding_types()) & Exists(beside)
    return _used_in(files, public_uses(files.model).exclude(names_ended).exclude(yields))


def _used_in(files: Files, uses: "QuerySet[ReferenceIndex]") -> Files:
    return files.filter(Exists(uses.filter(to_object_id=Cast(OuterRef("pk"), CharField()))))


def is_public_rendition(name: str) -> bool:
    """Tells whether the public may see the version of a picture that is stored as ``name``.

    A use that is hidden, since the consent of somebody to be seen has ended, does not count. At
    most two queries, and two more for a picture that only newsletters show.
    """
    images = in_open_collections(get_image_model()._default_manager.all())
    shown = images.filter(renditions__file=name).annotate(key=Cast("pk", CharField()))
    rows = public_uses(get_image_model()).filter(to_object_id__in=shown.values("key"))
    found = list(rows.values_list(*_PLACE, "content_type", "to_object_id"))
    yielding = _yielding_types()
    uses = [place for *place, kind, _image in found if kind not in yielding]
    if any("." not in path for _kind, _key, path in uses):
        return True  # a field of its own, which names no people
    hidden = _hidden_places(uses) if uses else {}
    if any(not _is_hidden(use, hidden) for use in uses):
        return True
    others = {int(image) for *_place, kind, image in found if kind in yielding}
    return bool(others - withdrawn_images(others))


def withdrawn_images(keys: Collection[int]) -> set[int]:
    """Returns those images of which any page, public or not, hides a use: a consent has ended.

    Two queries, however many images; none for no images.
    """
    if not keys:
        return set()
    rows = ReferenceIndex.objects.filter(
        to_content_type=_content_type(get_image_model()), to_object_id__in=map(str, keys)
    )
    uses = list(rows.values_list(*_PLACE, "to_object_id"))
    hidden = _hidden_places(place for *place, _image in uses)
    return {int(image) for *place, image in uses if _is_hidden(place, hidden)}


_PLACE: Final = ("base_content_type", "object_id", "content_path")


def _yielding_types() -> set[int]:
    models = [model for model in get_page_models() if getattr(model, YIELDS_TO_CONSENTS, False)]
    return {_content_type(model).pk for model in models}


def _is_hidden(use: Sequence[Any], hidden: Mapping[tuple[int, str], list[str]]) -> bool:
    kind, key, path = use
    return any(path.startswith(place) for place in hidden.get((kind, key), ()))


def _hidden_places(uses: Iterable[Sequence[Any]]) -> dict[tuple[int, str], list[str]]:
    """Returns, by page, the beginnings of the paths that ended consents hide."""
    keys = {key for _kind, key, _path in uses}
    ended = mentions_of_ended_consents().filter(object_id__in=keys)
    places: dict[tuple[int, str], list[str]] = {}
    fields = ("base_content_type", "object_id", "model_path", "content_path")
    for kind, key, model_path, path in ended.values_list(*fields):
        places.setdefault((kind, key), []).append(_place_hidden_by(model_path, path))
    return places


def mentions_of_ended_consents() -> "QuerySet[ReferenceIndex]":
    """Returns the references to people who may not be shown today."""
    if not apps.is_installed("v2v_snippets"):
        return ReferenceIndex.objects.none()
    consent: Any = apps.get_model("v2v_snippets", "PersonConsent")
    valid = consent.objects.valid_on(timezone.localdate()).annotate(key=Cast("pk", CharField()))
    mentions: QuerySet[ReferenceIndex] = ReferenceIndex.objects.filter(
        to_content_type=_content_type(consent)
    )
    return mentions.exclude(to_object_id__in=valid.values("key"))


def _place_hidden_by(model_path: str, content_path: str) -> str:
    """Returns the path of the smallest item of a list or stream that holds a consent.

    An item is where the path of the content has a key and that of the model a kind. Where the
    consent is itself an item of a list of consents, the item around that list is meant.
    """
    kinds, keys = model_path.split("."), content_path.split(".")
    items = [at for at, (kind, key) in enumerate(zip(kinds, keys, strict=True)) if kind != key]
    if items and items[-1] == len(keys) - 1:
        items.pop()
    return ".".join(keys[: items[-1] + 1]) + "." if items else content_path


def _content_type(model: type[Model]) -> ContentType:
    return ContentType.objects.get_for_model(model, for_concrete_model=False)
