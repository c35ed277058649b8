"""The part of https://schema.org that the site uses: which properties each type may have."""

from collections.abc import Iterator
from typing import Any

THING = {"name", "description", "url", "alternateName", "sameAs", "image", "identifier"}
CREATIVE_WORK = THING | {
    "about", "author", "creditText", "dateModified", "datePublished", "funding", "headline",
    "inLanguage", "isBasedOn", "isPartOf", "license", "mainEntity", "publisher",
    "translationOfWork", "workTranslation",
}  # fmt: skip
ORGANIZATION = THING | {"address", "email", "logo", "funding", "memberOf"}

PROPERTIES = {
    "WebSite": CREATIVE_WORK,
    "WebPage": CREATIVE_WORK,
    "CollectionPage": CREATIVE_WORK,
    "Article": CREATIVE_WORK,
    "NewsArticle": CREATIVE_WORK,
    "Dataset": CREATIVE_WORK | {"distribution", "spatialCoverage", "variableMeasured"},
    "DataDownload": CREATIVE_WORK | {"contentUrl", "encodingFormat"},
    "HowTo": CREATIVE_WORK | {"step"},
    "HowToSection": CREATIVE_WORK | {"itemListElement"},
    "HowToStep": CREATIVE_WORK | {"text"},
    "PropertyValue": THING | {"propertyID", "value"},
    "Country": THING,
    "AdministrativeArea": THING | {"containedInPlace"},
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

ADDRESSES = {"url", "license", "item", "logo", "isBasedOn"}
"""Properties whose value is an absolute address."""


def mistakes(data: Any) -> list[str]:
    """Returns what a document says that schema.org does not know, or says in the wrong way."""
    known = {node["@id"] for node in data["@graph"]}
    found = [] if data["@context"] == "https://schema.org" else ["context"]
    for node in nodes(data["@graph"]):
        if set(node) == {"@id"}:
            found += [] if node["@id"] in known else [f"nothing is {node['@id']}"]
            continue
        kind = node.get("@type", "")
        names = set(node) - {"@id", "@type"}
        found += [f"{kind}.{name}" for name in names - PROPERTIES.get(kind, set())]
        found += [f"{kind}.{name} is empty" for name in names if node[name] in ("", [], {}, None)]
        found += [
            f"{kind}.{name}: {node[name]}"
            for name in names & ADDRESSES
            if not str(node[name]).startswith(("http://", "https://"))
        ]
    return found


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yields every object in a document."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            yield from nodes(inner)
