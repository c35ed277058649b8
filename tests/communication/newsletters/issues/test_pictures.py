"""Pictures of what was sent stay, unless somebody to be seen in them has withdrawn."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communication.newsletters.rendering.issues import draft_letter
from tests.factories import ImageFactory, NewsPageFactory, PersonConsentFactory
from tests.issues import SITE, NewsletterPageFactory, feature, letter_of, tags
from v2v_pages.models import NewsPage
from v2v_snippets.models import PersonConsent


@pytest.fixture
def image(db: None) -> Any:
    return ImageFactory()


@pytest.fixture
def article(articles: Any, image: Any) -> Any:
    """An article that shows somebody who has agreed to it."""
    picture = {"image": image, "alt_text": "At work", "decorative": False}
    body = [("image", {"image": picture, "caption": "", "consents": [PersonConsentFactory()]})]
    return NewsPageFactory(parent=articles, listing_image=image, body=body)


@pytest.fixture
def issue(archive: Any, article: Any) -> Any:
    return NewsletterPageFactory(parent=archive, body=[feature(article)])


def address_of(issue: Any) -> str:
    return tags(letter_of(issue).html, "img")[0]["src"].removeprefix(SITE)


def status(path: str) -> int:
    answer = Client().get(path)
    answer.getvalue()
    return int(answer.status_code)


def withdraw() -> None:
    PersonConsent.objects.update(valid_until="2021-03-31")


@pytest.mark.parametrize("deleted", [False, True])
def test_a_picture_stays_when_the_page_it_came_from_goes(
    issue: Any, article: Any, deleted: bool
) -> None:
    address = address_of(issue)

    if deleted:
        article.delete()
    else:
        article.unpublish()

    assert status(address) == 200


@pytest.mark.parametrize("is_withdrawn_page", [False, True])
def test_a_withdrawn_consent_takes_it_away(
    issue: Any, article: Any, is_withdrawn_page: bool
) -> None:
    NewsPage.objects.get(pk=article.pk)
    address = address_of(issue)
    article.listing_image = None
    article.save_revision().publish()
    if is_withdrawn_page:
        article.unpublish()
    assert status(address) == 200

    withdraw()

    assert status(address) == 404


def test_a_letter_leaves_a_withdrawn_picture_out(issue: Any) -> None:
    assert tags(letter_of(issue).html, "img")

    withdraw()

    draft = draft_letter(issue, "en", site_url=SITE)
    assert not tags(draft.letter.html, "img")
    assert draft.left_out == []


def test_the_archive_leaves_a_withdrawn_picture_out(client: Client, issue: Any) -> None:
    withdraw()

    html = client.get("/en/newsletters/first-issue/").content.decode()

    assert "/media/" not in html


def test_another_picture_of_the_page_stays(archive: Any, article: Any) -> None:
    other = ImageFactory()
    picture = ImageFactory()
    picture.contextual_alt_text, picture.decorative = "x", False
    block = feature(article, image=other_described(other))
    issue = NewsletterPageFactory(parent=archive, body=[block])

    withdraw()

    assert tags(letter_of(issue).html, "img")
    assert status(address_of(issue)) == 200


def other_described(image: Any) -> Any:
    image.contextual_alt_text, image.decorative = "Another", False
    return image


def test_a_picture_costs_few_queries(issue: Any, article: Any) -> None:
    address = address_of(issue)
    status(address)

    with CaptureQueriesContext(connection) as shown_by_a_page:
        status(address)
    article.listing_image = None
    article.save_revision().publish()
    with CaptureQueriesContext(connection) as shown_by_an_issue_and_a_block:
        status(address)

    assert len(shown_by_a_page) <= 2
    assert len(shown_by_an_issue_and_a_block) <= 4
