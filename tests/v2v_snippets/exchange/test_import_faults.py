"""What is wrong with a file is told with its place, and then nothing of it is written."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.glossary import ConceptFactory, new_concept
from tests.v2v_snippets.exchange.files import OTHERS, brought, everything, rows, thesaurus
from v2v_snippets.services.glossary import save_concept
from v2v_snippets.services.glossary_export import stored_records

pytestmark = pytest.mark.django_db

FAULTS: Mapping[str, tuple[str, bytes, str, str]] = {
    "a circle": (
        "ttl",
        thesaurus(
            f"""<{OTHERS}1> a skos:Concept ; skos:prefLabel "a"@en ; skos:broader <{OTHERS}2> .
            <{OTHERS}2> a skos:Concept ; skos:prefLabel "b"@en ; skos:broader <{OTHERS}1> ."""
        ),
        f"{OTHERS}1",
        "circle",
    ),
    "a label without language": (
        "ttl",
        thesaurus(f'<{OTHERS}1> a skos:Concept ; skos:prefLabel "school" .'),
        f"{OTHERS}1",
        "language is missing",
    ),
    "two preferred labels": (
        "ttl",
        thesaurus(f'<{OTHERS}1> a skos:Concept ; skos:prefLabel "a"@en, "b"@en .'),
        f"{OTHERS}1",
        "preferred term already",
    ),
    "an unknown target": (
        "ttl",
        thesaurus(
            f'<{OTHERS}1> a skos:Concept ; skos:prefLabel "a"@en ; skos:related <{OTHERS}9> .'
        ),
        f"{OTHERS}1",
        f"no concept {OTHERS}9",
    ),
    "no language tag": ("csv", rows("term,C-0001,e!,x"), "line 2, column language", "no language"),
    "a second preferred term": (
        "csv",
        rows("term,C-0001,en,place"),
        "line 2, column status",
        "preferred term already",
    ),
    "an approved concept without words": (
        "csv",
        rows("concept,C-0009,,,approved"),
        "line 2, column status",
        "preferred term in English",
    ),
    "no identifier": ("csv", rows("term,C-0000,en,x"), "line 2", "not an identif"),
    "an unknown country": (
        "csv",
        rows("term,C-0001,sq,x,QQ", columns="table,concept,language,term,country"),
        "line 2, column country",
        "country QQ",
    ),
    "related to what stands above": (
        "csv",
        rows(
            "relation,C-0001,broader,C-0002",
            "relation,C-0002,related,C-0001",
            columns="table,concept,kind,target",
        ),
        "line 3, column target",
        "stands above",
    ),
    "replaced though in use": (
        "csv",
        rows("concept,C-0001,C-0002", columns="table,concept,replaced_by"),
        "line 2, column status",
        "retired concept",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_is_told_with_its_place_and_nothing_is_written(name: str) -> None:
    extension, content, place, words = FAULTS[name]
    ConceptFactory(identifier="C-0001", terms={"en": "school"})
    ConceptFactory(identifier="C-0002", terms={"en": "town"})
    sound = (
        b"\nterm,C-0002,sq,qytet,preferred" if extension == "csv" and b"status" in content else b""
    )
    before = stored_records(everything())

    report = brought(content + sound, extension)

    assert [fault.place for fault in report.faults] == [place], report.faults
    assert words in report.faults[0].message
    assert not report.is_written
    assert stored_records(everything()) == before


def test_a_draft_of_somebody_is_neither_lost_nor_overtaken() -> None:
    concept = save_concept(concept=new_concept())
    concept.domain = "labour_market"
    concept.save_revision()

    report = brought(rows("term,C-0001,sq,shkollë"))

    [fault] = report.faults
    assert fault.place == "line 2"
    assert "not published" in fault.message
    assert not concept.designations.filter(language="sq").exists()


def test_the_command_shows_the_difference_and_writes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ConceptFactory(identifier="C-0001", terms={"en": "school"})
    file = tmp_path / "terms.csv"
    file.write_bytes(rows("term,C-0001,sq,shkollë", "term,C-0005,en,town", "term,C-0001,de,Schule"))

    call_command("import_glossary", file, dry_run=True)
    dry = capsys.readouterr().out
    assert everything().count() == 1
    call_command("import_glossary", file)

    for line in ("~ C-0001 school", "+ Terms: sq: shkollë", "+ C-0005 town", "de (1)"):
        assert line in dry
    assert "New: 1, changed: 1, unchanged: 0. Nothing was written" in dry
    assert everything().count() == 2


def test_the_command_names_faults_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "terms.txt"
    file.write_bytes(rows("term,C-0001,,school", "term,C-0002,en,town"))

    with pytest.raises(CommandError, match=r"\.csv"):
        call_command("import_glossary", file)
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("import_glossary", file, format="csv")
    with pytest.raises(CommandError, match="no user"):
        call_command("import_glossary", file, user="nobody")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_glossary", tmp_path / "none.csv")

    assert "line 2, column language: The language is missing." in capsys.readouterr().err
    assert not everything().exists()
