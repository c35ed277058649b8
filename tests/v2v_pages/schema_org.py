"""The part of https://schema.org that the site uses: which properties each type may have."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

THING = {"name", "description", "url", "alternateName", "sameAs", "image", "identifier"}
CREATIVE_WORK = THING | {
    "about", "audience", "author", "citation", "creditText", "dateModified", "datePublished",
    "expires", "funding", "headline", "inLanguage", "isBasedOn", "isPartOf", "license",
    "mainEntity", "publisher", "spatialCoverage", "translationOfWork", "workTranslation",
}  # fmt: skip
EVENT = THING | {
    "about", "audience", "endDate", "eventAttendanceMode", "eventStatus", "funding", "inLanguage",
    "location", "organizer", "startDate",
}  # fmt: skip
ORGANIZATION = THING | {"address", "email", "logo", "funding", "memberOf"}
PLACE = THING | {"address", "containedInPlace", "latitude", "longitude"}

PROPERTIES = {
    "WebSite": CREATIVE_WORK,
    "WebPage": CREATIVE_WORK,
    "CollectionPage": CREATIVE_WORK,
    "SearchResultsPage": CREATIVE_WORK,
    "CreativeWork": CREATIVE_WORK,
    "Article": CREATIVE_WORK,
    "NewsArticle": CREATIVE_WORK,
    "Dataset": CREATIVE_WORK | {"distribution", "variableMeasured"},
    "DataDownload": CREATIVE_WORK | {"contentUrl", "encodingFormat"},
    "HowTo": CREATIVE_WORK | {"step"},
    "HowToSection": CREATIVE_WORK | {"itemListElement"},
    "HowToStep": CREATIVE_WORK | {"text"},
    "DefinedTermSet": CREATIVE_WORK | {"hasDefinedTerm"},
    "DefinedTerm": THING | {"inDefinedTermSet", "termCode"},
    "Event": EVENT,
    "BusinessEvent": EVENT,
    "EducationEvent": EVENT,
    "Place": PLACE,
    "Country": PLACE,
    "AdministrativeArea": PLACE,
    "VirtualLocation": THING,
    "Audience": THING | {"audienceType", "geographicArea"},
    "PropertyValue": THING | {"propertyID", "value"},
    "Thing": THING,
    "ImageObject": CREATIVE_WORK | {"width", "height", "caption"},
    "Organization": ORGANIZATION,
    "EducationalOrganization": ORGANIZATION,
    "PostalAddress": THING | {"addressLocality", "addressCountry"},
    "Grant": THING | {"funder"},
    "BreadcrumbList": THING | {"itemListElement"},
    "ItemList": THING | {"itemListElement"},
    "ListItem": THING | {"position", "item"},
}
"""Properties by type, those of the types above it included; as of schema.org 29."""

WORKS = {kind for kind, properties in PROPERTIES.items() if properties >= CREATIVE_WORK}
ORGANIZATIONS = {"Organization", "EducationalOrganization"}
PLACES = {kind for kind, properties in PROPERTIES.items() if properties >= PLACE}

RANGES = {
    "about": set(PROPERTIES),
    "address": {"PostalAddress"},
    "audience": {"Audience"},
    "author": ORGANIZATIONS,
    "citation": WORKS,
    "containedInPlace": PLACES,
    "distribution": {"DataDownload"},
    "funder": ORGANIZATIONS,
    "funding": {"Grant"},
    "hasDefinedTerm": {"DefinedTerm"},
    "image": {"ImageObject"},
    "inDefinedTermSet": {"DefinedTermSet"},
    "isPartOf": WORKS,
    "itemListElement": {"ListItem", "HowToStep"},
    "location": {*PLACES, "PostalAddress", "VirtualLocation"},
    "mainEntity": set(PROPERTIES),
    "organizer": ORGANIZATIONS,
    "publisher": ORGANIZATIONS,
    "spatialCoverage": PLACES,
    "step": {"HowToSection", "HowToStep"},
    "translationOfWork": WORKS,
    "variableMeasured": {"PropertyValue"},
    "workTranslation": WORKS,
}
"""Types that the object of a property may have; other properties have no objects."""


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://"))


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


ADDRESSES = (
    "contentUrl", "eventAttendanceMode", "eventStatus", "isBasedOn", "item", "license", "logo",
    "sameAs", "url",
)  # fmt: skip
MOMENTS = ("dateModified", "datePublished", "endDate", "expires", "startDate")
WORDINGS = dict.fromkeys(ADDRESSES, _is_address) | dict.fromkeys(MOMENTS, _is_moment)
"""How a value is written that is an absolute address, or a day or time; others are just there."""


def mistakes(data: Any) -> list[str]:
    """Returns what a document says that schema.org does not know, or says in the wrong way."""
    known = {node["@id"]: node for node in data["@graph"]}
    found = [] if data["@context"] == "https://schema.org" else ["context"]
    for node in nodes(data["@graph"]):
        if set(node) == {"@id"}:
            found += [] if node["@id"] in known else [f"nothing is {node['@id']}"]
            continue
        kind = node.get("@type", "")
        for name in set(node) - {"@id", "@type"}:
            for wrong in faults_of(kind, name, node[name], known):
                found.append(f"{kind}.{name}{wrong}")
    return found


def faults_of(kind: str, name: str, value: Any, known: Mapping[str, Any]) -> Iterator[str]:
    """Yields what is wrong with one property of a node; ``known`` are those that have an @id."""
    if name not in PROPERTIES.get(kind, set()):
        yield " is not known"
    if value in ("", [], {}, None):
        yield " is empty"
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            target = known.get(each["@id"], {}) if set(each) == {"@id"} else each
            if target and target.get("@type") not in RANGES.get(name, set()):
                yield f" is a {target.get('@type')}"
        elif not WORDINGS.get(name, bool)(str(each)):
            yield f": {each}"


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yields every object in a document."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            yield from nodes(inner)
