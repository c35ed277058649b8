"""oEmbed 1.0: what a site that was given an address of ours is told."""

import re
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from tests.factories import ImageFactory, NewsPageFactory, PartnerFactory, TwinningFactory
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory
from tests.sites import SiteTree, translate

pytestmark = pytest.mark.django_db

HOST = "http://localhost"


def ask(address: str, **parameters: Any) -> Any:
    """The answer of the provider."""
    return Client().get("/oembed/", {"url": address, **parameters})


def frame_of(answer: Any) -> str:
    """The path of the frame in an answer."""
    found = re.search(rf'src="{HOST}(/embed/[^"]*)"', answer.json()["html"])
    assert found
    return found[1]


def told_by(answer: Any) -> dict[str, str | None]:
    """The values in an answer in XML."""
    root = ET.fromstring(answer.content)  # noqa: S314  (our own)
    assert root.tag == "oembed"
    return {element.tag: element.text for element in root}


def test_an_article_is_described_by_what_the_specification_asks_of_rich_content(
    site: SiteTree,
) -> None:
    author = PartnerFactory(short_name="SEDU", website="https://sedu.example/")
    page = NewsPageFactory(parent=site.news, title='Kick-off "online"', authors=[author])

    response = ask(f"{HOST}/en/news/{page.slug}/")

    answer = response.json()
    assert response["Content-Type"] == "application/json"
    assert answer["version"] == "1.0"
    assert answer["type"] == "rich"
    assert answer["title"] == 'Kick-off "online"'
    assert answer["provider_name"] == "V2V"
    assert answer["provider_url"] == f"{HOST}/"
    assert (answer["author_name"], answer["author_url"]) == ("SEDU", "https://sedu.example/")
    assert (answer["width"], answer["height"]) == (600, 520)
    assert answer["html"] == (
        f'<iframe src="{HOST}/embed/en/item/{page.translation_key}/" width="600" height="520" '
        'title="Kick-off &quot;online&quot;" loading="lazy" frameborder="0" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
    )
    assert Client().get(frame_of(response)).status_code == 200


def test_xml_says_the_same_as_json(site: SiteTree) -> None:
    page = NewsPageFactory(parent=site.news, title="Tea & talks")
    address = f"{HOST}/en/news/{page.slug}/"

    response = ask(address, format="xml")

    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert told_by(response) == {name: str(value) for name, value in ask(address).json().items()}


@pytest.mark.parametrize(
    ("parameters", "size"),
    [
        ({}, (600, 520)),
        ({"maxwidth": "320"}, (320, 760)),
        ({"maxwidth": "320", "maxheight": "200"}, (320, 200)),
        ({"maxwidth": "2000", "maxheight": "2000"}, (600, 520)),
        ({"maxheight": "1"}, (600, 1)),
        ({"maxwidth": "", "dnt": "1", "discover": "x"}, (600, 520)),
    ],
)
def test_a_frame_keeps_within_the_room_that_there_is(
    site: SiteTree, parameters: dict[str, str], size: tuple[int, int]
) -> None:
    answer = ask(f"{HOST}/en/news/", **parameters).json()

    assert (answer["width"], answer["height"]) == size


@pytest.mark.parametrize("name", ["maxwidth", "maxheight"])
@pytest.mark.parametrize("value", ["0", "-1", "1.5", "x", "10" * 20, "٣", "\0"])
def test_what_is_no_size_is_refused_with_a_reason(site: SiteTree, name: str, value: str) -> None:
    response = ask(f"{HOST}/en/news/", **{name: value})

    assert response.status_code == 400
    assert f"{name} is a whole number of pixels" in response.content.decode()


def test_a_picture_stands_for_the_article_where_there_is_room(site: SiteTree) -> None:
    page = NewsPageFactory(parent=site.news, listing_image=ImageFactory())
    address = f"{HOST}/en/news/{page.slug}/"
    size = ask(address).json()

    assert size["thumbnail_url"].startswith(f"{HOST}/media/images/")
    assert size["thumbnail_width"] <= 600
    assert "thumbnail_url" not in ask(address, maxwidth="100").json()


def test_every_public_address_has_an_answer_in_the_language_of_its_prefix(site: SiteTree) -> None:
    translate(site.news, "it", slug="notizie")
    page = NewsPageFactory(parent=site.news, title="Kick-off", slug="kick-off")
    translate(page, "it", title="Avvio", slug="avvio")
    pair = TwinningFactory(number=2)
    GlossaryIndexPageFactory(parent=site.home)
    school = ConceptFactory(terms={"en": "school"})
    key = page.translation_key
    expected = {
        "/en/news/kick-off/": ("Kick-off", f"/embed/en/item/{key}/"),
        "/en/news/kick-off": ("Kick-off", f"/embed/en/item/{key}/"),
        "/it/notizie/avvio/": ("Avvio", f"/embed/it/item/{key}/"),
        # leads on to the Italian version
        "/it/news/kick-off/": ("Avvio", f"/embed/it/item/{key}/"),
        # there is no Finnish one
        "/fi/news/kick-off/": ("Kick-off", f"/embed/fi/item/{key}/"),
        "/en/news/kick-off/?utm_source=x#top": ("Kick-off", f"/embed/en/item/{key}/"),
        "/": ("V2V", f"/embed/en/item/{site.home.translation_key}/"),
        "/en/twinnings/2/": (pair.name, f"/embed/en/item/{site.twinnings.translation_key}/2/"),
        f"/sq/glossary/{school.identifier}/": ("school", None),
    }

    for path, (title, frame) in expected.items():
        answer = ask(HOST + path)
        assert answer.status_code == 200, path
        assert answer.json()["title"] == title, path
        assert frame in {None, frame_of(answer)}, path
        assert Client().get(frame_of(answer)).status_code == 200, path


