"""What TBX-Basic allows: data categories, their levels and picklists.

Facts of ISO 30042:2019 (core structure, DCA style) and of the TBX-Basic dialect 1.2.1, written down
here anew; docs/decisions/0022-exchange-formats.md says where they come from.
"""

from typing import Final

NAMESPACE: Final = "urn:iso:std:iso:30042:ed-2"
DIALECT: Final = "TBX-Basic"
STYLE: Final = "dca"

ENTRY, LANGUAGE, TERM = "conceptEntry", "langSec", "termSec"
ANYWHERE: Final = frozenset({ENTRY, LANGUAGE, TERM})

CATEGORIES: Final[dict[tuple[str, str], frozenset[str]]] = {
    ("admin", "customerSubset"): frozenset({ENTRY, TERM}),
    ("admin", "projectSubset"): frozenset({ENTRY, TERM}),
    ("admin", "source"): ANYWHERE,
    ("descrip", "subjectField"): frozenset({ENTRY}),
    ("descrip", "context"): frozenset({TERM}),
    ("descrip", "definition"): frozenset({ENTRY, LANGUAGE}),
    ("ref", "crossReference"): frozenset({ENTRY, TERM}),
    ("termNote", "administrativeStatus"): frozenset({TERM}),
    ("termNote", "partOfSpeech"): frozenset({TERM}),
    ("termNote", "geographicalUsage"): frozenset({TERM}),
    ("termNote", "grammaticalGender"): frozenset({TERM}),
    ("termNote", "termLocation"): frozenset({TERM}),
    ("termNote", "termType"): frozenset({TERM}),
    ("transac", "transactionType"): ANYWHERE,
    ("transacNote", "responsibility"): ANYWHERE,
    ("xref", "externalCrossReference"): ANYWHERE,
    ("xref", "xGraphic"): frozenset({ENTRY, LANGUAGE}),
}
"""Element and ``type`` of each category, with the levels at which it may stand."""

STATUSES: Final = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts",
    "superseded": "supersededTerm-admn-sts",
}
TYPES: Final = {
    "full_form": "fullForm",
    "acronym": "acronym",
    "abbreviation": "abbreviation",
    "short_form": "shortForm",
    "variant": "variant",
    "phrase": "phrase",
}
WORD_CLASSES: Final = frozenset({"adjective", "noun", "other", "verb", "adverb"})

PICKLISTS: Final[dict[str, frozenset[str]]] = {
    "administrativeStatus": frozenset(STATUSES.values()),
    "partOfSpeech": WORD_CLASSES,
    "grammaticalGender": frozenset({"masculine", "feminine", "neuter", "other"}),
    "termType": frozenset(TYPES.values()),
    "termLocation": frozenset(
        {
            "checkBox",
            "comboBox",
            "comboBoxElement",
            "dialogBox",
            "groupBox",
            "informativeMessage",
            "interactiveMessage",
            "menuItem",
            "progressBar",
            "pushButton",
            "radioButton",
            "slider",
            "spinBox",
            "tab",
            "tableText",
            "textBox",
            "toolTip",
            "user-definedType",
        }
    ),
    "transactionType": frozenset({"origination", "modification"}),
}
"""The values of the categories that have a list of them."""

GROUPS: Final[dict[str, frozenset[str]]] = {
    "admin": frozenset({"adminGrp", "descripGrp", "termNoteGrp"}),
    "descrip": frozenset({"descripGrp"}),
    "ref": frozenset({"adminGrp", "descripGrp", "termNoteGrp", "transacGrp"}),
    "termNote": frozenset({"termNoteGrp"}),
    "transac": frozenset({"transacGrp"}),
    "transacNote": frozenset({"transacGrp"}),
    "xref": frozenset(),
}
"""The groups in which an element may stand at a level instead of standing there itself."""
