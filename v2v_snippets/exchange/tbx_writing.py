"""Writes TBX-Basic, DCA style (ISO 30042:2019).

What TBX-Basic has no category for (status of a concept, hidden forms, national equivalents, …)
stands in notes that begin with "[v2v:name]", which other tools show to people as they are. TBX has
no concepts without terms, so these are left out.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from .heading import Heading
from .records import ConceptRecord, DefinitionRecord, DesignationRecord
from .tags import tag_of
from .tbx_rules import DIALECT, NAMESPACE, STATUSES, STYLE, TYPES, WORD_CLASSES

MARK: Final = "[v2v:"


def write_tbx(concepts: Iterable[ConceptRecord], heading: Heading) -> bytes:
    """Returns the concepts as TBX."""
    told = [record for record in concepts if record.designations]
    inside = {record.identifier for record in told}
    entries = "".join(_entry(record, inside, heading.glossary) for record in told)
    body = f"<body>\n{entries}</body>" if entries else ""
    lines = "".join(f"<p>{escape(line)}</p>" for line in heading.lines())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<tbx xmlns="{NAMESPACE}" type="{DIALECT}" style="{STYLE}" xml:lang="en">\n'
        f"<tbxHeader><fileDesc><sourceDesc>{lines}</sourceDesc></fileDesc></tbxHeader>\n"
        f"<text>{body}</text>\n</tbx>\n"
    ).encode()


def _entry(record: ConceptRecord, inside: set[str], glossary: str) -> str:
    return "".join(
        [
            f"<conceptEntry id={quoteattr(record.identifier)}>\n",
            _category("descrip", "subjectField", record.domain),
            _note("status", record.status),
            *_references(record, inside, glossary),
            *(_note("equivalent", _as_json(asdict(row))) for row in record.equivalents),
            *_entry_definitions(record),
            *_languages(record),
            "</conceptEntry>\n",
        ]
    )


def _references(record: ConceptRecord, inside: set[str], glossary: str) -> Iterator[str]:
    pairs = [(relation.kind, relation.target) for relation in record.relations]
    if record.replaced_by:
        pairs.append(("replaced by", record.replaced_by))
    for kind, target in pairs:
        if target in inside:
            yield f'<ref type="crossReference" target={quoteattr(target)}>{kind}</ref>\n'
        else:
            yield _link(f"{glossary}/{target}", kind)
    for row in record.mappings:
        yield _link(row.uri, f"{row.relation} match in {row.vocabulary}")


def _link(uri: str, text: str) -> str:
    target = quoteattr(uri)
    return f'<xref type="externalCrossReference" target={target}>{escape(text)}</xref>\n'


def _entry_definitions(record: ConceptRecord) -> Iterator[str]:
    """Gives definitions in languages without a term, for which there is no other place."""
    languages = {row.language for row in record.designations}
    for row in record.definitions:
        if row.language not in languages:
            yield _definition(row, f" xml:lang={quoteattr(tag_of(row.language))}")


def _languages(record: ConceptRecord) -> Iterator[str]:
    definitions = {row.language: row for row in record.definitions}
    for language, rows in groupby(record.designations, key=lambda row: row.language):
        yield f"<langSec xml:lang={quoteattr(tag_of(language))}>\n"
        if language in definitions:
            yield _definition(definitions[language])
        yield from map(_term, rows)
        yield "</langSec>\n"


def _definition(row: DefinitionRecord, attribute: str = "") -> str:
    details = [
        _category("admin", "source", row.source),
        _note("origin", row.origin, "original"),
        _note("source_kind", row.source_kind, "project"),
    ]
    text = f'<descrip type="definition"{attribute}>{escape(row.text)}</descrip>\n'
    return f"<descripGrp>{text}{''.join(details)}</descripGrp>\n"


def _term(row: DesignationRecord) -> str:
    is_told = row.part_of_speech in WORD_CLASSES
    context = _category("descrip", "context", row.context)
    return "".join(
        [
            f"<termSec><term>{escape(row.term)}</term>\n",
            _category("termNote", "administrativeStatus", STATUSES[row.status]),
            _category("termNote", "termType", TYPES[row.term_type]),
            _category("termNote", "partOfSpeech", row.part_of_speech if is_told else "noun"),
            _category("termNote", "grammaticalGender", row.gender),
            _category("termNote", "geographicalUsage", row.country),
            context,
            _category("admin", "source", row.source),
            "" if is_told else _note("part_of_speech", row.part_of_speech),
            _note("origin", row.origin, "original"),
            *(_note("hidden_forms", form) for form in row.hidden_forms.split("\n")),
            *(_note("inflected_forms", form) for form in row.inflected_forms.split("\n")),
            _plain_note(row.note),
            "</termSec>\n",
        ]
    )


def _category(element: str, kind: str, text: str) -> str:
    return f'<{element} type="{kind}">{escape(text)}</{element}>\n' if text else ""


def _note(name: str, text: str, default: str = "") -> str:
    return f"<note>{MARK}{name}] {escape(text)}</note>\n" if text != default else ""


def _plain_note(text: str) -> str:
    """Writes an editor's note; one that looks like ours is marked as a note."""
    if text.startswith(MARK):
        return _note("note", text)
    return f"<note>{escape(text)}</note>\n" if text else ""


def _as_json(values: dict[str, str]) -> str:
    values["language"] = tag_of(values["language"])
    return json.dumps({k: v for k, v in values.items() if v}, ensure_ascii=False, sort_keys=True)
