"""Pictures go out in a few sizes and formats, and no others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images.models import Filter

from tests.factories import ImageFactory
from tests.pictures import drawn
from v2v_snippets.images import (
    ALL_SPECS,
    PICTURE_SIZES,
    picture_of,
    prefetch_pictures,
    social_picture,
)

pytestmark = pytest.mark.django_db


def test_a_picture_comes_in_every_width_and_format() -> None:
    picture = picture_of(drawn(ImageFactory()), "body")

    assert picture is not None
    assert [source.mime_type for source in picture.sources] == [
        "image/avif",
        "image/webp",
        "image/jpeg",
    ]
    for source in picture.sources:
        widths = [candidate.split()[1] for candidate in source.srcset.split(", ")]
        assert widths == ["480w", "800w", "1400w"]
    assert (picture.width, picture.height) == (1400, 875)


def test_a_small_picture_is_not_enlarged_and_offered_once() -> None:
    picture = picture_of(drawn(ImageFactory(file__width=600, file__height=300)), "body")

    assert picture is not None
    widths = [part.split()[1] for part in picture.sources[0].srcset.split(", ")]
    assert widths == ["480w", "600w"]
    assert (picture.width, picture.height) == (600, 300)


def test_a_new_picture_is_shown_at_once_in_the_format_that_costs_little() -> None:
    image = ImageFactory()

    picture = picture_of(image, "body")

    assert picture is not None
    assert [source.mime_type for source in picture.sources] == ["image/jpeg"]
    assert picture.width == 1400
    assert {made.filter_spec for made in image.renditions.all()} == set(
        PICTURE_SIZES["body"].specs_in("jpeg")
    )


def test_a_format_of_which_a_width_is_missing_is_left_out() -> None:
    image = ImageFactory(file__width=900)
    image.get_renditions(*PICTURE_SIZES["body"].specs[:2], *PICTURE_SIZES["body"].specs_in("webp"))

    picture = picture_of(image, "body")

    assert picture is not None
    assert [source.mime_type for source in picture.sources] == ["image/webp", "image/jpeg"]


def test_a_lost_file_gives_no_picture() -> None:
    image = ImageFactory()
    image.file.storage.delete(image.file.name)

    assert picture_of(image, "card") is None
    assert social_picture(image) is None


def test_prefetched_pictures_cost_no_query() -> None:
    images = [ImageFactory() for _ in range(3)]
    for image in images:
        picture_of(image, "card")
    fresh = [type(image).objects.get(pk=image.pk) for image in images]

    prefetch_pictures([*fresh, None], "card")

    with CaptureQueriesContext(connection) as queries:
        pictures = [picture_of(image, "card") for image in fresh]
    assert len(queries) == 0
    assert None not in pictures


def test_every_size_is_one_that_wagtail_can_make() -> None:
    assert {Filter(spec=spec).spec for spec in ALL_SPECS} == ALL_SPECS
    assert all(set(size.specs) < ALL_SPECS for size in PICTURE_SIZES.values())
