"""The permanent URIs of concepts: which way they lead whom."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.glossary import ConceptFactory, GlossaryIndexPageFactory, add_term, relate
from tests.sites import SiteTree, build_site, kept_for_a_module, translate
from v2v_snippets.enums import RelationKind

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def built_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[SiteTree]:
    """A site with a glossary in English and Albanian."""
    with kept_for_a_module(django_db_blocker):
        tree = build_site("it", "sq")
        page = GlossaryIndexPageFactory(parent=tree.home)
        translate(page, "sq", title="Fjalori", slug="fjalori")
        with django_db_blocker.block():
            yield tree


@pytest.fixture
def concept(site: SiteTree) -> Any:
    """A public concept."""
    return ConceptFactory(identifier="C-0001", terms={"en": "school"})


def ask(path: str, accept: str = "*/*", **headers: str) -> Any:
    return Client().get(f"/id/{path}", headers={"Accept": accept, **headers})


@pytest.mark.parametrize("accept", [BROWSER, "*/*", "text/html", "text/*", "application/xhtml+xml"])
@pytest.mark.parametrize(
    ("languages", "page"),
    [
        ("", "/en/glossary/"),
        ("sq", "/sq/fjalori/"),
        ("fi;q=0.5, sq-XK", "/sq/fjalori/"),
        ("sh-BA", "/sr-latn/glossary/"),
        ("ja", "/en/glossary/"),
    ],
)
def test_people_are_led_to_the_page_in_their_language(
    concept: Any, accept: str, languages: str, page: str
) -> None:
    answer = ask("glossary/C-0001", accept, **{"Accept-Language": languages})

    assert (answer.status_code, answer["Location"]) == (303, f"{page}C-0001/")
    assert answer["Vary"] == "Accept, Accept-Language"
    assert Client().get(answer["Location"]).status_code == 200
    whole = ask("glossary", accept, **{"Accept-Language": languages})
    assert (whole.status_code, whole["Location"]) == (303, page)


@pytest.mark.parametrize("accept", ["image/png", "text/html;q=0", "audio/*, text/plain"])
def test_who_accepts_nothing_of_it_is_told_what_there_is(concept: Any, accept: str) -> None:
    answer = ask("glossary/C-0001", accept)

    assert answer.status_code == 406
    assert "text/html /en/glossary/C-0001/" in answer.content.decode()
    assert answer["Vary"] == "Accept, Accept-Language"


@pytest.mark.parametrize(
    "path", ["glossary/C-9999", "glossary/C-9999.ttl", "glossary/", "glossary/C-1", "other", ""]
)
def test_what_was_never_given_a_uri_is_unknown(concept: Any, path: str) -> None:
    answer = ask(path, BROWSER)

    assert answer.status_code == 404
    assert "Location" not in answer


@pytest.mark.parametrize("state", ["draft", "unpublished"])
def test_what_is_not_public_is_as_unknown_as_what_never_was(concept: Any, state: str) -> None:
    ConceptFactory(identifier="C-0002", **{state: True})

    hidden, nothing = ask("glossary/C-0002"), ask("glossary/C-0003")

    assert hidden.status_code == nothing.status_code == 404
    assert hidden.content == nothing.content


def test_a_retired_concept_leads_to_what_replaced_it(concept: Any) -> None:
    between = ConceptFactory(identifier="C-0002", retired=True, replaced_by=concept)
    ConceptFactory(identifier="C-0003", retired=True, replaced_by=between)

    for path in ("glossary/C-0002", "glossary/C-0003"):
        answer = ask(path)

        assert (answer.status_code, answer["Location"]) == (303, "/id/glossary/C-0001")
    data = ask("glossary/C-0003.ttl")
    assert (data.status_code, data["Location"]) == (303, "/id/glossary/C-0001.ttl")


def test_a_retired_concept_that_nothing_replaces_is_gone(concept: Any) -> None:
    hidden = ConceptFactory(identifier="C-0004", draft=True)
    ConceptFactory(identifier="C-0002", retired=True)
    ConceptFactory(identifier="C-0003", retired=True, replaced_by=hidden)

    answers = [ask(f"glossary/{name}") for name in ("C-0002", "C-0003", "C-0002.ttl")]

    assert [answer.status_code for answer in answers] == [410, 410, 410]
    assert not any(b"C-0004" in answer.content for answer in answers)


def test_two_concepts_that_replace_each_other_lead_nowhere_in_circles(concept: Any) -> None:
    first = ConceptFactory(identifier="C-0002", retired=True)
    first.replaced_by = ConceptFactory(identifier="C-0003", retired=True, replaced_by=first)
    first.save()

    assert ask("glossary/C-0002").status_code == 410


def test_head_says_what_get_would(concept: Any) -> None:
    for path, accept in (("glossary/C-0001", "*/*"), ("glossary", "image/png")):
        got = ask(path, accept)
        head = Client().head(f"/id/{path}", headers={"Accept": accept})

        assert head.status_code == got.status_code
        assert head.get("Location") == got.get("Location")
        assert head["Vary"] == got["Vary"]
        assert head.content == b""


def test_uris_are_open_to_every_site_and_set_no_cookie(concept: Any) -> None:
    answer = ask("glossary/C-0001", Cookie="sessionid=x; django_language=it")

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer["Location"] == "/en/glossary/C-0001/"
    assert not answer.cookies
    assert Client().post("/id/glossary/C-0001").status_code == 405


def test_without_a_page_nothing_is_promised(concept: Any, site: SiteTree) -> None:
    for page in site.home.get_children().filter(slug="glossary"):
        page.get_translations(inclusive=True).unpublish()

    assert ask("glossary/C-0001", "text/html").status_code == 406


@pytest.mark.parametrize(
    ("accept", "extension"),
    [
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/rdf+xml, text/html;q=0.5", "rdf"),
        ("application/x-tbx+xml", "tbx"),
    ],
)
def test_programs_are_led_to_data_that_names_nothing_hidden(
    concept: Any, accept: str, extension: str
) -> None:
    hidden = ConceptFactory(terms={"en": "canary"}, live=False)
    relate(concept, RelationKind.RELATED, hidden)

    answer = ask("glossary/C-0001", accept)

    assert (answer.status_code, answer["Location"]) == (303, f"/id/glossary/C-0001.{extension}")
    data = Client().get(answer["Location"])
    assert data.status_code == 200
    assert data["Content-Type"].startswith(accept.partition(",")[0])
    assert data["Access-Control-Allow-Origin"] == "*"
    assert b"school" in data.content
    assert hidden.identifier.encode() not in data.content
    again = Client().get(answer["Location"], headers={"If-None-Match": data["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("extension", ["ttl", "jsonld", "rdf", "tbx", "csv", "xlsx"])
def test_the_whole_glossary_is_given_out_in_each_format(concept: Any, extension: str) -> None:
    answer = Client().get(f"/id/glossary.{extension}")

    assert answer.status_code == 200
    assert len(answer.content) > 100


@pytest.mark.parametrize(
    "file",
    [
        *(f"glossary.{name}" for name in ("ttl", "jsonld", "rdf", "tbx", "csv", "xlsx")),
        *(f"glossary/C-0001.{name}" for name in ("ttl", "jsonld", "rdf", "tbx")),
    ],
)
def test_files_have_a_tag_by_which_they_are_fetched_once(concept: Any, file: str) -> None:
    url = f"/id/{file}"
    got, head = Client().get(url), Client().head(url)

    assert (got.status_code, head.status_code, head.content) == (200, 200, b"")
    for name in ("ETag", "Content-Type", "Cache-Control"):
        assert head[name] == got[name]
    for method in (Client().get, Client().head):
        known = method(url, headers={"If-None-Match": got["ETag"]})
        other = method(url, headers={"If-None-Match": '"other"'})
        assert (known.status_code, known.content, known["ETag"]) == (304, b"", got["ETag"])
        assert other.status_code == 200
    add_term(concept, "it", "scuola")
    changed = Client().get(url, headers={"If-None-Match": got["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != got["ETag"]
