"""What a profile says of its programmes."""

from datetime import date
from types import ModuleType
from typing import Any

import pytest
from bs4 import Tag
from django.test import Client
from pytest_django import Settings

from cms.urls import urlpatterns
from tests.factories import CountryFactory
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory, add_equivalent
from tests.sites import SiteTree
from tests.v2v_pages.documents import one, read, text_of
from tests.vet_systems import VETSystemIndexPageFactory, VETSystemPageFactory, programme
from v2v_snippets.enums import ConceptStatus

CROATIA = "/en/vet-systems/system-hr/"


@pytest.fixture
def concept(site: SiteTree) -> Any:
    """Named by the only programme of Croatia; the glossary has a page."""
    GlossaryIndexPageFactory(parent=site.home)
    country = CountryFactory(code="HR", name="Croatia")
    concept = ConceptFactory(identifier="C-0100")
    equivalent = add_equivalent(
        concept, country=country, term="kuhar", language="hr", as_of=date(2021, 3, 29)
    )
    VETSystemPageFactory(
        parent=VETSystemIndexPageFactory(parent=site.home),
        country=country,
        programmes=[programme("Kuhar", equivalent=equivalent)],
    )
    return concept


def name_cell() -> Tag:
    """Returns the cell with the name of the only programme."""
    return one(read(CROATIA), "table tbody th")


def test_a_programme_leads_to_its_concept_in_the_glossary(concept: Any) -> None:
    cell = name_cell()

    link = one(cell, "a")
    assert text_of(cell) == "Kuhar In the glossary: kuhar"
    assert (text_of(link), link["lang"]) == ("kuhar", "hr")
    answer = Client().get(str(link["href"]), headers={"Accept": "text/html"})
    assert (answer.status_code, answer["Location"]) == (303, "/en/glossary/C-0100/")
    assert "concept C-0100" in text_of(one(read(answer["Location"]), "main"))


def test_without_permanent_addresses_the_concept_is_plain_text(
    concept: Any, settings: Settings
) -> None:
    own = ModuleType("addresses without a glossary")
    own.__dict__["urlpatterns"] = [each for each in urlpatterns if str(each.pattern) != "id/"]
    settings.ROOT_URLCONF = own

    cell = name_cell()

    assert text_of(cell) == "Kuhar In the glossary: kuhar"
    assert cell.select("a") == []
    assert one(cell, "small span")["lang"] == "hr"


@pytest.mark.parametrize(
    "state", [{"status": ConceptStatus.DRAFT}, {"status": ConceptStatus.RETIRED}, {"live": False}]
)
def test_a_concept_that_nobody_may_read_is_not_named(concept: Any, state: dict[str, Any]) -> None:
    type(concept).objects.update(**state)

    assert text_of(name_cell()) == "Kuhar"
    assert name_cell().select("a") == []
