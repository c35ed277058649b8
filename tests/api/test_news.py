"""News: what an article tells, which ones a list holds, and in which order."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.factories import (
    FundingStatementFactory,
    ImageFactory,
    NewsPageFactory,
    PartnerFactory,
    TwinningFactory,
)
from tests.pictures import drawn
from tests.sites import SiteTree, translate
from v2v_pages.models import NewsPage

from .conftest import small_image

Get = Callable[..., Any]


def titles(answer: Any) -> list[str]:
    """Returns the titles of the items of a list, in their order."""
    assert answer.status_code == 200, answer.content
    return [item["title"] for item in answer.json()["items"]]


def test_the_first_answer_is_useful(get: Get, make_news: Callable[[int], list[NewsPage]]) -> None:
    make_news(1)

    [item] = get("news/").json()["items"]

    useful = (
        "title", "summary", "body", "image", "url", "published_on", "twinnings", "licence",
        "funding", "footnotes", "authors", "tags", "alternates",
    )  # fmt: skip
    assert all(item[name] for name in useful)


def test_a_single_article_tells_the_same_as_in_the_list(
    get: Get, make_news: Callable[[int], list[NewsPage]]
) -> None:
    [article] = make_news(1)
    [listed] = get("news/").json()["items"]

    assert get(f"news/{article.translation_key}/").json() == listed
    assert get(f"content/{article.translation_key}/").json() == listed


def test_news_come_newest_first_and_later_ones_before_earlier_of_the_same_day(
    get: Get, tree: SiteTree
) -> None:
    for title, day in (("old", 1), ("new", 3), ("same day", 3), ("middle", 2)):
        NewsPageFactory(parent=tree.news, title=title, published_on=date(2021, 3, day))

    assert titles(get("news/")) == ["same day", "new", "middle", "old"]
    assert titles(get("news/", order="published_on")) == ["old", "middle", "new", "same day"]
    assert titles(get("news/", order="title")) == ["middle", "new", "old", "same day"]
    assert titles(get("news/", order="-title")) == ["same day", "old", "new", "middle"]


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        ("eq", ["2"]),
        ("gt", ["3"]),
        ("gte", ["3", "2"]),
        ("lt", ["1"]),
        ("lte", ["2", "1"]),
    ],
)
def test_days_are_compared_by_operators(
    get: Get, tree: SiteTree, operator: str, expected: list[str]
) -> None:
    for day in (1, 2, 3):
        NewsPageFactory(parent=tree.news, title=str(day), published_on=date(2021, 3, day))

    assert titles(get("news/", **{f"published_on[{operator}]": "2021-03-02"})) == expected


def test_two_operators_make_a_span(get: Get, tree: SiteTree) -> None:
    for day in (1, 2, 3, 4):
        NewsPageFactory(parent=tree.news, title=str(day), published_on=date(2021, 3, day))

    span = {"published_on[gt]": "2021-03-01", "published_on[lt]": "2021-03-04"}

    assert titles(get("news/", **span)) == ["3", "2"]


def test_moments_of_publication_are_compared_by_operators(get: Get, tree: SiteTree) -> None:
    first = NewsPageFactory(parent=tree.news, title="first")
    NewsPageFactory(parent=tree.news, title="second")
    moment = first.last_published_at.isoformat()

    assert titles(get("news/", **{"updated_at[gt]": moment})) == ["second"]
    assert titles(get("news/", **{"updated_at[lte]": moment})) == ["first"]
    assert titles(get("news/", **{"first_published_at[eq]": moment})) == ["first"]
    assert titles(get("news/", order="updated_at")) == ["first", "second"]
    assert titles(get("news/", order="-first_published_at")) == ["second", "first"]


def test_tags_filter(get: Get, tree: SiteTree) -> None:
    NewsPageFactory(parent=tree.news, title="tagged", tags=["Visits"])
    NewsPageFactory(parent=tree.news, title="plain")

    assert titles(get("news/", tag="visits")) == ["tagged"]
    assert titles(get("news/", tag="nobody-uses-this")) == []


def test_twinnings_and_partners_filter_each_article_once(get: Get, tree: SiteTree) -> None:
    pair, other = TwinningFactory(number=3), TwinningFactory(number=4)
    school = pair.european_school
    NewsPageFactory(
        parent=tree.news, title="all", authors=[school], twinnings=[pair, other],
        published_on=date(2021, 3, 3),
    )  # fmt: skip
    NewsPageFactory(
        parent=tree.news, title="about", twinnings=[pair], published_on=date(2021, 3, 2)
    )
    NewsPageFactory(parent=tree.news, title="by", authors=[school], published_on=date(2021, 3, 1))
    NewsPageFactory(parent=tree.news, title="others", authors=[PartnerFactory()])

    assert titles(get("news/", twinning=3)) == ["all", "about"]
    assert titles(get("news/", twinning=4)) == ["all"]
    assert titles(get("news/", partner=school.slug)) == ["all", "about", "by"]
    assert titles(get("news/", partner=pair.balkan_school.slug, twinning=4)) == ["all"]
    assert titles(get("news/", partner="nobody")) == []


def test_fields_trim_and_widen(get: Get, tree: SiteTree) -> None:
    article = NewsPageFactory(parent=tree.news, seo_title="For engines")
    path = f"news/{article.translation_key}/"
    core = {"id", "type", "locale", "title", "url"}

    assert set(get(path, fields="summary").json()) == core | {"summary"}
    assert set(get(path, fields="title").json()) == core
    usual = get(path).json()
    assert "search_title" not in usual
    assert get(path, fields="*").json()["search_title"] == "For engines"
    assert get(path, fields="search_title").json()["search_title"] == "For engines"
    assert set(get(path, fields="-body,-image").json()) == set(usual) - {"body", "image"}
    assert "body" not in get(path, fields="*,-body").json()


def test_fields_may_be_repeated_instead(client: Client, tree: SiteTree) -> None:
    NewsPageFactory(parent=tree.news)

    [item] = client.get("/api/v1/news/?fields=summary&fields=tags").json()["items"]

    assert {"summary", "tags"} < set(item)


def test_the_image_comes_in_the_sizes_of_the_site_with_all_that_is_due(
    get: Get, tree: SiteTree
) -> None:
    image = ImageFactory(
        file__width=900, file__height=600, focal_point_x=450, focal_point_y=150,
        focal_point_width=100, focal_point_height=100, licence="CC0-1.0",
    )  # fmt: skip
    NewsPageFactory(parent=tree.news, listing_image=drawn(image))

    found = get("news/").json()["items"][0]["image"]

    assert found["id"] == str(image.public_id)
    assert (found["width"], found["height"]) == (900, 600)
    assert found["focal_point"] == {"x": 0.5, "y": 0.25}
    assert found["alt"] == "Learners at a workbench"
    assert found["credit"] == "Photo: V2V"
    assert found["licence"] == "CC0-1.0"
    assert found["url"].startswith("http://localhost/media/")
    for name, candidates in found["srcset"].items():
        widths = [candidate.split()[1] for candidate in candidates.split(", ")]
        assert widths == ["480w", "800w", "900w"], name
        assert all(f"format-{name}" in candidate for candidate in candidates.split(", "))


def test_a_format_that_is_still_being_made_is_empty(get: Get, tree: SiteTree) -> None:
    NewsPageFactory(parent=tree.news, listing_image=ImageFactory(file__width=64))

    found = get("news/").json()["items"][0]["image"]

    assert (found["srcset"]["avif"], found["srcset"]["webp"]) == ("", "")
    assert found["srcset"]["jpeg"] == f"{found['url']} 64w"


def test_an_image_whose_file_is_gone_is_left_out(get: Get, tree: SiteTree) -> None:
    image = ImageFactory()
    image.file.storage.delete(image.file.name)
    picture = {"image": {"image": image.pk, "alt_text": "x", "decorative": False}}
    body = [{"type": "image", "value": {**picture, "caption": "", "consents": []}, "id": "a"}]
    NewsPageFactory(parent=tree.news, listing_image=image, body=body)

    [item] = get("news/").json()["items"]

    assert item["image"] is None
    assert item["body"] == []


def test_what_stands_elsewhere_names_its_address_there(get: Get, tree: SiteTree) -> None:
    NewsPageFactory(parent=tree.news, canonical_address="https://school.example/news/1")

    [item] = get("news/").json()["items"]

    assert item["canonical_url"] == "https://school.example/news/1"
    assert item["url"].startswith("http://localhost/en/news/")


def test_funding_and_footnotes_are_those_of_the_page(
    get: Get, make_news: Callable[[int], list[NewsPage]], tree: SiteTree
) -> None:
    make_news(1)
    statement = FundingStatementFactory(texts={"it": {"disclaimer": "Un altro avviso."}})
    own = NewsPageFactory(
        parent=tree.news,
        title="own",
        published_on=date(2022, 1, 1),
        funding_statement=statement,
    )
    general = NewsPageFactory(parent=tree.news, title="general", published_on=date(2022, 1, 2))
    translate(tree.news, "it")
    italian = translate(own, "it", title="proprio")

    for page in (general, own, italian):
        item = get(f"news/{page.translation_key}/", locale=page.language).json()

        funding = [item["funding"][name] for name in ("emblem_line", "disclaimer")]
        assert funding == [{"text": t.text, "language": t.language} for t in page.funding_texts()]
        notes = [{"text": note.text, "language": note.language} for note in page.footnotes()]
        assert item["footnotes"] == notes != []


def test_addresses_are_those_that_the_page_itself_names(get: Get, tree: SiteTree) -> None:
    article = NewsPageFactory(parent=tree.news, slug="kick-off")
    translate(tree.news, "it", slug="notizie")
    italian = translate(article, "it", title="Incontro", slug="incontro")

    item = get(f"news/{article.translation_key}/", locale="it").json()

    assert item["url"] == italian.get_full_url() == "http://localhost/it/notizie/incontro/"
    assert [alternate["url"] for alternate in item["alternates"]] == [
        article.get_full_url(),
        italian.get_full_url(),
    ]


def test_small_images_are_made_without_computing(tree: SiteTree, get: Get) -> None:
    NewsPageFactory(parent=tree.news, listing_image=small_image())

    assert get("news/").json()["items"][0]["image"]["srcset"]["avif"].endswith(" 16w")
