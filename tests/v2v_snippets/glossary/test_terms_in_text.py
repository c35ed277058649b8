"""Words in running text that name a concept: stored by its identifier, and edited in the admin."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import ReferenceIndex
from wagtail.rich_text import expand_db_html, get_text_for_indexing
from wagtail_localize.strings import StringValue, extract_strings, restore_strings

from tests.factories import NewsPageFactory
from tests.glossary import ConceptFactory, add_term, term_link
from tests.sites import build_site
from v2v_pages.blocks.text import PARAGRAPH_FEATURES
from v2v_snippets.enums import ConceptStatus
from v2v_snippets.links import load_links
from v2v_snippets.models import GlossaryConcept
from v2v_snippets.remembering import remembering

pytestmark = pytest.mark.django_db


def link_to(concept: Any) -> str:
    return f'<a href="/id/glossary/{concept.identifier}">these words</a>'


def test_a_term_leads_to_the_permanent_address_of_its_concept() -> None:
    concept = ConceptFactory()

    assert expand_db_html(term_link(concept)) == link_to(concept)


@pytest.mark.parametrize("state", ["draft", "unpublished", "retired"])
def test_a_term_that_nobody_may_read_is_text(state: str) -> None:
    assert expand_db_html(term_link(ConceptFactory(**{state: True}))) == "<a>these words</a>"


@pytest.mark.parametrize("identifier", ["", "x", "C-9999", "C-0001 ", "&quot;&gt;", "1"])
def test_a_term_without_concept_is_text(identifier: str) -> None:
    ConceptFactory()

    html = expand_db_html(f'<a linktype="term" identifier="{identifier}">words</a>')

    assert html == "<a>words</a>"


def test_a_retired_concept_leads_to_what_replaced_it_in_the_end() -> None:
    newest = ConceptFactory()
    newer = ConceptFactory(retired=True, replaced_by=newest)
    oldest = ConceptFactory(retired=True, replaced_by=newer)

    assert expand_db_html(term_link(oldest)) == link_to(newest)


@pytest.mark.parametrize("state", ["draft", "unpublished"])
def test_what_nobody_may_read_replaces_nothing(state: str) -> None:
    old = ConceptFactory(retired=True, replaced_by=ConceptFactory(**{state: True}))

    assert expand_db_html(term_link(old)) == "<a>these words</a>"


def test_a_circle_of_replacements_ends() -> None:
    one = ConceptFactory(retired=True)
    other = ConceptFactory(retired=True, replaced_by=one)
    GlossaryConcept.objects.filter(pk=one.pk).update(replaced_by=other)

    assert expand_db_html(term_link(one)) == "<a>these words</a>"


@pytest.mark.parametrize("number", [1, 12])
def test_terms_cost_the_same_however_many(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    new = ConceptFactory()
    concepts = [ConceptFactory() for _number in range(number)]
    concepts += [ConceptFactory(retired=True, replaced_by=new) for _number in range(number)]
    texts = [term_link(concept) for concept in concepts]

    with remembering():
        with django_assert_num_queries(2):
            load_links(texts)
        with django_assert_num_queries(0):
            html = [expand_db_html(text) for text in texts]

    assert html == [*map(link_to, concepts[:number]), *[link_to(new)] * number]


def test_the_editor_gives_back_what_was_stored() -> None:
    concept = ConceptFactory(draft=True, terms={"en": "school"})
    stored = f'<p data-block-key="abcde">A {term_link(concept, "<b>big</b> school")}.</p>'
    converter = ContentstateConverter(features=PARAGRAPH_FEATURES)

    state = converter.from_database_format(stored)

    (entity,) = json.loads(state)["entityMap"].values()
    assert entity["type"] == "TERM"
    assert entity["mutability"] == "MUTABLE"
    name = f"school ({concept.identifier})"
    assert entity["data"] == {"identifier": concept.identifier, "name": name}
    assert converter.to_database_format(state) == stored


def test_a_term_whose_concept_is_gone_survives_the_editor() -> None:
    stored = '<p data-block-key="a"><a identifier="C-0404" linktype="term">x</a></p>'
    converter = ContentstateConverter(features=PARAGRAPH_FEATURES)

    back = converter.to_database_format(converter.from_database_format(stored))

    assert 'identifier="C-0404"' in back


def test_a_chosen_concept_brings_its_identifier(admin_client: Client) -> None:
    concept = ConceptFactory(terms={"en": "school", "sr": "школа"})
    chooser = "wagtailsnippetchoosers_v2v_snippets_glossaryconcept"

    found = admin_client.get(reverse(f"{chooser}:choose_results"), {"q": "skola"})
    chosen = admin_client.get(reverse(f"{chooser}:chosen", args=[concept.pk])).json()

    assert "school" in found.content.decode()
    assert chosen["step"] == "chosen"
    assert chosen["result"]["identifier"] == concept.identifier
    assert chosen["result"]["term"] == "school"


def test_wagtail_knows_where_a_term_is_used(admin_client: Client) -> None:
    tree = build_site()
    used, unused = ConceptFactory(), ConceptFactory()
    cell = {"columns": [{"type": "rich_text", "heading": ""}], "caption": ""}
    table = cell | {"rows": [{"values": [f"<p>{term_link(used)}</p>"]}]}
    blocks = [
        {"type": "paragraph", "value": f"<p>{term_link(used)}</p>"},
        {"type": "callout", "value": {"tone": "tip", "text": f"<p>{term_link(used)}</p>"}},
        {"type": "table", "value": table},
    ]
    page = NewsPageFactory(parent=tree.news, title="Bench", body=json.dumps(blocks))

    uses = ReferenceIndex.get_references_to(used)

    assert {use.object_id for use in uses} == {str(page.pk)}
    assert {use.model_path.split(".")[1] for use in uses} == {"paragraph", "callout", "table"}
    usage = reverse("wagtailsnippets_v2v_snippets_glossaryconcept:usage", args=[used.pk])
    assert "Bench" in admin_client.get(usage).content.decode()
    assert not ReferenceIndex.get_references_to(unused).exists()


def test_whoever_deletes_a_concept_sees_that_it_is_used(admin_client: Client) -> None:
    tree = build_site()
    concept = ConceptFactory()
    NewsPageFactory(parent=tree.news, body=[("paragraph", f"<p>{term_link(concept)}</p>")])
    url = reverse("wagtailsnippets_v2v_snippets_glossaryconcept:delete", args=[concept.pk])

    assert "referenced 1 time" in admin_client.get(url).content.decode()


def test_translators_put_a_term_around_their_own_words() -> None:
    concept = ConceptFactory()
    template, ((sentence, attributes),) = extract_strings(
        f"<p>Both {term_link(concept, 'schools')} agree.</p>"
    )
    assert sentence.data == 'Both <a id="a1">schools</a> agree.'

    translated = StringValue.from_translated_html('Soglasni sta <a id="a1">šoli</a>.')
    html = restore_strings(template, [(translated, attributes)])

    link = link_to(concept).replace("these words", "šoli")
    assert expand_db_html(html) == f"<p>Soglasni sta {link}.</p>"


def test_search_finds_the_words_of_the_text_and_no_others() -> None:
    concept = ConceptFactory(terms={"en": "school"})
    add_term(concept, "en", "schoolhouse", status="admitted")

    text = get_text_for_indexing(f"<p>Both {term_link(concept, 'places')} are old.</p>")

    assert text == "Both places are old."
    assert concept.status == ConceptStatus.APPROVED
