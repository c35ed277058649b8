"""Exporting in the admin: all concepts, or those of a domain, or in one language alone."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.glossary import ConceptFactory
from tests.v2v_snippets.exchange.files import exported
from v2v_snippets.exchange.formats import FORMATS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("extension", FORMATS)
def test_all_concepts_can_be_taken_out_of_the_admin(admin_client: Client, extension: str) -> None:
    ConceptFactory(draft=True)

    response = admin_client.get(reverse("v2v_glossary_imports:export", args=[extension]))

    assert response.content == exported(extension)
    assert f'filename="glossary.{extension}"' in response["Content-Disposition"]


def test_a_domain_in_one_language_can_be_taken_out_of_the_admin(admin_client: Client) -> None:
    words = {"en": "school", "it": "scuola"}
    ConceptFactory(identifier="C-0001", terms=words)
    ConceptFactory(identifier="C-0002", domain="labour_market", terms={"it": "salario"})
    page = BeautifulSoup(
        admin_client.get(reverse("v2v_glossary_imports:list")).content, "html.parser"
    )
    button = page.select_one("button[formaction$='.csv']")
    assert button is not None
    chosen = {"domain": "vet_systems", "language": "it"}
    form = button.find_parent("form")
    assert form is not None
    for name, choice in chosen.items():
        assert form.select_one(f"select[name={name}] option[value={choice}]"), name

    answer = admin_client.get(str(button["formaction"]), chosen)

    assert (b"scuola" in answer.content, b"school" in answer.content) == (True, False)
    assert b"salario" not in answer.content
    name = 'filename="glossary-vet_systems-it.csv"'
    assert name in answer["Content-Disposition"]
    unknown = admin_client.get(str(button["formaction"]), {"domain": "weather"})
    assert unknown.status_code == 400
