"""Exports of TBX keep the core structure of ISO 30042 and the rules of TBX-Basic.

Each rule is broken once in an otherwise right file: a check that finds nothing there would be none.
"""

from pathlib import Path

import pytest
from lxml import etree

from tests.v2v_snippets.exchange.examples import CONCEPTS, FRAME, HEADING
from v2v_snippets.exchange.tbx_checking import RULES, breaches
from v2v_snippets.exchange.tbx_reading import read_tbx
from v2v_snippets.exchange.tbx_writing import write_tbx

CORE = etree.RelaxNG(etree.parse(Path(__file__).with_name("tbx_core.rng")))

RIGHT = """<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="dca" xml:lang="en">
<tbxHeader><fileDesc><sourceDesc><p>Somewhere</p></sourceDesc></fileDesc></tbxHeader>
<text><body><conceptEntry id="C-0001">{entry}
<langSec xml:lang="en">{language}
<termSec><term>school{term}</term>{term_note}{term_detail}</termSec>
</langSec></conceptEntry></body></text></tbx>"""
NOTHING = {"entry": "", "language": "", "term": "", "term_note": "", "term_detail": ""}

GRAPHIC = '<xref type="xGraphic" target="https://other.example/a.png">x</xref>'
LINK = '<xref type="externalCrossReference" target="https://other.example/">x</xref>'
ORIGIN = '<transac type="transactionType">origination</transac>'
BY = '<transacNote type="responsibility">x</transacNote>'

WRONG = {
    "level of termNote": {"entry": '<termNote type="partOfSpeech">noun</termNote>'},
    "type is said": {"entry": '<descrip type="">x</descrip>'},
    "target is there": {"entry": '<ref type="crossReference" target="C-0002">x</ref>'},
    "namespace": {
        "entry": '<min:subjectField xmlns:min="http://other.example/">x</min:subjectField>'
    },
    "paired sc is not isolated": {"term": '<sc id="a" isolated="yes"/>b<ec startRef="a"/>'},
    "paired ec is not isolated": {
        "term": '<sc id="a"/>b<ec id="c" startRef="a" isolated="yes"/>',
    },
    "paired ec has startRef": {"term": '<sc id="a"/>b<ec/>'},
    "single sc is isolated": {"term": '<sc isolated="no"/>'},
    "single ec is isolated": {"term": '<ec id="a" isolated="no"/>'},
    "single ec has id": {"term": "<ec/>"},
    "isolated ec has id": {"term": '<ec id="" isolated="yes"/>'},
    "categories of admin": {"entry": '<admin type="entrySource">x</admin>'},
    "categories of descrip": {"entry": '<descrip type="example">x</descrip>'},
    "categories of ref": {"entry": '<ref type="see" target="C-0001">x</ref>'},
    "categories of termNote": {"term_note": '<termNote type="register">x</termNote>'},
    "categories of transac": {"entry": '<transacGrp><transac type="x">x</transac></transacGrp>'},
    "categories of transacNote": {
        "entry": f'<transacGrp>{ORIGIN}<transacNote type="x">x</transacNote></transacGrp>'
    },
    "categories of xref": {"entry": '<xref type="x" target="https://other.example/">x</xref>'},
    "levels of customerSubset": {"language": '<admin type="customerSubset">x</admin>'},
    "levels of projectSubset": {"language": '<admin type="projectSubset">x</admin>'},
    "levels of source": {
        "entry": f'<transacGrp>{ORIGIN}<admin type="source">x</admin></transacGrp>',
    },
    "levels of subjectField": {"language": '<descrip type="subjectField">x</descrip>'},
    "levels of context": {"entry": '<descrip type="context">x</descrip>'},
    "levels of definition": {"term_detail": '<descrip type="definition">x</descrip>'},
    "levels of crossReference": {"language": '<ref type="crossReference" target="C-0001">x</ref>'},
    "levels of externalCrossReference": {
        "entry": f'<adminGrp><admin type="source">x</admin>{LINK}</adminGrp>',
    },
    "levels of xGraphic": {"term_detail": GRAPHIC},
    "levels of transactionType": {"entry": f"<descripGrp>{ORIGIN}</descripGrp>"},
    "levels of responsibility": {"entry": f"<adminGrp>{BY}</adminGrp>"},
    "values of administrativeStatus": {
        "term_note": '<termNote type="administrativeStatus">preferred</termNote>'
    },
    "values of partOfSpeech": {"term_note": '<termNote type="partOfSpeech">Noun</termNote>'},
    "values of grammaticalGender": {"term_note": '<termNote type="grammaticalGender">m</termNote>'},
    "values of termLocation": {"term_note": '<termNote type="termLocation">page</termNote>'},
    "values of termType": {"term_note": '<termNote type="termType">full_form</termNote>'},
    "values of transactionType": {
        "entry": '<transacGrp><transac type="transactionType">check</transac></transacGrp>'
    },
}
ALLOWED = {
    "entry": f'<descrip type="subjectField">x</descrip><descripGrp><descrip type="definition">x'
    f'</descrip><admin type="source">x</admin></descripGrp><transacGrp>{ORIGIN}{BY}</transacGrp>'
    f'{GRAPHIC}{LINK}<ref type="crossReference" target="C-0001">x</ref>'
    '<admin type="customerSubset">x</admin><admin type="projectSubset">x</admin>',
    "language": f'<descrip type="definition">x</descrip>{LINK}{GRAPHIC}',
    "term_note": '<termNote type="termLocation">tab</termNote><termNoteGrp><termNote '
    'type="grammaticalGender">other</termNote><admin type="source">x</admin></termNoteGrp>',
    "term_detail": f'<descripGrp><descrip type="context">x</descrip></descripGrp>{LINK}',
}
CODES = '<sc id="a"/>b<ec startRef="a"/>'


