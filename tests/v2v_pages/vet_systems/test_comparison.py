"""Two to four systems side by side: addresses, table, file, cost."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from tests.factories import CountryFactory
from tests.replaying import replay
from tests.sites import SiteTree
from tests.v2v_pages.documents import graph, links, one, read, text_of
from tests.v2v_pages.schema_org import mistakes
from tests.v2v_pages.test_queries import cost
from tests.vet_systems import (
    VETIndicatorFactory,
    VETSystemIndexPageFactory,
    VETSystemPageFactory,
    programme,
    share_of_learners,
    value,
)
from v2v_pages.models import VETSystemIndexPage, VETSystemPage
from v2v_snippets.enums import IndicatorKind

LIST = "/en/vet-systems/"


def publish_systems(site: SiteTree) -> None:
    """Publishes profiles of five countries; only two say something."""
    share = share_of_learners()
    index = VETSystemIndexPageFactory(parent=site.home)
    names = {"HR": "Croatia", "BA": "Bosnia", "SI": "Slovenia", "NL": "Netherlands"}
    countries = [CountryFactory(code=code, name=name) for code, name in names.items()]
    countries.append(CountryFactory(kosovo=True))
    rows: dict[str, dict[str, Any]] = {
        "HR": {"values": [value(share, "69.5", note="=1+1")], "programmes": [programme()]},
        "BA": {"values": [value(share, "75", source="", is_sample=True)]},
    }
    for country in countries:
        VETSystemPageFactory(parent=index, country=country, **rows.get(country.code, {}))


@pytest.fixture
def systems(site: SiteTree) -> dict[str, Any]:
    """The profiles, by country."""
    replay(("systems to compare",), lambda: publish_systems(site))
    pages = VETSystemPage.objects.select_related("country")
    return {page.country.code: page for page in pages}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("compare/hr/ba/", "compare/ba/hr/"),
        ("compare/HR/BA/", "compare/ba/hr/"),
        ("compare/ba/hr/ba/", "compare/ba/hr/"),
        ("compare/si/hr/ba/nl/", "compare/ba/hr/nl/si/"),
        ("compare/?country=si&country=hr", "compare/hr/si/"),
        ("compare/hr/ba.csv", "compare/ba/hr.csv"),
    ],
)
def test_each_comparison_has_one_address(systems: dict[str, Any], asked: str, found: str) -> None:
    response = Client().get(LIST + asked)

    assert response.status_code == 302
    assert response["Location"] == LIST + found
    assert Client().get(LIST + found).status_code == 200


@pytest.mark.parametrize(
    ("asked", "status", "says"),
    [
        ("compare/", 200, "Choose two to four countries."),
        ("compare/?country=hr", 200, "Choose two to four countries."),
        ("compare/?country=zz&country=hr", 404, "There is no profile of “zz”."),
        ("compare/hr/", 404, "Choose two to four countries."),
        ("compare/hr/ba/si/nl/xk/", 404, "Choose two to four countries."),
        ("compare/hr/zz/", 404, "There is no profile of “zz”."),
        ("compare/hr/nonsense/zz/", 404, "There are no profiles of “nonsense, zz”."),
    ],
)
def test_what_cannot_be_compared_is_explained_beside_the_choice(
    systems: dict[str, Any], asked: str, status: int, says: str
) -> None:
    page = read(LIST + asked, status=status)

    assert text_of(one(page, "[role=alert]")) == says
    assert len(page.select("form.choose input[name=country]")) == 5


def test_a_choice_that_is_refused_is_kept(systems: dict[str, Any]) -> None:
    page = read(LIST + "compare/?country=hr")

    assert [box["value"] for box in page.select("form.choose input[checked]")] == ["hr"]


@pytest.mark.parametrize("rest", ["compare/ba/zz.csv", "compare/hr.csv", "compare/a/b.csv"])
def test_there_is_no_file_of_what_cannot_be_compared(systems: dict[str, Any], rest: str) -> None:
    response = Client().get(LIST + rest)

    assert response.status_code == 404
    assert not response["Content-Type"].startswith("text/csv")


def test_countries_are_chosen_by_name_in_the_readers_order(systems: dict[str, Any]) -> None:
    labels = [text_of(label) for label in read(LIST).select("form.choose label")]

    assert labels == ["Bosnia", "Croatia", "Kosovo*", "Netherlands", "Slovenia"]


def test_values_stand_side_by_side_below_their_countries(systems: dict[str, Any]) -> None:
    page = read(LIST + "compare/ba/hr/si/")

    table = one(page, "table:has(th[scope=rowgroup])")
    heads = [text_of(head) for head in table.select("thead th[scope=col]")]
    assert heads == ["Indicator", "Bosnia", "Croatia", "Slovenia"]
    row = one(table, "tbody tr:has(th[scope=row])")
    assert [text_of(cell) for cell in row.select("td")] == [
        "75% 2021 Sample value of the demo: not a statistic.",
        "69.5% 2021 · Ministry =1+1",
        "not yet documented",
    ]
    assert text_of(one(table, "th[scope=rowgroup]")) == "Structure of the system"


def test_the_table_scrolls_in_a_region_that_the_keyboard_reaches(systems: dict[str, Any]) -> None:
    page = read(LIST + "compare/ba/hr/")

    region = one(page, "section.scroll:has(th[scope=rowgroup])")
    assert region["tabindex"] == "0"
    assert page.find(id=str(region["aria-labelledby"])) is not None


def test_samples_are_announced_above_the_comparison(systems: dict[str, Any]) -> None:
    marks = read(LIST + "compare/ba/hr/").select(".marks li")

    assert [text_of(mark) for mark in marks] == ["Sample value of the demo: not a statistic."]
    assert read(LIST + "compare/hr/si/").select(".marks li") == []


def test_each_country_has_its_chart_and_its_programmes(systems: dict[str, Any]) -> None:
    page = read(LIST + "compare/ba/hr/")

    assert len(page.select("svg.chart")) == 1
    assert "No programme has been documented yet." in text_of(one(page, ".charts"))
    assert text_of(one(page, "table:not(:has([scope=rowgroup])) tbody th")) == "Tehničar"


def test_no_identifier_comes_twice(systems: dict[str, Any]) -> None:
    systems["BA"].vet_programmes = [programme(language="bs")]
    systems["BA"].save_revision().publish()

    page = read(LIST + "compare/ba/hr/")
    found = [str(element["id"]) for element in page.select("[id]")]

    assert len(found) == len(set(found))


def test_a_profile_leads_to_its_comparisons(systems: dict[str, Any]) -> None:
    page = read(LIST + "system-hr/")

    assert links(page, ".tags a") == {
        "Bosnia": f"{LIST}compare/ba/hr/",
        "Kosovo*": f"{LIST}compare/hr/xk/",
        "Netherlands": f"{LIST}compare/hr/nl/",
        "Slovenia": f"{LIST}compare/hr/si/",
    }


def file_rows(path: str) -> list[dict[str, str]]:
    response = Client().get(path)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_file_says_what_it_is(systems: dict[str, Any]) -> None:
    response = Client().get(f"{LIST}compare/ba/hr.csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"] == 'attachment; filename="vet-systems-ba-hr.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf"), "or Excel takes it for Latin-1"
    assert "Set-Cookie" not in response


def test_the_file_has_a_line_for_each_indicator_and_country(systems: dict[str, Any]) -> None:
    VETIndicatorFactory(key="zz-years", kind=IndicatorKind.YEARS)

    found = file_rows(f"{LIST}compare/ba/hr.csv")

    assert [(row["indicator"], row["country_code"]) for row in found] == [
        ("learners-in-vet", "BA"),
        ("learners-in-vet", "HR"),
        ("zz-years", "BA"),
        ("zz-years", "HR"),
    ]
    assert found[1] == {
        "country_code": "HR",
        "country": "Croatia",
        "group": "Structure of the system",
        "indicator": "learners-in-vet",
        "label": "Learners in VET",
        "value": "69.5",
        "unit": "%",
        "year": "2021",
        "source": "Ministry",
        "source_url": "",
        "note": "'=1+1",
        "footnote": "",
        "page": "http://localhost/en/vet-systems/system-hr/",
        "licence": "CC-BY-4.0",
    }
    assert found[0]["note"] == "Sample value of the demo: not a statistic."
    assert {row["value"] for row in found[2:]} == {"not yet documented"}


def test_the_file_has_the_footnotes_of_marked_countries(systems: dict[str, Any]) -> None:
    notes = {row["country"]: row["footnote"] for row in file_rows(f"{LIST}compare/hr/xk.csv")}

    assert notes == {"Croatia": "", "Kosovo*": "* This designation is without prejudice."}


def test_numbers_in_the_file_are_the_same_in_every_language(systems: dict[str, Any]) -> None:
    found = file_rows("/fi/vet-systems/compare/ba/hr.csv")

    assert [row["value"] for row in found] == ["75", "69.5"]


def test_comparisons_of_two_are_in_the_site_map(systems: dict[str, Any]) -> None:
    assert "compare/ba/hr/" in VETSystemIndexPage.public_paths()
    assert len(VETSystemIndexPage.public_paths()) == 10


def test_search_engines_list_comparisons_of_two_alone(systems: dict[str, Any]) -> None:
    assert read(LIST + "compare/ba/hr/").select("meta[name=robots]") == []
    assert one(read(LIST + "compare/ba/hr/si/"), "meta[name=robots]")["content"] == "noindex"


def test_profiles_and_comparisons_speak_schema_org(systems: dict[str, Any]) -> None:
    for path in ("", "system-hr/", "system-ba/", "compare/ba/hr/"):
        assert mistakes(graph(read(LIST + path))) == [], path


def test_samples_are_no_data_for_search_engines(systems: dict[str, Any]) -> None:
    def measured(code: str) -> list[str]:
        nodes = graph(read(f"{LIST}system-{code}/"))["@graph"]
        [page] = [node for node in nodes if node.get("mainEntity")]
        return [each["value"] for each in page["mainEntity"].get("variableMeasured", [])]

    assert measured("hr") == ["69.5%"]
    assert measured("ba") == []


@pytest.mark.parametrize(
    ("path", "at_most"),
    [("", 20), ("system-hr/", 32), ("compare/ba/hr/", 30), ("compare/ba/hr.csv", 22)],
)
def test_pages_cost_the_same_with_many_rows(
    systems: dict[str, Any], path: str, at_most: int
) -> None:
    before = cost(LIST + path)
    assert before <= at_most

    for code in ("HR", "BA"):
        page = systems[code]
        page.vet_values = [
            value(VETIndicatorFactory(texts={"en": {"label": "One"}}), "5") for _ in range(5)
        ]
        page.vet_programmes = [programme(f"Program {number}") for number in range(5)]
        page.save_revision().publish()

    assert cost(LIST + path) == before


def test_a_comparison_of_four_costs_what_one_of_two_costs(systems: dict[str, Any]) -> None:
    two, four = cost(LIST + "compare/ba/hr/"), cost(LIST + "compare/ba/hr/nl/si/")

    assert two == four
