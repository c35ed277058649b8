"""The stored termbase leaves the house whole."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.glossary import ConceptFactory, add_term
from v2v_snippets.exchange.csv_files import read_csv
from v2v_snippets.exchange.faults import Frame
from v2v_snippets.exchange.formats import FORMATS
from v2v_snippets.language.locales import LANGUAGE_NAMES
from v2v_snippets.models import GlossaryConcept
from v2v_snippets.services.glossary_export import export_glossary, stored_records

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("extension", FORMATS)
def test_every_format_has_the_words_of_all_languages(tmp_path: Path, extension: str) -> None:
    concept = ConceptFactory(terms={"en": "school", "sr": "школа"})
    file = tmp_path / f"glossary.{extension}"

    call_command("export_glossary", file, verbosity=0)

    assert file.read_bytes() == export_glossary(
        concepts=GlossaryConcept.objects.filter(pk=concept.pk), extension=extension
    )


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
