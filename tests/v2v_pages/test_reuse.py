"""How readers quote a page, reuse its pictures and report what is wrong with it."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

from tests.factories import (
    ImageFactory,
    NewsPageFactory,
    PartnerFactory,
    ProjectSettingsFactory,
    StandardPageFactory,
)
from tests.sites import SiteTree, translate
from tests.v2v_pages.documents import links, one, read, text_of


def test_an_article_says_how_to_cite_it(site: SiteTree) -> None:
    NewsPageFactory(
        parent=site.news,
        title="It took off",
        slug="kick-off",
        authors=[PartnerFactory(short_name="SEDU")],
        review_on=date(2027, 5, 1),
    )

    assert text_of(one(read("/en/news/kick-off/"), ".cite p")) == (
        "SEDU: It took off. V2V, 29 March 2021. http://localhost/en/news/kick-off/. CC BY 4.0. "
        "To be reviewed on 1 May 2027"
    )


def test_a_citation_is_in_the_language_of_the_text_and_marks_an_assumed_date(
    site: SiteTree,
) -> None:
    NewsPageFactory(parent=site.news, title="It took off", slug="kick-off", is_date_assumed=True)

    cited = one(read("/fi/news/kick-off/"), ".cite p")

    assert cited["lang"] == "en"
    assert text_of(cited) == (
        "V2V: It took off. 29 March 2021 (date assumed). "
        "http://localhost/en/news/kick-off/. CC BY 4.0"
    )


def test_a_date_that_ends_in_a_stop_has_no_second_one(site: SiteTree) -> None:
    article = NewsPageFactory(parent=site.news, slug="kick-off")
    for page in (site.home, site.news, article):
        translated = translate(page, "bs")

    assert "29. mart 2021. http" in text_of(one(read(translated.url), ".cite p"))


def test_a_mistake_is_reported_by_a_letter_that_names_the_page(site: SiteTree) -> None:
    ProjectSettingsFactory()
    StandardPageFactory(parent=site.home, title="Us & you", slug="about")

    address = links(read("/en/about/"))["Report a mistake"]

    letter = parse_qs(urlsplit(address).query)
    assert address.startswith("mailto:office@v2v.example?")
    assert letter["subject"] == ["A mistake in: Us & you"]
    assert letter["body"][0].splitlines()[0] == "http://localhost/en/about/"
    assert "What is wrong?" in letter["body"][0]


def test_without_an_address_nobody_is_asked_to_write(site: SiteTree) -> None:
    ProjectSettingsFactory(contact_email="")
    NewsPageFactory(parent=site.news, slug="kick-off")

    assert "mailto:" not in str(read("/en/news/kick-off/"))


def test_a_picture_carries_its_licence(site: SiteTree) -> None:
    image = ImageFactory(licence="CC-BY-SA-4.0")
    image.contextual_alt_text, image.decorative = "Learners", False
    body = [("image", {"image": image, "caption": "", "consents": []})]
    NewsPageFactory(parent=site.news, slug="kick-off", body=body)

    caption = one(read("/en/news/kick-off/"), "figcaption")

    assert text_of(caption) == "Photo: V2V, CC BY-SA 4.0"
    assert links(caption) == {"CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/"}
