"""Profiles of VET systems go out as articles do, with what is documented of each."""

from datetime import date
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.communication.syndication.reading import (
    ATOM,
    LANGUAGE,
    read_atom,
    read_json,
    read_rss,
    read_xml,
    titles,
)
from tests.factories import CountryFactory, ImageFactory, NewsPageFactory
from tests.glossary import ConceptFactory
from tests.sites import SiteTree, translate
from tests.texts import visible_text
from tests.vet_systems import (
    VETIndicatorFactory,
    VETSystemIndexPageFactory,
    VETSystemPageFactory,
    programme,
    share_of_learners,
    value,
)
from v2v_pages.models import VETProgramme, VETValue
from v2v_snippets.enums import Licence
from v2v_snippets.models import NationalEquivalent, VETIndicator

pytestmark = pytest.mark.django_db

SAMPLE = "Sample value of the demo: not a statistic."
IN_ITALIAN = "Valore di esempio della demo: non è un dato statistico."


@pytest.fixture
def systems(site: SiteTree) -> Any:
    return VETSystemIndexPageFactory(parent=site.home)


def add_system(systems: Any, code: str, **fields: Any) -> Any:
    indicator = VETIndicator.objects.first() or share_of_learners()
    filled = {"values": [value(indicator, "69.5")], "programmes": [programme()], **fields}
    return VETSystemPageFactory(parent=systems, country=CountryFactory(code=code), **filled)


@pytest.fixture
def croatia(systems: Any) -> Any:
    with time_machine.travel("2021-04-02T10:30:00+00:00", tick=False):
        return add_system(
            systems,
            "HR",
            summary="How vocational schools work in Croatia.",
            licence=Licence.CC_BY_SA,
            body=[("paragraph", "<p>Counties found schools.</p>")],
        )


@pytest.mark.parametrize("name", ["en/vet-systems", "it/all"])
def test_a_profile_has_summary_licence_and_language_in_every_format(
    croatia: Any, name: str
) -> None:
    [item] = read_json(name)["items"]
    [atom], [rss] = read_atom(name).entries, read_rss(name).entries
    entry, row = read_xml(name).find(f"{ATOM}entry"), read_xml(name, "rss").find(".//item")

    assert titles(name) == ["VET in HR"]
    assert item["summary"] == atom.summary == rss.summary == croatia.summary
    licence = "https://creativecommons.org/licenses/by-sa/4.0/"
    assert item["_v2v"]["licence"] == {"name": "CC BY-SA 4.0", "url": licence}
    assert atom.rights == rss.rights == f"CC BY-SA 4.0 {licence}"
    assert entry is not None
    assert row is not None
    assert item["language"] == entry.get(LANGUAGE) == row.get(LANGUAGE) == "en"
    assert item["date_published"].startswith("2021-04-02T00:00:00")


def test_the_item_holds_what_is_documented_with_its_sources(croatia: Any) -> None:
    html = read_json("en/vet-systems")["items"][0]["content_html"]

    text = visible_text(html)
    assert "Counties found schools." in text
    assert "Learners in VET Of all in upper secondary education. 69.5% 2021 · Ministry" in text
    assert "Tehničar" in text
    assert "<svg" not in html
    assert SAMPLE not in html
    tables = BeautifulSoup(html, "html.parser").select("table")
    heads = [next(th.get_text() for th in table.select("th")) for table in tables]
    assert heads == ["Indicator", "Programme"]


def test_a_programme_leads_to_its_concept_by_an_absolute_address(systems: Any) -> None:
    concept = ConceptFactory(terms={"en": "technician"})
    country = CountryFactory(code="HR")
    equivalent = NationalEquivalent.objects.create(
        concept=concept, country=country, term="tehničar", language="hr", as_of=date(2021, 5, 1)
    )
    add_system(systems, "HR", programmes=[programme(equivalent=equivalent)])

    html = read_json("en/vet-systems")["items"][0]["content_html"]

    [link] = BeautifulSoup(html, "html.parser")("a", string="tehničar")
    assert link["href"] == f"http://localhost/id/glossary/{concept.identifier}"


def test_a_profile_without_facts_has_no_empty_tables(systems: Any) -> None:
    share_of_learners()
    add_system(systems, "HR", values=[], programmes=[])

    assert "<table" not in read_json("en/vet-systems")["items"][0]["content_html"]