def test_an_old_address_leads_to_the_new_one(site: SiteTree) -> None:
    page = NewsPageFactory(parent=site.news, title="Kick-off")
    Redirect.add_redirect("/en/old/", page)
    Redirect.add_redirect("/en/away/", "https://elsewhere.example/")
    Redirect.add_redirect("/en/round/", "/en/about/")
    Redirect.add_redirect("/en/about/", "/en/round/")

    assert ask(f"{HOST}/fi/old/").json()["title"] == "Kick-off"
    assert ask(f"{HOST}/en/away/").status_code == 404
    assert ask(f"{HOST}/en/round/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/en/news/",
        "http://localhost.elsewhere.example/en/news/",
        "http://localhost@elsewhere.example/en/news/",
        "http://elsewhere.example@localhost/en/news/",
        "//localhost/en/news/",
        "/en/news/",
        "javascript:alert(1)",
        "ftp://localhost/en/news/",
        f"{HOST}/en/nothing/",
        f"{HOST}/xx/news/",
        f"{HOST}/admin/",
        f"{HOST}/api/v1/news/",
        f"{HOST}/feeds/en/news.atom",
        f"{HOST}/en/news/\0/",
        f"{HOST}/en/%FF/",
        f"{HOST}//elsewhere.example/",
        f"{HOST}/en/{'x' * 70_000}/",
        "x",
    ],
)
def test_an_address_that_is_no_public_page_of_the_site_is_not_found(
    site: SiteTree, address: str
) -> None:
    response = ask(address)

    assert response.status_code == 404
    assert response.content == b"Nothing public is at this address.\n"


@pytest.mark.parametrize(
    ("query", "status", "reason"),
    [
        ("", 400, "Say which page to embed"),
        ("url=", 400, "Say which page to embed"),
        (f"url={quote(HOST)}/en/news/&format=yaml", 501, "format=json and format=xml"),
        ("url=%00", 404, "Nothing public"),
        ("url=%ff%fe", 404, "Nothing public"),
    ],
)
def test_a_question_that_has_no_answer_says_why(
    site: SiteTree, query: str, status: int, reason: str
) -> None:
    response = Client().get(f"/oembed/?{query}")

    assert response.status_code == status
    assert reason in response.content.decode()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_private_pages_are_as_if_they_were_not_there(site: SiteTree) -> None:
    pages = [
        NewsPageFactory(parent=site.news, slug="draft", draft=True),
        NewsPageFactory(parent=site.news, slug="login", restriction="login"),
        NewsPageFactory(parent=site.news, slug="expired", expired=True),
        NewsPageFactory(parent=site.news, slug="password", restriction="password"),
    ]
    answers = [ask(f"{HOST}/en/news/{page.slug}/") for page in pages]
    nothing = ask(f"{HOST}/en/news/nothing/")

    assert {answer.status_code for answer in answers} == {404}
    assert {answer.content for answer in answers} == {nothing.content}
    for page in pages:
        assert Client().get(f"/embed/en/item/{page.translation_key}/").status_code == 404


def test_pages_say_where_to_ask(site: SiteTree) -> None:
    page = NewsPageFactory(parent=site.news, title="Kick-off", slug="kick-off")

    html = Client().get("/fi/news/kick-off/").content.decode()

    found = re.search(
        r'<link rel="alternate"\s+type="application/json\+oembed"[^>]*href="([^"]*)"', html
    )
    assert found
    assert found[1] == f"{HOST}/oembed/?url=http%3A%2F%2Flocalhost%2Ffi%2Fnews%2Fkick-off%2F"
    answer = Client().get(found[1].removeprefix(HOST)).json()
    assert f"/embed/fi/item/{page.translation_key}/" in answer["html"]


def test_an_answer_is_the_same_for_everybody(site: SiteTree) -> None:
    address = f"/oembed/?url={quote(HOST)}/en/news/"
    response = Client().get(
        address, headers={"accept-language": "it", "cookie": "django_language=it"}
    )
    head = Client().head(address)

    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Vary" not in response
    assert not response.cookies
    assert head["ETag"] == response["ETag"]
    known = Client().get(address, headers={"if-none-match": response["ETag"]})
    assert known.status_code == 304


def test_control_characters_in_names_break_no_xml(site: SiteTree) -> None:
    author = PartnerFactory(short_name="SE\x0bDU")
    page = NewsPageFactory(parent=site.news, authors=[author])

    response = ask(f"{HOST}/en/news/{page.slug}/", format="xml")

    assert told_by(response)["author_name"] == "SEDU"
