"""A picture of somebody who has withdrawn stands for no page any more, wherever it stood."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.communication.syndication.reading import read_json
from tests.factories import ImageFactory, NewsPageFactory, PersonConsentFactory
from tests.sites import build_site
from v2v_snippets.models import PersonConsent

pytestmark = pytest.mark.django_db

PAGE = "/en/news/we-met/"


@pytest.fixture(params=["of its own", "of another article"])
def article(request: pytest.FixtureRequest) -> Any:
    """One whose picture in lists shows somebody who agreed, as its own or another's block says."""
    news = build_site("it").news
    image = ImageFactory()
    picture = {"image": image, "alt_text": "At work", "decorative": False}
    body = [("image", {"image": picture, "caption": "", "consents": [PersonConsentFactory()]})]
    is_own = request.param == "of its own"
    if not is_own:
        NewsPageFactory(parent=news, title="Before", body=body, published_on=date(2020, 1, 1))
    fields = {"body": body} if is_own else {}
    return NewsPageFactory(parent=news, title="We met", listing_image=image, **fields)


def shown_in(article: Any) -> dict[str, bool]:
    """Tells by place whether a picture stands for the article there."""
    api = "/api/v1/news/"
    places = {
        "list": "/en/news/",
        "home": "/en/",
        "feed": "/feeds/en/news.rss",
        "embed": f"/embed/en/item/{article.translation_key}/",
        "oEmbed": f"/oembed/?url=http://localhost{PAGE}",
    }
    found = {}
    for name, path in places.items():
        answer = Client().get(path)
        assert answer.status_code == 200, path
        found[name] = "/media/" in answer.content.decode()
    item = Client().get(f"{api}{article.translation_key}/").json()
    listed = Client().get(f"{api}?locale=en").json()["items"]
    found["item"] = item["image"] is not None
    found["items"] = any(each["image"] for each in listed)
    found["JSON Feed"] = any(each.get("image") for each in read_json()["items"])
    html = Client().get(PAGE).content.decode()
    found["page and networks"] = "/media/" in html
    found["images"] = bool(Client().get("/api/v1/images/").json()["items"])
    return found


def test_a_picture_stands_for_its_article_until_somebody_in_it_withdraws(article: Any) -> None:
    before = shown_in(article)
    rendition = article.listing_image.renditions.first()
    assert all(before.values()), before

    PersonConsent.objects.update(valid_until="2021-03-31")

    after = shown_in(article)
    assert not any(after.values()), after
    assert Client().get(rendition.url).status_code == 404


def test_another_picture_stays(article: Any) -> None:
    article.listing_image = ImageFactory()
    article.save_revision().publish()

    PersonConsent.objects.update(valid_until="2021-03-31")

    assert shown_in(article)["list"]
    answer = Client().get(article.listing_image.renditions.first().url)
    assert answer.getvalue()
    assert answer.status_code == 200