def test_the_newest_profile_comes_first_and_a_correction_is_no_news(
    site: SiteTree, croatia: Any, systems: Any
) -> None:
    with time_machine.travel("2021-05-02T10:30:00+00:00", tick=False):
        add_system(systems, "SI")
    NewsPageFactory(parent=site.news, title="News", published_on=date(2021, 4, 20))
    with time_machine.travel("2021-06-02T10:30:00+00:00", tick=False):
        croatia.title = "VET in Croatia"
        croatia.save_revision().publish()

    assert titles("en/vet-systems") == ["VET in SI", "VET in Croatia"]
    assert titles("en/all") == ["VET in SI", "News", "VET in Croatia"]
    corrected = read_json("en/vet-systems")["items"][1]
    assert corrected["date_published"].startswith("2021-04-02")
    assert corrected["date_modified"].startswith("2021-06-02T10:30")


@pytest.mark.parametrize("model", [VETValue, VETProgramme])
def test_samples_are_marked_wherever_a_profile_is_named(systems: Any, model: Any) -> None:
    croatia = add_system(systems, "HR")
    model._default_manager.filter(page=croatia).update(is_sample=True)
    translate(systems, "it")
    italian = translate(croatia, "it", title="Croazia")
    model._default_manager.filter(page=italian).delete()

    item = read_json("it/vet-systems")["items"][0]
    frames = ["/embed/it/vet-systems/", f"/embed/it/item/{croatia.translation_key}/"]
    shown = [Client().get(address).content.decode() for address in frames]

    assert (item["title"], item["language"]) == ("Croazia", "it")
    assert visible_text(item["content_html"]).count(IN_ITALIAN) == 2, "above, and in the table"
    for frame in shown:
        assert frame.count(IN_ITALIAN) == 1, "The facts are those of the original."


def test_a_sample_that_became_a_fact_is_marked_in_no_version(systems: Any) -> None:
    croatia = add_system(systems, "HR", values=[value(share_of_learners(), "40", is_sample=True)])
    translate(systems, "it")
    translate(croatia, "it", title="Croazia")
    addresses = ["/feeds/it/vet-systems.json", "/embed/it/vet-systems/"]
    marked = [IN_ITALIAN in Client().get(address).content.decode() for address in addresses]

    VETValue._default_manager.filter(page=croatia).update(is_sample=False)

    assert marked == [True, True]
    for address in addresses:
        assert IN_ITALIAN not in Client().get(address).content.decode()


def test_a_profile_of_facts_is_marked_nowhere(croatia: Any) -> None:
    for address in ("/feeds/en/vet-systems.json", "/embed/en/vet-systems/", "/en/vet-systems/"):
        assert SAMPLE not in Client().get(address).content.decode(), address


def queries_of(address: str) -> int:
    Client().get(address)
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(address).status_code == 200
    return len(queries)


def test_lists_of_profiles_cost_the_same_queries_however_many_there_are(systems: Any) -> None:
    addresses = ["/feeds/en/vet-systems.atom", "/feeds/en/all.json", "/embed/en/vet-systems/"]
    indicators = [VETIndicatorFactory(), VETIndicatorFactory()]

    def add(code: str) -> None:
        add_system(
            systems,
            code,
            values=[value(indicator, "12") for indicator in indicators],
            programmes=[programme(), programme("Kuhar", is_sample=True)],
            listing_image=ImageFactory(),
        )

    add("HR")
    for_one = [queries_of(address) for address in addresses]
    for code in ("SI", "IT", "NL"):
        add(code)

    assert [queries_of(address) for address in addresses] == for_one
    assert max(for_one) <= 34


@pytest.mark.parametrize("path", ["/it/vet-systems/", "/it/vet-systems/system-hr/"])
def test_the_list_and_each_profile_name_the_feeds(croatia: Any, path: str) -> None:
    page = BeautifulSoup(Client().get(path).content, "html.parser")

    main = page.find("main")
    assert main is not None
    assert main.find("a", href="/feeds/it/vet-systems.atom") is not None
    named = {link["href"] for link in page("link", rel="alternate") if "hreflang" not in link.attrs}
    assert {f"/feeds/it/vet-systems.{ending}" for ending in ("atom", "rss", "json")} <= named
