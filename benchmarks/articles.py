"""Articles by the thousand, as publishing leaves them, without the time that publishing takes."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

BATCH = 500


def multiply(first: Any, number: int, change: Callable[[int], object] = bool) -> list[int]:
    """Makes copies of a published article, beside it: "Article 0" and so on; returns their keys.

    Before each is written, ``change`` gets its number and may change ``first``.
    """
    from wagtail.models import Page

    own = {"id", "path", "url_path", "slug", "title", "draft_title", "translation_key"}
    plain = Page.objects.get(pk=first.pk)
    columns = columns_of(plain, without=own)
    parent = first.get_parent()
    pages = Page.objects.bulk_create(
        [
            Page(
                **columns,
                path=f"{parent.path}{Page._int2str(each + 2).rjust(4, '0')}",
                url_path=f"{parent.url_path}article-{each}/",
                slug=f"article-{each}",
                title=f"Article {each}",
                translation_key=UUID(int=each),
            )
            for each in range(number)
        ],
        batch_size=BATCH,
    )
    keys = [page.pk for page in pages]
    for each, key in enumerate(keys):
        first.page_ptr_id = first.pk = key
        change(each)
        type(first).save_base(first, raw=True, force_insert=True)
    return keys


def multiply_images(first: Any, number: int) -> list[int]:
    """Makes copies of an image with all its versions, of the same files; returns their keys."""
    model, versions = type(first), list(first.renditions.all())
    columns = columns_of(first, without={"id", "public_id"})
    images = model.objects.bulk_create([model(**columns) for _each in range(number)], BATCH)
    rows = [
        type(version)(**columns_of(version, without={"id", "image_id"}), image=image)
        for image in images
        for version in versions
    ]
    model.get_rendition_model().objects.bulk_create(rows, BATCH)
    return [image.pk for image in images]


def columns_of(row: Any, *, without: set[str]) -> dict[str, Any]:
    """Returns the values of a row by column."""
    names = {field.attname for field in row._meta.concrete_fields} - without
    return {name: getattr(row, name) for name in names}
