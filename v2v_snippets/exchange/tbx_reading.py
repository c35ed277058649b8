"""Reads TBX in DCA style: TBX-Basic, and the data categories that other dialects share with it."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from django.utils.translation import gettext as _
from lxml import etree

from .building import Builder, Row
from .faults import Frame, Parsed, UnreadableFileError
from .guarding import refuse_declarations
from .tbx_checking import UnknownCategories, breaches
from .tbx_rules import DIALECT, NAMESPACE, STATUSES, STYLE, TYPES
from .tbx_writing import MARK
from .vocabularies import vocabulary_of

XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
OPTIONS: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
}
STATUS_OF: Final = {value: name for name, value in STATUSES.items()}
TYPE_OF: Final = {value: name for name, value in TYPES.items()}
RELATIONS: Final = frozenset({"broader", "related"})
REPLACED: Final = "replaced by"
MATCHES: Final = {
    f"{name} match in": name for name in ("exact", "close", "broad", "narrow", "related")
}


def read_tbx(content: bytes, frame: Frame) -> Parsed:
    """Reads concepts entry by entry, so that memory does not grow with the file.

    Raises:
        UnreadableFileError: when it is no XML, no TBX of 2019, or of the other style.
    """
    refuse_declarations(content)
    builder, unknown = Builder(frame), UnknownCategories()
    try:
        identifiers = frozenset(_identifiers(content))
        for entry in _entries(content):
            _leave_out_breaches(entry, identifiers, builder, unknown)
            for row in _rows(entry, frame):
                builder.add(row)
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError(_("The file cannot be read: %s") % error) from error
    parsed = builder.finish()
    parsed.notices += unknown.notices()
    return parsed


def _leave_out_breaches(
    entry: Any, identifiers: frozenset[str], builder: Builder, unknown: UnknownCategories
) -> None:
    """Takes out what breaks the rules of TBX-Basic, and reports it, once for each element.

    A category that TBX-Basic has not, or not there, is left out with a notice, so that the rest can
    be imported; all else is a fault. Files of other dialects have rules of their own.
    """
    if entry.getroottree().getroot().get("type") != DIALECT:
        return
    for breach in list(breaches(entry.iter(), identifiers)):
        place, parent = _place(breach.element, entry), breach.element.getparent()
        if breach.concerns_category and breach.element.get("type"):
            unknown.add(breach, place)
        else:
            builder.fault(place, breach.message)
        if breach.element is not entry and parent is not None:
            parent.remove(breach.element)


def _place(element: Any, entry: Any) -> str:
    places = {"line": element.sourceline, "entry": entry.get("id", "")}
    return _("line %(line)d, entry %(entry)s") % places


def _identifiers(content: bytes) -> Iterator[str]:
    """Gives all identifiers beforehand, since references may lead to what follows."""
    for _event, element in etree.iterparse(BytesIO(content), **OPTIONS):
        if "id" in element.attrib:
            yield element.get("id")
        if element.tag == _name("conceptEntry"):
            _forget(element)


def _forget(entry: Any) -> None:
    """Frees an entry that was read, and the empty elements of those before it."""
    entry.clear()
    while entry.getprevious() is not None:
        del entry.getparent()[0]


def _entries(content: bytes) -> Iterator[Any]:
    for event, element in etree.iterparse(BytesIO(content), events=("start", "end"), **OPTIONS):
        if event == "start" and element.getparent() is None:
            _refuse_others(element)
        elif event == "end" and element.tag == _name("conceptEntry"):
            yield element
            _forget(element)


def _refuse_others(root: Any) -> None:
    if root.tag != _name("tbx"):
        raise UnreadableFileError(_("This is no TBX of ISO 30042:2019."))
    if root.get("style") != STYLE:
        raise UnreadableFileError(_("Only TBX in DCA style is read."))


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"


def _rows(entry: Any, frame: Frame) -> Iterator[Row]:
    concept = entry.get("id", "")

    def row(table: str, values: dict[str, str], element: Any) -> Row:
        return Row(table, concept, values, _place(element, entry), assumed=_assumed(table, element))

    notes = _notes(entry)
    references = list(_references(entry, frame.glossary))
    replaced = [values["target"] for kind, values, _e in references if kind == REPLACED]
    own = {
        "domain": _category(entry, "descrip", "subjectField"),
        "status": _first(notes, "status"),
        "replaced_by": replaced[0] if replaced else "",
    }
    if own["domain"] not in {"vet_systems", "internationalisation", "labour_market"}:
        own["domain"] = ""
    yield row("concept", own, entry)
    for kind, values, element in references:
        if kind != REPLACED:
            yield row(kind, values, element)
    for text in notes.get("equivalent", []):
        yield row("equivalent", _from_json(text), entry)
    for values, element in _definitions(entry, ""):
        yield row("definition", values, element)
    for section in entry.iterchildren(_name("langSec")):
        tag = section.get(XML_LANG, "")
        for values, element in _definitions(section, tag):
            yield row("definition", values, element)
        for term in section.iterchildren(_name("termSec")):
            yield row("term", _term(term) | {"language": tag}, term)


def _assumed(table: str, element: Any) -> frozenset[str]:
    """Returns what the reader adds: a term of unknown status is one that may be used."""
    has_status = table != "term" or _category(element, "termNote", "administrativeStatus")
    return frozenset() if has_status else frozenset({"status"})


def _references(entry: Any, glossary: str) -> Iterator[tuple[str, dict[str, str], Any]]:
    for element in entry.iterchildren(_name("ref"), _name("xref")):
        target, text = element.get("target", ""), "".join(element.itertext()).strip()
        match, _space, vocabulary = text.rpartition(" ")
        if text in RELATIONS:
            yield "relation", {"kind": text, "target": target}, element
        elif text == REPLACED:
            yield REPLACED, {"target": target}, element
        elif match in MATCHES:
            values = {"relation": MATCHES[match], "vocabulary": vocabulary, "uri": target}
            yield "mapping", values, element
        elif element.tag == _name("ref"):
            yield "relation", {"kind": "related", "target": target}, element
        elif element.get("type") == "externalCrossReference" and not target.startswith(glossary):
            values = {"relation": "related", "vocabulary": vocabulary_of(target), "uri": target}
            yield "mapping", values, element


def _definitions(parent: Any, tag: str) -> Iterator[tuple[dict[str, str], Any]]:
    for element in parent.iterchildren(_name("descrip"), _name("descripGrp")):
        is_group = element.tag == _name("descripGrp")
        text = element.find(_name("descrip")) if is_group else element
        if text is not None and text.get("type") == "definition":
            notes = _notes(element)
            values = {
                "text": "".join(text.itertext()),
                "language": text.get(XML_LANG, tag),
                "source": _category(element, "admin", "source") if is_group else "",
                "origin": _first(notes, "origin"),
                "source_kind": _first(notes, "source_kind"),
            }
            yield values, text


def _term(section: Any) -> dict[str, str]:
    notes = _notes(section)
    term = section.find(_name("term"))
    status = _category(section, "termNote", "administrativeStatus")
    form = _category(section, "termNote", "termType")
    word_class = _category(section, "termNote", "partOfSpeech")
    return {
        "term": "" if term is None else "".join(term.itertext()),
        "status": STATUS_OF.get(status, status or "admitted"),
        "term_type": TYPE_OF.get(form, form),
        "part_of_speech": _first(notes, "part_of_speech") or word_class,
        "gender": _category(section, "termNote", "grammaticalGender"),
        "country": _category(section, "termNote", "geographicalUsage"),
        "source": _category(section, "admin", "source"),
        "context": _category(section, "descrip", "context"),
        "origin": _first(notes, "origin"),
        "note": "\n".join(notes.get("note", [])),
        "hidden_forms": "\n".join(notes.get("hidden_forms", [])),
        "inflected_forms": "\n".join(notes.get("inflected_forms", [])),
    }


def _category(parent: Any, element: str, kind: str) -> str:
    """Returns the text of a category, which may stand in a group of its own."""
    for found in parent.iterchildren(_name(element), _name(f"{element}Grp")):
        inner = found.find(_name(element)) if found.tag.endswith("Grp") else found
        if inner is not None and inner.get("type") == kind:
            return "".join(inner.itertext())
    return ""


def _notes(parent: Any) -> dict[str, list[str]]:
    """Returns the notes by the name that we gave them; those of others are "note"."""
    notes: dict[str, list[str]] = {}
    for element in parent.iterchildren(_name("note")):
        text = "".join(element.itertext())
        name = "note"
        if text.startswith(MARK):
            name, _bracket, text = text.removeprefix(MARK).partition("] ")
        notes.setdefault(name, []).append(text)
    return notes


def _first(notes: dict[str, list[str]], name: str) -> str:
    return notes.get(name, [""])[0]


def _from_json(text: str) -> dict[str, str]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {str(k): str(v) for k, v in values.items()} if isinstance(values, dict) else {}
