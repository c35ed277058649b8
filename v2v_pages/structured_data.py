"""Pages in schema.org's vocabulary, for search engines: https://schema.org/docs/full.html.

Every page is one graph: the site, the project behind it, the page, its image, and the way to it.
Only what readers see is said here, and empty values are left out.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urljoin

from django.templatetags.static import static

from v2v_snippets.credits import image_credit
from v2v_snippets.enums import licence_url
from v2v_snippets.keeping import fact
from v2v_snippets.language.locales import content_languages
from v2v_snippets.models import Partner

from .frame import Frame
from .subject import Subject

if TYPE_CHECKING:
    from .guests import GuestLanguages, GuestPage
    from .languages import PageLanguages
    from .models.base import BasePage
    from .models.sources import RepositorySource
    from .sharing.open_graph import SharedPicture

VOCABULARY: Final = "https://schema.org"
SHARING_IMAGE: Final = "v2v_pages/sharing.png"
"""What stands for a page that has no picture; 1200 × 630, as networks show it."""
EUROPEAN_UNION: Final = {
    "@type": "Organization",
    "name": "European Union",
    "url": "https://european-union.europa.eu/",
}

_COMPACT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class _Around(NamedTuple):
    """What stands around the page in its graph, and is the same on most pages."""

    nodes: str
    """Site, project and grant, written down."""
    grant: str
    """The identifier of the grant; "" where there is none."""


def page_json(
    page: "BasePage | GuestPage",
    subject: Subject,
    frame: Frame,
    *,
    crumbs: Sequence[tuple[str, str]] = (),
    image: Mapping[str, Any] | None = None,
) -> str:
    """Returns the JSON-LD of a page; ``crumbs`` are titles and addresses below the trail."""
    languages = page.languages
    url = languages.own_url
    root = urljoin(url, "/")
    main = {
        "@id": f"{url}#page",
        "name": subject.name,
        "description": subject.description,
        "url": url,
        "inLanguage": languages.served,
        "license": page.licence_url,
        "isPartOf": {"@id": f"{root}#website"},
        "publisher": {"@id": f"{root}#project"},
        "isBasedOn": page.canonical_address,
        "dateModified": page.last_published_at.isoformat() if page.last_published_at else "",
        "image": image,
        **subject.data,
        **_translations(languages, subject.data["@type"]),
    }
    around = _around(frame, root)
    if around.grant:
        main["funding"] = {"@id": around.grant}
    trail = [*((link.title, link.url) for link in frame.trail), *crumbs, (subject.name, url)]
    nodes = ",".join([around.nodes, *map(_written, (without_empty(main), *_way(trail, url)))])
    return f'{{"@context":"{VOCABULARY}","@graph":[{nodes}]}}'


def _written(node: Mapping[str, Any]) -> str:
    return _COMPACT.encode(node)


def image_data(image: Any, version: "SharedPicture") -> dict[str, Any]:
    """Returns an image with its credit, in the version that goes out."""
    credit = image_credit(image)
    return without_empty(
        {
            "@type": "ImageObject",
            "url": version.url,
            "width": version.width,
            "height": version.height,
            "caption": version.description,
            "creditText": credit.credit,
            "license": licence_url(credit.licence),
        }
    )


def organization_data(partner: Partner) -> dict[str, Any]:
    """Returns a partner as an organization; only what the record knows."""
    return without_empty(
        {
            "@type": "EducationalOrganization" if partner.side else "Organization",
            "name": partner.official_name or partner.short_name,
            "alternateName": partner.short_name if partner.official_name else "",
            "url": partner.website,
        }
    )


def placed_organization_data(partner: Partner) -> dict[str, Any]:
    """Adds where a partner is; its country must be loaded."""
    place = {
        "@type": "PostalAddress",
        "addressLocality": partner.city,
        "addressCountry": partner.country.code,
    }
    return organization_data(partner) | {"address": without_empty(place)}


def source_data(source: "RepositorySource") -> dict[str, Any]:
    """Returns what an article relies on, as it cites it."""
    publisher = {"@type": "Organization", "name": source.publisher} if source.publisher else None
    return without_empty(
        {
            "@type": "CreativeWork",
            "name": source.title,
            "url": source.url,
            "inLanguage": source.language,
            "publisher": publisher,
        }
    )


def list_data(items: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Returns what a list page lists, as names with absolute addresses; nothing of an empty one."""
    positions = _positions(items, "")
    listed = {"@type": "ItemList", "itemListElement": positions}
    return {"mainEntity": listed} if positions else {}


def without_empty(data: Mapping[str, Any]) -> dict[str, Any]:
    """Leaves out what nothing is known of."""
    return {key: value for key, value in data.items() if value}


def _around(frame: Frame, root: str) -> _Around:
    """Returns site, project and grant."""

    def find() -> _Around:
        grant = _grant(frame, root)
        nodes = (_website(frame, root), _project(frame, root), grant)
        return _Around(",".join(_written(node) for node in nodes if node), grant.get("@id", ""))

    return fact(page_json, (frame.scope, root, frame.funding_key), find)


def _website(frame: Frame, root: str) -> dict[str, Any]:
    return {
        "@type": "WebSite",
        "@id": f"{root}#website",
        "name": frame.site_name,
        "url": root,
        "inLanguage": content_languages(),
        "publisher": {"@id": f"{root}#project"},
    }


def _project(frame: Frame, root: str) -> dict[str, Any]:
    return without_empty(
        {
            "@type": "Organization",
            "@id": f"{root}#project",
            "name": frame.site_name,
            "url": root,
            "logo": urljoin(root, static(SHARING_IMAGE)),
            "email": frame.project.contact_email,
            "sameAs": [link.url for link in frame.social_links],
        }
    )


def _grant(frame: Frame, root: str) -> dict[str, Any]:
    """Returns the grant whose emblem and wording stand at the foot of the page."""
    statement = frame.funding_statement
    if statement is None or not frame.funding:
        return {}
    return {
        "@type": "Grant",
        "@id": f"{root}#grant-{statement.public_id}",
        "name": statement.grant,
        "description": frame.funding[0].text,
        "funder": EUROPEAN_UNION,
    }


def _translations(languages: "PageLanguages | GuestLanguages", kind: str) -> dict[str, Any]:
    """Says of an original which translations it has, and of a translation what it is of."""
    works = {
        code: {"@type": kind, "@id": f"{url}#page", "url": url, "inLanguage": code}
        for code, url in languages.alternates
    }
    others = [work for code, work in works.items() if code != languages.served]
    if not others or languages.served not in works:
        return {}
    if languages.served == languages.original:
        return {"workTranslation": others}
    return {"translationOfWork": works[languages.original]}


def _way(trail: Sequence[tuple[str, str]], url: str) -> list[dict[str, Any]]:
    """Returns the way to a page; none to a home page, which is where all ways begin."""
    if len(trail) < 2:
        return []
    steps = _positions(trail, url)
    return [{"@type": "BreadcrumbList", "@id": f"{url}#way", "itemListElement": steps}]


def _positions(items: Iterable[tuple[str, str]], root: str) -> list[dict[str, Any]]:
    return [
        {"@type": "ListItem", "position": number, "name": name, "item": urljoin(root, url)}
        for number, (name, url) in enumerate(items, start=1)
    ]
