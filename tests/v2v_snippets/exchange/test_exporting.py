"""The stored termbase leaves the house whole."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.glossary import ConceptFactory, add_term
from tests.v2v_snippets.exchange.files import brought, everything
from v2v_snippets.enums import ConceptDomain, RelationKind
from v2v_snippets.exchange.csv_files import read_csv
from v2v_snippets.exchange.faults import Frame
from v2v_snippets.exchange.formats import FORMATS
from v2v_snippets.language.locales import LANGUAGE_NAMES
from v2v_snippets.models import ConceptRelation, GlossaryConcept
from v2v_snippets.services.glossary_export import export_glossary, stored_records
from v2v_snippets.services.glossary_import import read_file

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("extension", FORMATS)
def test_every_format_has_the_words_of_all_languages(tmp_path: Path, extension: str) -> None:
    concept = ConceptFactory(terms={"en": "school", "sr": "школа"})
    file = tmp_path / f"glossary.{extension}"

    call_command("export_glossary", file, verbosity=0)

    assert file.read_bytes() == export_glossary(
        concepts=GlossaryConcept.objects.filter(pk=concept.pk), extension=extension
    )


def store_three_concepts() -> None:
    """A concept of each of two domains and a draft, with words in two languages, and related."""
    school = ConceptFactory(
        identifier="C-0001",
        terms={"en": "school", "it": "scuola"},
        definitions={"en": "Where people learn.", "it": "Dove si impara."},
    )
    wage = ConceptFactory(
        identifier="C-0002",
        domain=ConceptDomain.LABOUR_MARKET,
        terms={"en": "wage", "it": "salario"},
    )
    draft = ConceptFactory(identifier="C-0003", draft=True, live=False, terms={"it": "bozza"})
    for target in (wage, draft):
        ConceptRelation.objects.create(concept=school, target=target, kind=RelationKind.RELATED)


PARTS: dict[str, tuple[dict[str, Any], set[str], set[tuple[str, str]]]] = {
    "domain": (
        {"domain": "labour_market"},
        {"C-0002"},
        {("en", "wage"), ("it", "salario")},
    ),
    "language": (
        {"language": "it"},
        {"C-0001", "C-0002", "C-0003"},
        {("it", "scuola"), ("it", "salario"), ("it", "bozza")},
    ),
    "public": (
        {"public": True},
        {"C-0001", "C-0002"},
        {("en", "school"), ("it", "scuola"), ("en", "wage"), ("it", "salario")},
    ),
    "both": ({"domain": "labour_market", "language": "it"}, {"C-0002"}, {("it", "salario")}),
}
"""Options; the concepts that are in the file then, and their terms by language."""


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize("part", PARTS)
def test_a_part_holds_nothing_else_and_changes_nothing_when_it_is_imported(
    tmp_path: Path, part: str, extension: str
) -> None:
    options, identifiers, words = PARTS[part]
    store_three_concepts()
    before = stored_records(everything())
    file = tmp_path / f"glossary.{extension}"

    call_command("export_glossary", file, verbosity=0, **options)

    records = read_file(content=file.read_bytes(), extension=extension, source="").records.values()
    assert {record.identifier for record in records} == identifiers
    assert {(t.language, t.term) for record in records for t in record.designations} == words
    report = brought(file.read_bytes(), extension)
    assert (report.faults, report.new, report.changed) == ([], 0, 0)
    assert stored_records(everything()) == before


@pytest.mark.parametrize("extension", FORMATS)
def test_what_readers_see_names_no_concept_that_they_do_not(tmp_path: Path, extension: str) -> None:
    store_three_concepts()
    file = tmp_path / f"glossary.{extension}"
    targets = []
    for public in (False, True):
        call_command("export_glossary", file, verbosity=0, public=public)
        records = read_file(content=file.read_bytes(), extension=extension).records
        targets.append({row.target for row in records["C-0001"].relations})

    assert targets == [{"C-0002", "C-0003"}, {"C-0002"}]


def test_what_is_stored_comes_back_from_a_file() -> None:
    add_term(ConceptFactory(), "it", "scuola", hidden_forms="squola\r\nscola")
    concepts = GlossaryConcept.objects.all()

    content = export_glossary(concepts=concepts, extension="csv")

    parsed = read_csv(content, Frame(LANGUAGE_NAMES, "https://v2v.example/id/glossary"))
    assert parsed.faults == []
    assert list(parsed.records.values()) == stored_records(concepts)


def test_many_concepts_are_read_in_as_many_queries_as_one() -> None:
    counts = []
    for number in (1, 14):
        ConceptFactory.create_batch(number)
        with CaptureQueriesContext(connection) as queries:
            stored_records(GlossaryConcept.objects.all())
        counts.append(len(queries))

    assert counts == [6, 6]


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="ttl"):
        call_command("export_glossary", tmp_path / "glossary.doc")
