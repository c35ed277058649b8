"""Concepts that use every field and what is hard to write, for the tests of all formats."""

from typing import Final

from v2v_snippets.exchange.faults import Frame
from v2v_snippets.exchange.heading import Heading
from v2v_snippets.exchange.records import (
    ConceptRecord,
    DefinitionRecord,
    DesignationRecord,
    EquivalentRecord,
    MappingRecord,
    RelationRecord,
    in_order,
)
from v2v_snippets.language.locales import LANGUAGE_NAMES

GLOSSARY: Final = "https://v2v.example/id/glossary"
HEADING: Final = Heading(
    GLOSSARY, "Glossary", "V2V", "https://creativecommons.org/licenses/by/4.0/"
)
FRAME: Final = Frame(LANGUAGE_NAMES, GLOSSARY)

SCHOOL: Final = in_order(
    ConceptRecord(
        "C-0001",
        "vet_systems",
        "approved",
        designations=(
            DesignationRecord("sr-latn", "škola", hidden_forms="skola\nscola"),
            DesignationRecord("sr", "школа"),
            DesignationRecord("en", "=1+1", note="Two\nlines", context="'So' & <so>"),
            DesignationRecord("en", "[v2v:x] school", "deprecated", note="[v2v:note] odd"),
        ),
        definitions=(
            DefinitionRecord("en", "Where one learns.\n\n“Here” \\ there", source="The project"),
            DefinitionRecord("fi", "Jossa opitaan", "project", source_kind="legal"),
        ),
        relations=(RelationRecord("broader", "C-0002"), RelationRecord("related", "C-0003")),
        mappings=(
            MappingRecord("exact", "eurovoc", "http://eurovoc.europa.eu/1"),
            MappingRecord("close", "esco", "https://other.example/?a=1&b=2"),
        ),
        equivalents=(
            EquivalentRecord("BA", "srednja škola", "bs", eqf_level="4", as_of="2026-01-31"),
        ),
    )
)
PLACE: Final = ConceptRecord(
    "C-0003",
    "labour_market",
    "retired",
    "C-0001",
    designations=(
        DesignationRecord(
            "cnr", "đačko mjesto", "superseded", "variant", "proper_noun", "neuter", "ME", "project"
        ),
    ),
    relations=(RelationRecord("related", "C-0001"),),
)
CONCEPTS: Final = [SCHOOL, PLACE]
