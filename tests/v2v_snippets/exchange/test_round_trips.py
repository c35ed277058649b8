"""What is exported and read again is the same, in every format, and twice the same bytes."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from tests.v2v_snippets.exchange.examples import CONCEPTS, FRAME, HEADING
from v2v_snippets.exchange.csv_files import read_csv, write_csv
from v2v_snippets.exchange.faults import UnreadableFileError
from v2v_snippets.exchange.rdf_files import WRITERS
from v2v_snippets.exchange.records import DesignationRecord, MappingRecord, RelationRecord
from v2v_snippets.exchange.skos_reading import read_skos
from v2v_snippets.exchange.tbx_reading import read_tbx
from v2v_snippets.exchange.tbx_writing import write_tbx
from v2v_snippets.exchange.xlsx_files import read_xlsx, write_xlsx

FORMATS: dict[str, tuple[Callable[..., bytes], Callable[..., Any]]] = {
    **{name: (write, partial(read_skos, syntax=name)) for name, write in WRITERS.items()},
    "tbx": (write_tbx, read_tbx),
    "csv": (write_csv, read_csv),
    "xlsx": (write_xlsx, read_xlsx),
}


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_exported_comes_back_as_it_was(name: str) -> None:
    write, read = FORMATS[name]
    content = write(CONCEPTS, HEADING)

    parsed = read(content, FRAME)

    assert parsed.faults == []
    assert list(parsed.records.values()) == CONCEPTS
    assert content == write(CONCEPTS, HEADING)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("rest", [";", "?", "#", "a/../b", "a/./b", "//", ":;"])
def test_an_address_keeps_what_others_would_tidy_away(name: str, rest: str) -> None:
    write, read = FORMATS[name]
    elsewhere = MappingRecord("exact", "other", f"https://other.example/{rest}")
    concept = replace(CONCEPTS[0], mappings=(elsewhere,), relations=())

    [found] = read(write([concept], HEADING), FRAME).records.values()

    assert [mapping.uri for mapping in found.mappings] == [elsewhere.uri]


def test_the_three_syntaxes_of_skos_are_one_graph() -> None:
    turtle, json_ld, xml = (
        Graph().parse(data=write(CONCEPTS, HEADING), format=name) for name, write in WRITERS.items()
    )

    assert isomorphic(turtle, json_ld)
    assert isomorphic(turtle, xml)


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tbx", BOMB),
        ("xml", BOMB),
        ("xml", BOMB.decode().encode("utf-16")),
        ("tbx", b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'),
        ("json-ld", b'{"@context": "http://127.0.0.1/context"}'),
        ("json-ld", b'{"@graph": [{"@context": {"@import": "http://127.0.0.1/"}}]}'),
        ("csv", b"concept,trem\r\nC-0001,x\r\n"),
        ("csv", b"\xff\xfe"),
        ("xlsx", b"PK no workbook"),
        ("turtle", b"this is not turtle"),
    ],
)
def test_files_that_harm_or_say_nothing_are_refused(name: str, content: bytes) -> None:
    _write, read = FORMATS[name]

    with pytest.raises(UnreadableFileError):
        read(content, FRAME)


def test_a_workbook_whose_sheet_is_broken_is_refused() -> None:
    broken = BytesIO()
    with (
        ZipFile(BytesIO(write_xlsx(CONCEPTS * 400, HEADING))) as whole,
        ZipFile(broken, "w") as archive,
    ):
        for name in whole.namelist():
            part = whole.read(name)
            archive.writestr(name, part[:-200] if "sheet3" in name else part)

    with pytest.raises(UnreadableFileError):
        read_xlsx(broken.getvalue(), FRAME)


@pytest.mark.parametrize(
    ("lines", "place", "words"),
    [
        ("term,C-0001,,school", "line 2, column language", "language"),
        ("term,C-0001,en,school\nterm,C-0001,en,college", "line 3, column status", "preferred"),
        ("term,C-0001,e_n!,school", "line 2, column language", "tag"),
        ("term,X-1,en,school", "line 2, column concept", "C-0001"),
        ("term,C-0001,en,", "line 2, column term", "missing"),
    ],
)
def test_each_fault_is_told_with_its_place(lines: str, place: str, words: str) -> None:
    parsed = read_csv(f"table,concept,language,term\n{lines}\n".encode(), FRAME)

    [fault] = parsed.faults
    assert fault.place == place
    assert words in fault.message


def test_thesauri_of_others_are_known_by_their_uris() -> None:
    thesaurus = b"""
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    <https://other.example/1> a skos:Concept ; skos:prefLabel "school"@en-GB, "Schule"@de ;
        skos:narrower <https://other.example/2> .
    <https://other.example/2> a skos:Concept ; skos:prefLabel "college"@en ;
        skos:hiddenLabel "colege"@en .
    """

    parsed = read_skos(thesaurus, FRAME, syntax="turtle")

    upper, lower = parsed.records.values()
    assert upper.designations == (DesignationRecord("en", "school"),)
    assert lower.relations == (RelationRecord("broader", "https://other.example/1"),)
    assert lower.designations[0].hidden_forms == "colege"
    assert "de (1)" in parsed.notices[0]
