"""What search engines read: pages in schema.org's vocabulary."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import (
    ImageFactory,
    NewsPageFactory,
    PartnerFactory,
    ProjectSettingsFactory,
    StandardPageFactory,
    TeamFactory,
    TwinningStoryPageFactory,
)
from tests.sites import SiteTree, build_partnership, translate
from tests.v2v_pages.documents import graph, one, read
from tests.v2v_pages.schema_org import mistakes
from v2v_snippets.models import SocialLink

HOST = "http://localhost"


@pytest.fixture
def rich_site(site: SiteTree) -> SiteTree:
    """A site with a page of every type, each with all that it can have."""
    project = ProjectSettingsFactory()
    SocialLink.objects.create(settings=project, label="EfVET", url="https://efvet.example/")
    pair = build_partnership()[0]
    TeamFactory(members=[pair.european_school])
    PartnerFactory(short_name="EfVET", official_name="European Forum", network=True)
    article = NewsPageFactory(
        parent=site.news,
        slug="kick-off",
        title="It took off",
        authors=[pair.european_school],
        twinnings=[pair],
        tags=["visits"],
        listing_image=ImageFactory(),
        canonical_address="https://efvet.example/kick-off/",
    )
    translate(site.news, "it", title="Notizie", slug="notizie")
    translate(article, "it", title="È partito", slug="avvio")
    TwinningStoryPageFactory(parent=site.twinnings, slug="visit", twinning=pair)
    StandardPageFactory(parent=site.home, slug="about")
    return site


PATHS = [
    "/en/",
    "/it/",
    "/en/news/",
    "/en/news/tag/visits/",
    "/en/news/kick-off/",
    "/it/notizie/avvio/",
    "/fi/news/kick-off/",
    "/en/twinnings/",
    "/en/twinnings/1/",
    "/en/twinnings/country/it/",
    "/en/twinnings/visit/",
    "/en/schools/",
    "/en/schools/side/wb/",
    "/en/schools/side/eu/kind/network/",
    "/en/schools/apro-formazione/",
    "/en/schools/efvet/",
    "/en/about/",
]


def test_every_page_says_only_what_the_vocabulary_knows(rich_site: SiteTree) -> None:
    assert {path: found for path in PATHS if (found := mistakes(graph(read(path))))} == {}


def described(path: str, kind: str) -> dict[str, Any]:
    """Returns the only node of that type at the top of a page's graph."""
    found = [node for node in graph(read(path))["@graph"] if node["@type"] == kind]
    assert len(found) == 1, [node["@type"] for node in found]
    return found[0]


def test_an_article_names_author_publisher_licence_and_grant(rich_site: SiteTree) -> None:
    article = described("/en/news/kick-off/", "NewsArticle")

    assert article["author"] == [{"@type": "EducationalOrganization", "name": "APRO Formazione"}]
    assert article["publisher"] == {"@id": f"{HOST}/#project"}
    assert article["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert article["isBasedOn"] == "https://efvet.example/kick-off/"
    assert article["image"]["creditText"] == "Photo: V2V"
    grant = described("/en/news/kick-off/", "Grant")
    assert article["funding"] == {"@id": grant["@id"]}
    assert grant["description"] == "Funded by the European Union."


def test_original_and_translation_name_each_other(rich_site: SiteTree) -> None:
    original = described("/en/news/kick-off/", "NewsArticle")
    translation = described("/it/notizie/avvio/", "NewsArticle")

    assert original["workTranslation"][0]["@id"] == translation["@id"]
    assert translation["translationOfWork"]["@id"] == original["@id"]
    assert translation["inLanguage"] == "it"
    assert described("/fi/news/kick-off/", "NewsArticle")["@id"] == original["@id"]


def test_an_assumed_date_is_not_given_as_one(site: SiteTree) -> None:
    NewsPageFactory(parent=site.news, slug="assumed", is_date_assumed=True)

    page = read("/en/news/assumed/")

    assert "datePublished" not in str(graph(page))
    assert page.select("meta[property='article:published_time']") == []


def test_breadcrumbs_lead_through_the_list_to_a_partner(rich_site: SiteTree) -> None:
    steps = described("/en/schools/efvet/", "BreadcrumbList")["itemListElement"]

    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "V2V", f"{HOST}/en/"),
        (2, "Schools", f"{HOST}/en/schools/"),
        (3, "EfVET", f"{HOST}/en/schools/efvet/"),
    ]


def test_a_list_names_what_it_lists(rich_site: SiteTree) -> None:
    listed = described("/en/schools/country/it/", "CollectionPage")["mainEntity"]

    assert ("APRO Formazione", f"{HOST}/en/schools/apro-formazione/") in [
        (item["name"], item["item"]) for item in listed["itemListElement"]
    ]


def test_a_partner_is_placed_as_exactly_as_the_record_knows(rich_site: SiteTree) -> None:
    known = described("/en/schools/apro-formazione/", "WebPage")["mainEntity"]
    vague = described("/en/schools/sedu/", "WebPage")["mainEntity"]

    assert known["address"] == {
        "@type": "PostalAddress", "addressLocality": "Alba", "addressCountry": "IT"
    }  # fmt: skip
    assert vague["address"] == {"@type": "PostalAddress", "addressCountry": "FI"}


def test_drafts_are_no_translations(site: SiteTree) -> None:
    article = NewsPageFactory(parent=site.news, slug="kick-off")
    translate(site.news, "it", title="Notizie", slug="notizie")
    translate(article, "it", slug="segreto").unpublish()

    response = Client().get("/en/news/kick-off/")

    assert "segreto" not in response.content.decode()


def test_structured_data_is_no_script(site: SiteTree) -> None:
    assert one(read("/en/"), "script")["type"] == "application/ld+json"
