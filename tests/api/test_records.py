"""Partners, twinnings and countries."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.factories import (
    CountryFactory,
    ImageFactory,
    PartnerFactory,
    TeamFactory,
    TwinningFactory,
)
from tests.sites import SiteTree, build_partnership
from v2v_snippets.models import PartnerAlias

Get = Callable[..., Any]


def names(answer: Any) -> list[str]:
    """Returns the names of the records of a list, in their order."""
    assert answer.status_code == 200, answer.content
    return [item["name"] for item in answer.json()["items"]]


@pytest.fixture
def partnership(tree: SiteTree) -> list[Any]:
    """The five pairs."""
    return build_partnership()


def test_twinnings_come_by_number_with_both_schools(get: Get, partnership: list[Any]) -> None:
    items = get("twinnings/").json()["items"]

    assert [item["number"] for item in items] == [1, 2, 3, 4, 5]
    third = items[2]
    assert third["id"] == str(partnership[2].public_id)
    assert third["url"] == "http://localhost/en/twinnings/3/"
    assert third["european_school"]["name"] == "SEDU"
    assert third["european_school"]["url"] == "http://localhost/en/schools/sedu/"
    assert third["balkan_school"]["country"]["name"] == "Kosovo*"


def test_kosovo_never_comes_without_its_mark_and_footnote(get: Get, partnership: list[Any]) -> None:
    for path in ("countries/", "partners/", "twinnings/"):
        answer = get(path)

        text = answer.content.decode()
        assert "Kosovo*" in text
        assert "Kosovo" not in text.replace("Kosovo*", "")
        assert "* This designation is without prejudice." in text


def test_a_country_without_a_mark_has_no_footnote(get: Get, partnership: list[Any]) -> None:
    by_code = {item["code"]: item for item in get("countries/").json()["items"]}

    assert by_code["FI"]["footnote"] is None
    assert by_code["FI"]["position"] == {
        "longitude": 26.2, "latitude": 64.5, "precision": "country",
    }  # fmt: skip


def test_partners_filter_by_country_kind_and_side(get: Get, partnership: list[Any]) -> None:
    PartnerFactory(network=True, short_name="EfVET", country=CountryFactory(code="FI"))

    assert names(get("partners/", country="XK")) == [
        "Centre of Competence",
        "Diakonie Training Center",
    ]
    assert names(get("partners/", country="FI")) == ["EfVET", "SEDU"]
    assert names(get("partners/", country="FI", kind="network")) == ["EfVET"]
    assert names(get("partners/", country="FI", side="eu")) == ["SEDU"]
    assert names(get("partners/", order="-name"))[0] == "SŠSK"
    assert names(get("partners/", country="DE")) == []


def test_a_partner_tells_all_that_its_record_knows(get: Get, tree: SiteTree) -> None:
    logo = ImageFactory(description="Logo of the school")
    school = PartnerFactory(
        in_city=True,
        lead=True,
        short_name="APRO",
        official_name="APRO Formazione",
        website="https://apro.example/",
        logo=logo,
        texts={"en": {"description": "Leads the project.", "sectors": "mechatronics"}},
    )
    PartnerAlias.objects.create(partner=school, name="Apro")
    TeamFactory(kind="steering", members=[school])
    TeamFactory(kind="communication", members=[school])
    TwinningFactory(number=1, european_school=school)

    item = get("partners/", side="eu").json()["items"][0]

    assert item["logo"]["alt"] == "Logo of the school"
    del item["logo"]
    assert item == {
        "id": str(school.public_id),
        "slug": "apro",
        "name": "APRO",
        "url": "http://localhost/en/schools/apro/",
        "official_name": "APRO Formazione",
        "other_names": ["Apro"],
        "kind": "vet_provider",
        "side": "eu",
        "is_lead": True,
        "country": {"code": "IT", "name": "Italy", "footnote": None},
        "city": "Alba",
        "position": {"longitude": 8.03, "latitude": 44.7, "precision": "city"},
        "website": "https://apro.example/",
        "description": {"text": "Leads the project.", "language": "en"},
        "sectors": {"text": "mechatronics", "language": "en"},
        "teams": ["communication", "steering"],
        "twinning": 1,
    }


def test_a_network_is_on_no_side_and_in_no_pair(get: Get, tree: SiteTree) -> None:
    PartnerFactory(network=True)

    [item] = get("partners/").json()["items"]

    assert item["side"] is None
    assert item["twinning"] is None
    assert item["position"]["precision"] == "country"


def test_twinnings_filter_by_school_and_state(get: Get, partnership: list[Any]) -> None:
    pair = partnership[1]
    pair.status, pair.started_on = "active", date(2021, 9, 1)
    pair.save()

    assert names(get("twinnings/", partner="sedu")) == ["SEDU – Centre of Competence"]
    assert names(get("twinnings/", partner="centre-of-competence"))[0].startswith("SEDU")
    [active] = get("twinnings/", status="active").json()["items"]
    assert active["number"] == 2
    assert active["started_on"] == "2021-09-01"
    assert names(get("twinnings/", order="-number"))[-1].startswith("APRO")


@pytest.mark.parametrize("path", ["partners", "twinnings", "countries"])
def test_following_next_gives_each_record_once(
    client: Client, partnership: list[Any], path: str
) -> None:
    whole = names(client.get(f"/api/v1/{path}/"))
    seen: list[str] = []
    address = f"/api/v1/{path}/?limit=2"
    while address:
        answer = client.get(address)
        seen += names(answer)
        address = answer.json()["next"]

    assert seen == whole


def test_records_have_no_address_while_their_list_is_not_public(
    get: Get, partnership: list[Any], tree: SiteTree
) -> None:
    tree.partners.unpublish()

    assert {item["url"] for item in get("partners/").json()["items"]} == {""}
    assert get("twinnings/").json()["items"][0]["url"] == "http://localhost/en/twinnings/1/"
