"""Whatever concepts there are, and whatever a file holds: nothing is lost, and nothing fails."""

import csv
import random
from contextlib import suppress
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.v2v_snippets.exchange.concepts_made_up import termbases
from tests.v2v_snippets.exchange.examples import CONCEPTS, FRAME, HEADING
from tests.v2v_snippets.exchange.test_round_trips import FORMATS
from v2v_snippets.exchange.cells import DANGEROUS, guarded, unguarded
from v2v_snippets.exchange.faults import Parsed, UnreadableFileError
from v2v_snippets.exchange.records import ConceptRecord, clean, in_order, number_order

pytestmark = pytest.mark.parametrize(
    "number", [pytest.param(6, id="few"), pytest.param(60, marks=pytest.mark.slow, id="many")]
)

FORMULAS: Final = tuple(sorted(DANGEROUS - {"'"}))


def examples(number: int) -> Any:
    """As many examples, however long they take on a busy machine; a few are always the same."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(
        max_examples=number,
        derandomize=number < 60,
        deadline=None,
        database=None,
        suppress_health_check=slow,
    )


@pytest.mark.parametrize("name", FORMATS)
def test_every_termbase_comes_back_as_it_was(name: str, number: int) -> None:
    write, read = FORMATS[name]

    @examples(number)
    @given(termbases())
    def holds(concepts: list[ConceptRecord]) -> None:
        parsed = read(write(concepts, HEADING), FRAME)

        assert parsed.faults == []
        assert parsed.records == {record.identifier: record for record in concepts}

    holds()


@pytest.mark.parametrize("name", FORMATS)
def test_files_are_the_same_bytes_in_whichever_order_rows_were_found(
    name: str, number: int
) -> None:
    write, _read = FORMATS[name]

    @examples(number)
    @given(termbases(), st.randoms(use_true_random=False))
    def holds(concepts: list[ConceptRecord], chance: random.Random) -> None:
        mixed = [in_order(_mixed(record, chance)) for record in concepts]
        chance.shuffle(mixed)

        assert write(sorted(mixed, key=number_order), HEADING) == write(concepts, HEADING)

    holds()


def _mixed(record: ConceptRecord, chance: random.Random) -> ConceptRecord:
    parts = ("designations", "definitions", "relations", "mappings", "equivalents")
    rows = {part: getattr(record, part) for part in parts}
    mixed: dict[str, Any] = {part: tuple(chance.sample(r, len(r))) for part, r in rows.items()}
    return replace(record, **mixed)


def test_no_cell_of_a_spreadsheet_is_a_formula(number: int) -> None:
    @examples(number)
    @given(termbases())
    def holds(concepts: list[ConceptRecord]) -> None:
        table = FORMATS["csv"][0](concepts, HEADING).decode("utf-8-sig")
        lines = table.partition("\r\nconcept,")[2]
        cells = [cell for row in csv.reader(StringIO(lines, newline="")) for cell in row]
        book = load_workbook(BytesIO(FORMATS["xlsx"][0](concepts, HEADING)))
        found = [cell for sheet in book for row in sheet.iter_rows() for cell in row]

        assert not [cell for cell in cells if cell.startswith(FORMULAS)]
        assert {cell.data_type for cell in found} <= {"s", "inlineStr", "n"}
        assert not [cell for cell in found if str(cell.value or "").startswith(FORMULAS)]

    holds()


def test_the_guard_of_a_cell_comes_off_again(number: int) -> None:
    @examples(number * 10)
    @given(st.text())
    def holds(text: str) -> None:
        assert unguarded(guarded(text)) == text
        assert not guarded(text).startswith(FORMULAS)

    holds()


def test_clean_texts_are_not_changed_any_more(number: int) -> None:
    @examples(number * 10)
    @given(st.text(), st.booleans())
    def holds(text: str, multiline: bool) -> None:
        once = clean(text, multiline=multiline)

        assert clean(once, multiline=multiline) == once

    holds()


@st.composite
def spoilt(draw: st.DrawFn, content: bytes) -> bytes:
    """A file in which some bytes are others, gone, or there twice."""
    spoiled = bytearray(content)
    for _time in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(spoiled)))
        end = min(len(spoiled), start + draw(st.integers(0, 40)))
        spoiled[start:end] = draw(
            st.one_of(st.binary(max_size=8), st.just(bytes(spoiled[start:end]) * 2))
        )
    return bytes(spoiled)


@st.composite
def repacked(draw: st.DrawFn, content: bytes) -> bytes:
    """A workbook with one part spoilt; its ZIP is whole."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as archive, ZipFile(out, "w", ZIP_DEFLATED) as packed:
        names = archive.namelist()
        chosen = draw(st.sampled_from(names))
        for name in names:
            part = archive.read(name)
            packed.writestr(name, draw(spoilt(part)) if name == chosen else part)
    return out.getvalue()


@pytest.mark.parametrize("name", FORMATS)
def test_a_spoilt_file_is_read_or_refused_in_a_sentence(name: str, number: int) -> None:
    write, read = FORMATS[name]
    content = write(CONCEPTS, HEADING)
    files = [spoilt(content), st.binary(max_size=200)]
    files += [repacked(content)] if name == "xlsx" else []

    @examples(number * 5)
    @given(st.one_of(files))
    def holds(file: bytes) -> None:
        with suppress(UnreadableFileError):
            assert isinstance(read(file, FRAME), Parsed)

    holds()
