"""What pages leave out, since somebody whom it shows has withdrawn or a consent has run out.

Blocks that quote or picture somebody name the consent, and are left out with it. A picture that
stands for a page in lists names nobody: it goes where any page says that somebody in it is not to
be seen any more.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Model, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from ..keeping import fact
from ..remembering import kept_for

PLACE: Final = ("base_content_type", "object_id", "content_path")
"""Where Wagtail's reference index has found something."""

Hidden = Mapping[tuple[int, str], list[str]]
"""By page, the beginnings of the paths that are left out."""

Image = TypeVar("Image", bound=Model)


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


def hidden_places(pages: Iterable[str] | None = None) -> dict[tuple[int, str], list[str]]:
    """Returns, by page, the beginnings of the paths that ended consents hide: one query.

    Args:
        pages: Primary keys; None: of all pages.
    """
    ended = mentions_of_ended_consents()
    if pages is not None:
        ended = ended.filter(object_id__in=set(pages))
    places: dict[tuple[int, str], list[str]] = {}
    fields = ("base_content_type", "object_id", "model_path", "content_path")
    for kind, key, model_path, path in ended.values_list(*fields):
        places.setdefault((kind, key), []).append(_place_hidden_by(model_path, path))
    return places


def is_hidden(use: Sequence[Any], hidden: Hidden) -> bool:
    """Tells whether what is used at a ``PLACE`` is left out there."""
    kind, key, path = use
    return any(path.startswith(place) for place in hidden.get((kind, key), ()))


def withdrawn_images() -> frozenset[int]:
    """Returns the images of which any page, public or not, hides a use: a consent has ended.

    One query where no page names such a consent, else two; none for a request that keeps facts.
    """
    return fact(withdrawn_images, None, _find_withdrawn, otherwise=kept_for(withdrawn_images))


def unless_withdrawn(image: Image | None) -> Image | None:
    """Returns an image that stands for a page, unless somebody in it is not to be seen."""
    return None if image is None or image.pk in withdrawn_images() else image


def _find_withdrawn() -> frozenset[int]:
    hidden = hidden_places()
    if not hidden:
        return frozenset()
    rows = ReferenceIndex.objects.filter(
        to_content_type=_content_type(get_image_model()), object_id__in={key for _k, key in hidden}
    )
    uses = rows.values_list(*PLACE, "to_object_id")
    return frozenset(int(image) for *place, image in uses if is_hidden(place, hidden))


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
