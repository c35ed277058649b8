"""This project's articles: the records, pages and pictures of a site that has been published."""

from datetime import date, timedelta


def build(articles: int) -> str:
    """Fills the database; returns the identifier of the article that is measured."""
    from django.db import connection

    from tests.bootstrap import begin_change_log
    from tests.factories import ProjectSettingsFactory
    from tests.sites import build_partnership, build_site
    from v2v_pages.models import NewsPage

    site = build_site("it", "sq")
    build_partnership()
    ProjectSettingsFactory()
    keys = copy(publish(site), articles, link=site.partners.pk)
    begin_change_log()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return str(NewsPage.objects.get(pk=keys[0]).translation_key)


def publish(site):
    """Returns the first article, which has all that an article can have, and its pictures."""
    from benchmarks.serving.texts import PARTNER, PICTURE, SUMMARY, TAGS, body
    from tests.factories import ImageFactory, NewsPageFactory
    from v2v_snippets.models import Partner
    from v2v_snippets.services.renditions import make_renditions

    width, height = PICTURE
    image = ImageFactory(file__width=width, file__height=height)
    first = NewsPageFactory(
        parent=site.news,
        title="First",
        summary=SUMMARY,
        published_on=date(2021, 3, 29),
        listing_image=image,
        tags=TAGS,
        authors=[Partner.objects.get(short_name=PARTNER)],
        body=body(site.partners.pk),
    )
    make_renditions(image=image)
    return first


def copy(first, articles: int, *, link: int) -> list[int]:
    """Makes copies, each with a picture, tags and an author; returns their keys."""
    from benchmarks.articles import BATCH, multiply, multiply_images
    from benchmarks.serving.texts import body
    from v2v_pages.models import NewsPage

    tags, authors = list(first.tags.all()), list(first.authors.all())
    article = NewsPage.objects.get(pk=first.pk)
    images = multiply_images(first.listing_image, articles)

    def change(each: int) -> None:
        article.body, article.listing_image_id = body(link, each), images[each]
        article.published_on = first.published_on - timedelta(days=each)

    keys = multiply(article, articles, change)
    rows = [
        *(NewsPage.tags.through(tag=tag, content_object_id=key) for key in keys for tag in tags),
        *(
            NewsPage.authors.through(newspage_id=key, partner=author)
            for key in keys
            for author in authors
        ),
    ]
    for model in {type(row) for row in rows}:
        model.objects.bulk_create([row for row in rows if type(row) is model], batch_size=BATCH)
    return keys
