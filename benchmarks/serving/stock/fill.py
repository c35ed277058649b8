"""Fills the generated project; run in its folder: ``python fill.py NUMBER``."""

import os
import sys
from datetime import date
from pathlib import Path


def main() -> None:
    import django

    django.setup()
    from django.db import connection
    from home.models import HomePage

    home = HomePage.objects.get()
    publish(home)
    copy(int(sys.argv[1]), link=home.pk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def publish(home) -> None:
    """Publishes the first article, with a picture and a partner."""
    from articles.models import ArticlePage, Partner
    from django.core.files.images import ImageFile
    from PIL import Image as Picture
    from wagtail.images.models import Image

    from benchmarks.serving.texts import PARTNER, PICTURE, SUMMARY, body

    file = f"{os.environ['MEDIA_ROOT']}.jpeg"
    Picture.new("RGB", PICTURE, "#0b5b53").save(file)
    with Path(file).open("rb") as picture:
        image = Image.objects.create(title="Workbench", file=ImageFile(picture, "workbench.jpeg"))
    first = ArticlePage(
        title="First",
        slug="first",
        published_on=date(2021, 3, 29),
        summary=SUMMARY,
        image=image,
        partner=Partner.objects.create(name=PARTNER, website="https://school.example/"),
        body=body(home.pk),
    )
    home.add_child(instance=first)
    first.save_revision().publish()


def copy(number: int, *, link: int) -> None:
    """Makes copies, each with a picture of its own and with tags."""
    from articles.models import ArticlePage, ArticleTag
    from taggit.models import Tag

    from benchmarks.articles import BATCH, multiply, multiply_images
    from benchmarks.serving.texts import TAGS, body

    tags = [Tag.objects.create(name=name, slug=name) for name in TAGS]
    article = ArticlePage.objects.get()
    images = multiply_images(article.image, number)

    def change(each: int) -> None:
        article.body, article.image_id = body(link, each), images[each]

    keys = multiply(article, number, change)
    ArticleTag.objects.bulk_create(
        [ArticleTag(tag=tag, content_object_id=key) for key in keys for tag in tags],
        batch_size=BATCH,
    )


if __name__ == "__main__":
    main()
