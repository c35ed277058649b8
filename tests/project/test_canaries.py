"""Nothing that is not public appears in a byte of page, list, feed, sitemap or API.

Hidden pages of every kind carry a canary word in each of their fields. A crawler starts from every
public surface, follows all internal links, and looks for the word in what it gets.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from tests import factories as make
from tests.sites import SiteTree, build_partnership, build_site, translate

CANARY = "canary"
LANGUAGES = ("en", "it", "fi", "sq")
SURFACES = [
    "/",
    "/sitemap.xml",
    "/robots.txt",
    "/api/v1/content/?limit=100",
    "/api/v1/openapi.json",
    "/no-such-page/",
    *(f"/{code}/" for code in LANGUAGES),
    *(f"/{code}/no-such-page/" for code in LANGUAGES),
    *(
        f"/feeds/{code}/{kind}.{ext}"
        for code in LANGUAGES
        for kind in ("news", "stories")
        for ext in ("atom", "json")
    ),
    *(
        f"/api/v1/{kind}/?limit=100&locale={code}"
        for code in LANGUAGES
        for kind in ("content", "news", "stories", "twinnings", "partners", "countries", "locales")
    ),
    *(f"/api/v1/news/?locale={code}&fallback=none" for code in LANGUAGES),
]
_LINK = re.compile(r"""(?:href|src|"url"|<loc>)\s*[=:]?\s*["']?(https?://[^"'<\s]+|/[^"'<\s>]*)""")


def words(state: str) -> dict[str, Any]:
    """The fields of a hidden page, each with the canary; the slug says in which state it is."""
    return {
        "title": f"The {CANARY} of {state}",
        "slug": f"{CANARY}-{state}",
        "summary": f"Summary of the {CANARY} of {state}",
        "seo_title": f"Seo {CANARY}",
        "search_description": f"Description {CANARY}",
    }


def article(parent: Page, state: str, **kwargs: Any) -> Any:
    body = [("paragraph", f"<p>Text of the {CANARY} of {state}</p>")]
    return make.NewsPageFactory(
        parent=parent, body=body, tags=[f"{CANARY} {state}"], **words(state), **kwargs
    )


def hide(tree: SiteTree) -> list[Page]:
    """Adds hidden articles of every kind to the list of news; returns them."""
    drafted = make.StandardPageFactory(parent=tree.home, **words("drafted-parent"))
    below_draft = make.StandardPageFactory(parent=drafted, **words("below-draft"))
    drafted.unpublish()
    private = make.StandardPageFactory(parent=tree.home, restriction="login", **words("private"))
    below_private = make.StandardPageFactory(parent=private, **words("below-private"))
    expired_parent = make.StandardPageFactory(parent=tree.home, expired=True, **words("ended"))
    below_expired = make.StandardPageFactory(parent=expired_parent, **words("below-ended"))
    return [
        drafted,
        below_draft,
        private,
        below_private,
        expired_parent,
        below_expired,
        article(tree.news, "draft", draft=True),
        article(tree.news, "scheduled", scheduled=True),
        article(tree.news, "expired", expired=True),
        article(tree.news, "login", restriction="login"),
        article(tree.news, "password", restriction="password", restriction__password="x"),
        article(tree.news, "groups", restriction="groups"),
        make.TwinningStoryPageFactory(parent=tree.twinnings, draft=True, **words("story")),
    ]


def quote_of_somebody_who_withdrew() -> tuple[str, Any]:
    consent = make.PersonConsentFactory(
        person_name=f"Somebody {CANARY}",
        role=f"Role {CANARY}",
        evidence=f"Folder {CANARY}",
        given_on=timezone.localdate() - timedelta(days=9),
        withdrawn_on=timezone.localdate(),
    )
    return "quote", {"quote": f"Said by a {CANARY}", "consent": consent, "source": ""}


def speak_of(hidden: list[Page], tree: SiteTree) -> Page:
    """Publishes an article that links to every hidden page, with harmless words as link text."""
    links = "".join(f'<p><a linktype="page" id="{page.pk}">see here</a></p>' for page in hidden)
    body = [("paragraph", links), quote_of_somebody_who_withdrew()]
    return make.NewsPageFactory(parent=tree.news, title="Public article", body=body)


def edit_without_publishing(page: Any) -> None:
    """Leaves an unpublished change on a public page."""
    for field, value in words("change").items():
        setattr(page, field, value)
    page.body = [("paragraph", f"<p>Unpublished {CANARY}</p>")]
    page.save_revision()


@pytest.fixture
def hidden(db: None) -> list[Page]:
    tree = build_site("it", "sq")
    build_partnership()
    pages = hide(tree)
    public = speak_of(pages, tree)
    home_it = tree.home.get_translations().get(locale__language_code="it")
    news_it = translate(tree.news, "it", title="Notizie", slug="notizie")
    draft = public.copy_for_translation(home_it.locale)
    for field, value in words("draft-translation").items():
        setattr(draft, field, value)
    draft.save_revision()
    other = make.NewsPageFactory(parent=tree.news, title="Other public article")
    edit_without_publishing(other)
    alias = tree.partners.create_alias(
        parent=home_it, update_slug=f"{CANARY}-alias", update_locale=home_it.locale
    )
    Page.objects.filter(pk=alias.pk).update(title=f"Alias {CANARY}")
    assert news_it.live
    return [*pages, draft, alias]


def crawl(client: Client) -> Iterator[tuple[str, Any]]:
    """Yields each address and its answer, from all surfaces along all internal links."""
    seen, queue = set(SURFACES), list(SURFACES)
    while queue:
        path = queue.pop()
        response = client.get(path)
        yield path, response
        if response.streaming or "text/css" in response.headers.get("Content-Type", ""):
            continue
        found = _LINK.findall(response.content.decode())
        for link in [response.headers.get("Location", ""), *found]:
            target = urlsplit(link.replace("&amp;", "&"))
            local = target.netloc in {"", "testserver", "localhost"}
            address = target.path + (f"?{target.query}" if target.query else "")
            if local and address not in seen and not address.startswith(("/static/", "/admin/")):
                seen.add(address)
                queue.append(address)


def test_no_canary_in_any_byte_that_the_public_can_reach(
    client: Client, hidden: list[Page]
) -> None:
    leaks, answers = [], 0
    for path, response in crawl(client):
        answers += 1
        sent = b"".join(response) if response.streaming else response.content
        headers = str(response.headers).lower()
        if CANARY in sent.decode(errors="replace").lower() or CANARY in headers:
            leaks.append(path)
    assert leaks == []
    assert answers > len(SURFACES), "the crawler followed no link"


def test_hidden_pages_answer_nothing_under_their_own_addresses(
    client: Client, hidden: list[Page]
) -> None:
    for page in hidden:
        path = urlsplit(page.full_url or page.url_path.replace("/v2v/", "/en/")).path
        response = client.get(path)
        restricted = page.get_view_restrictions().exists()
        assert response.status_code in ({302, 200} if restricted else {404, 302}), path
        assert f"the {CANARY} of" not in response.content.decode().lower(), path


def test_public_pages_are_found_by_the_same_crawl(client: Client, hidden: list[Page]) -> None:
    reached = {path for path, response in crawl(client) if response.status_code == 200}
    assert {"/en/news/public-article/", "/fi/news/public-article/", "/it/notizie/"} <= reached
