"""The permanent URIs of concepts."""

import pytest
from pytest_django import DjangoAssertNumQueries, Settings
from wagtail.models import Site

from v2v_snippets.concept_uris import concept_uri, glossary_uri


@pytest.mark.django_db
def test_uris_begin_with_the_address_of_the_default_site() -> None:
    Site.objects.filter(is_default_site=True).update(hostname="v2v.example", port=443)

    assert concept_uri("C-0001") == "https://v2v.example/id/glossary/C-0001"


@pytest.mark.django_db
def test_uris_begin_as_the_setting_says(
    settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.V2V_GLOSSARY_URI_BASE = "https://terms.example/"

    with django_assert_num_queries(0):
        assert glossary_uri() == "https://terms.example/id/glossary"


@pytest.mark.django_db
def test_the_uri_of_many_concepts_costs_one_look_up(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        glossary = glossary_uri()
        uris = [concept_uri(f"C-000{number}", glossary=glossary) for number in range(1, 4)]

    assert uris[2] == "http://localhost/id/glossary/C-0003"
