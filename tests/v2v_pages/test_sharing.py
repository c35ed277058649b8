"""What social networks show of a link: https://ogp.me."""

from io import BytesIO
from pathlib import Path

from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from PIL import Image

from tests.factories import NewsPageFactory, add_text
from tests.sites import SiteTree, build_partnership, translate
from tests.v2v_pages.documents import read

LARGEST_IMAGE = 60 * 1024


def properties(page: BeautifulSoup) -> dict[str, str]:
    """Returns the Open Graph properties of a page."""
    return {str(tag["property"]): str(tag["content"]) for tag in page.select("meta[property]")}


def test_a_shared_article_tells_its_languages_and_its_date(site: SiteTree) -> None:
    article = NewsPageFactory(parent=site.news, slug="kick-off", tags=["visits"])
    translate(site.news, "it", title="Notizie", slug="notizie")
    translate(article, "it", slug="avvio")

    told = properties(read("/en/news/kick-off/"))

    assert (told["og:locale"], told["og:locale:alternate"]) == ("en_GB", "it_IT")
    assert told["og:url"] == "http://localhost/en/news/kick-off/"
    assert told["article:published_time"] == "2021-03-29"
    assert told["article:tag"] == "visits"


def test_a_shared_partner_is_not_taken_for_the_directory(site: SiteTree) -> None:
    school = build_partnership()[0].european_school
    add_text(school, "en", description="Trains bakers.")

    told = properties(read("/en/schools/apro-formazione/"))

    assert told["og:title"] == "APRO Formazione"
    assert told["og:description"] == "Trains bakers."
    assert told["og:url"] == "http://localhost/en/schools/apro-formazione/"


def test_a_page_without_picture_is_shared_with_that_of_the_project(site: SiteTree) -> None:
    told = properties(read("/en/"))

    found = finders.find("v2v_pages/sharing.png")
    assert found
    drawn = Path(found).read_bytes()
    assert told["og:image"].startswith("http://testserver/static/v2v_pages/sharing")
    size = (told["og:image:width"], told["og:image:height"])
    assert size == tuple(map(str, Image.open(BytesIO(drawn)).size))
    assert len(drawn) <= LARGEST_IMAGE
