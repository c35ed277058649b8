"""Where a crawler looks for hidden things: what the site offers, and what it must not have."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from wagtail.models import Page

from tests.crawl import Answer
from tests.project.hidden import CANARY
from v2v_pages.models import EventPage
from v2v_pages.suggestions import question_of

LANGUAGES = ("en", "it", "sr")
"""English is whole, Italian in part, Serbian not at all."""

LISTS = (
    "content",
    "news",
    "stories",
    "events",
    "twinnings",
    "partners",
    "countries",
    "tags",
    "funding",
)
SURFACES = [
    "/",
    "/sitemap.xml",
    "/robots.txt",
    "/llms.txt",
    "/no-such-page/",
    "/api/v1/openapi.json",
    "/api/v1/locales/",
    "/id/glossary",
    *(f"/id/glossary/C-{number:04}{end}" for number in range(1, 9) for end in ("", ".ttl")),
    *(f"/api/v1/glossary/C-{number:04}/" for number in range(1, 9)),
]
REPOSITORY = "repository/topic/entry"
COMPARING = "country=HR&country=NL&country=SI"
KNOWLEDGE = {
    "/{code}/repository/": "Public advice for all",
    f"/{{code}}/{REPOSITORY}/": "Public advice",
    # mixtures of filters are links that robots do not follow
    f"/{{code}}/{REPOSITORY}/sending/it/host/hr/for/learners/state/due/": "Public advice",
    "/{code}/repository/sending/it/language/en/": "Public advice",
    "/{code}/vet-systems/": "system-hr",
    "/{code}/vet-systems/compare/hr/nl/": '<svg class="chart"',
    "/{code}/vet-systems/compare/hr/nl/si/": "Public programme 1",
    "/{code}/vet-systems/compare/hr/nl.csv": "Without adults.",
    "/{code}/process/public-module/": "Agree",
    "/api/v1/repository/?locale={code}&fields=*&limit=100": "Public advice for all",
    "/api/v1/repository/?locale={code}&topic=entry&sending=IT&host=HR": "Public advice",
    "/api/v1/repository/?locale={code}&audience=learners&state=due": "Public advice",
    "/api/v1/vet-systems/?locale={code}&fields=*&include=country&limit=100": "Without adults.",
    f"/api/v1/vet-systems/compare/?{COMPARING}&locale={{code}}&fields=*": "Sistema sloveno",
    "/api/v1/topics/?locale={code}&fields=*": "entry",
    "/api/v1/export.ndjson?locale={code}&fields=*": "Without adults.",
    **{f"/feeds/{{code}}/{REPOSITORY}.{end}": "Public advice" for end in ("atom", "rss", "json")},
    f"/embed/{{code}}/{REPOSITORY}/newest/10/": "Public advice",
    f"/embed/{{code}}/{REPOSITORY}.json": "Public advice",
}
"""What is public of the project's knowledge, and what each answer must say to be one."""
FINDING = ("text+of", "summary", "concept", "somebody", "VET")
BY_LANGUAGE = [
    *KNOWLEDGE,
    "/{code}/vet-systems/compare/?country=nl&country=hr",
    "/{code}/vet-systems/compare/hr/xk/",  # a profile that is over
    "/{code}/vet-systems/compare/hr/xk.csv",
    "/api/v1/vet-systems/compare/?country=HR&country=XK&locale={code}",
    "/{code}/",
    "/{code}/no-such-page/",
    "/{code}/canari-draft/",  # near enough to be suggested, were it public
    "/{code}/news/the-canari-of-draft/",
    "/{code}/glossary/?q=concept",
    "/{code}/glossary/with/it/",
    "/{code}/process/checklist/",
    "/{code}/process/dates/2027-03-15/",
    "/{code}/process/dates/2027-03-15.ics",
    "/api/v1/process/?locale={code}&fields=*",
    # words of hidden things; asking for the canary itself would have it repeated
    *(f"/{{code}}/search/?q={word}" for word in FINDING),
    *(f"/api/v1/search/?q={word}&locale={{code}}&fields=*&limit=100" for word in FINDING),
    *(
        f"/feeds/{{code}}/{kind}.{end}"
        for kind, end in (
            *(("all", end) for end in ("atom", "rss", "json")),
            *((kind, "json") for kind in ("news", "stories", "events", "repository", "terms")),
            ("vet-systems", "json"),
        )
    ),
    "/embed/{code}/all/newest/10/",
    *(f"/embed/{{code}}/{kind}.json" for kind in ("news", "events", "terms")),
    "/calendars/{code}/events.ics",
    "/api/v1/events/?locale={code}&fields=*&limit=100",
    *(f"/api/v1/{name}/?limit=100&locale={{code}}" for name in LISTS[:7]),
    *(f"/api/v1/{name}/?locale={{code}}" for name in (*LISTS[7:], "navigation", "settings")),
    *(f"/api/v1/{name}/?limit=100&locale={{code}}" for name in ("images", "documents")),
    "/api/v1/news/?locale={code}&fallback=none",
    "/api/v1/glossary/?locale={code}&fields=*&limit=100",
]


def hidden_addresses() -> Iterator[str]:
    """Yields where hidden things would be, had they been published."""
    for page in Page.objects.filter(slug__contains=CANARY):
        parts = page.url_path.strip("/").split("/")[1:]
        yield from (f"/{code}/{'/'.join(parts)}/" for code in LANGUAGES)
    media = settings.MEDIA_ROOT
    for path in media.rglob(f"*{CANARY}*"):
        yield f"/media/{quote(path.relative_to(media).as_posix())}"


def surfaces(hidden: list[Any]) -> list[str]:
    """Returns where the crawler starts: what the site offers, and what it must not have."""
    addresses = sorted(hidden_addresses())
    pages = [address for address in addresses if not address.startswith("/media/")]
    files = [each.url for each in hidden if hasattr(each, "filename") and hasattr(each, "url")]
    ids = [str(each.public_id) for each in hidden if hasattr(each, "public_id")]
    return [
        *SURFACES,
        *(pattern.format(code=code) for code in LANGUAGES for pattern in BY_LANGUAGE),
        *addresses,
        *(
            f"/calendars/{code}/events/{page.translation_key}.ics"
            for page in EventPage.objects.filter(slug__contains=CANARY)
            for code in LANGUAGES
        ),
        *(f"/api/v1/resolve/?path={quote(address)}" for address in pages),
        *(f"/oembed/?url=http://testserver{quote(a)}" for a in pages if a.startswith("/en/")),
        *(
            f"/embed/en/item/{page.translation_key}/"
            for page in Page.objects.filter(slug__contains=CANARY)
        ),
        *(urlsplit(file).path for file in files),
        *(f"/api/v1/{name}/{each}/" for each in ids for name in ("images", "documents")),
    ]


def leaks(answer: Answer) -> bool:
    """Tells whether an answer says the word, other than by repeating the address asked for.

    What asks for a sign-in repeats it, in whichever language's prefix; where nothing is, its words
    stand in the box to search for them.
    """
    said = unquote(f"{answer.headers}{answer.content}").lower()
    named = re.search(r"\b(?:path|next)=([^&]+)", urlsplit(answer.path).query)
    asked = unquote(named[1] if named else answer.path).lower()
    if question := question_of(asked):
        said = said.replace(f'value="{question}"', "")
    below = asked.strip("/").partition("/")[2]
    return CANARY in (said.replace(below, "") if below else said)