ENTAILED = {"type is said": {"categories of descrip"}}
"""What else is broken: an empty type is none of the known ones."""


def broken(content: bytes) -> list[str]:
    root = etree.fromstring(content)
    identifiers = {element.get("id") for element in root.iter() if element.get("id")}
    return [breach.rule for breach in breaches(root.iter(), identifiers)]


def tbx(**parts: str) -> bytes:
    return RIGHT.format(**NOTHING | parts).encode()


def test_an_export_keeps_structure_and_rules() -> None:
    content = write_tbx(CONCEPTS, HEADING)

    assert CORE.validate(etree.fromstring(content)), CORE.error_log
    assert broken(content) == []
    assert CORE.validate(etree.fromstring(write_tbx([], HEADING)))


def test_all_that_tbx_basic_allows_passes() -> None:
    assert CORE.validate(etree.fromstring(tbx(**ALLOWED))), CORE.error_log
    assert broken(tbx(**ALLOWED, term=CODES)) == []


@pytest.mark.parametrize("rule", WRONG)
def test_each_rule_is_broken_by_what_it_forbids_and_by_nothing_else(rule: str) -> None:
    assert broken(tbx()) == []
    assert set(broken(tbx(**WRONG[rule]))) - ENTAILED.get(rule, set()) == {rule}


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [('"TBX-Basic"', '"TBX-Core"', "dialect"), ('"dca"', '"dct"', "style")],
)
def test_dialect_and_style_have_their_names(right: str, wrong: str, rule: str) -> None:
    assert broken(tbx().replace(right.encode(), wrong.encode())) == [rule]


def test_the_rules_are_as_many_as_the_dialect_has_and_each_is_tried() -> None:
    assert len(RULES) == 37
    assert {rule.name for rule in RULES} == {*WRONG, "dialect", "style"}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("<term>school</term>", ""),
        (' id="C-0001"', ""),
        (' id="C-0001"', ' id="1"'),
        (' xml:lang="en">\n<termSec>', "><termSec>"),
        ("<sourceDesc><p>Somewhere</p></sourceDesc>", ""),
        ("</termSec>", "<termNote type='termType'>fullForm</termNote></termSec>"),
        ("<conceptEntry", "<p/><conceptEntry"),
    ],
)
def test_the_core_structure_refuses_what_stands_elsewhere(right: str, wrong: str) -> None:
    content = tbx(term_detail="<note>x</note>").decode()
    assert CORE.validate(etree.fromstring(content))
    assert right in content

    assert not CORE.validate(etree.fromstring(content.replace(right, wrong)))


def test_a_reader_says_once_and_where_a_rule_is_broken() -> None:
    parsed = read_tbx(tbx(**WRONG["values of termType"]), FRAME)

    [fault] = parsed.faults
    assert fault.place == "line 5, entry C-0001"
    assert "fullForm" in fault.message


@pytest.mark.parametrize(
    ("rule", "kind", "line"),
    [("categories of termNote", "register", 5), ("levels of context", "context", 3)],
)
def test_a_category_of_others_is_left_out_and_the_rest_is_read(
    rule: str, kind: str, line: int
) -> None:
    parsed = read_tbx(tbx(**WRONG[rule]), FRAME)

    [notice] = parsed.notices
    assert notice.startswith(f"Left out: “{kind}”, 1 times, first in line {line}, entry C-0001.")
    assert parsed.faults == []
    [word] = parsed.records["C-0001"].designations
    assert (word.language, word.term) == ("en", "school")


def test_what_is_left_out_a_thousand_times_is_told_once() -> None:
    many = '<termNote type="register">x</termNote>' * 1000

    [notice] = read_tbx(tbx(term_note=many), FRAME).notices

    assert "1000" in notice


def test_other_dialects_are_not_held_against_the_rules_of_this_one() -> None:
    content = tbx(entry='<descrip type="example">x</descrip>').replace(b"TBX-Basic", b"TBX-Min")

    assert read_tbx(content, FRAME).faults == []
