"""What a public path is: the same as the site itself answers, and never more."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pydantic import TypeAdapter
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.api.schemas.resolve import ResolvedSchema
from tests.factories import NewsPageFactory, PartnerFactory, StandardPageFactory, TwinningFactory
from tests.sites import SiteTree, translate
from tests.texts import PARTNERSHIP

from .test_frame import assert_problem

HERE = "http://localhost"
RESOLVED: TypeAdapter[Any] = TypeAdapter(ResolvedSchema)

Ask = Callable[[str], dict[str, Any]]


@pytest.fixture
def ask(client: Client) -> Ask:
    """Asks what a path is."""

    def resolve(path: str) -> dict[str, Any]:
        answer = client.get("/api/v1/resolve/", {"path": path})
        assert answer.status_code == 200, answer.content
        found: dict[str, Any] = answer.json()
        RESOLVED.validate_python(found, extra="forbid")
        return found

    return resolve


@pytest.fixture
def article(tree: SiteTree) -> Any:
    """An English article, with an Italian version of another name."""
    translate(tree.news, "it", slug="notizie")
    article = NewsPageFactory(parent=tree.news, slug="kick-off", tags=["visits"])
    translate(article, "it", slug="avvio")
    return article


def test_a_page_is_an_item(ask: Ask, article: Any) -> None:
    assert ask("/en/news/kick-off/") == {
        "kind": "item",
        "path": "/en/news/kick-off/",
        "id": str(article.translation_key),
        "type": "news",
        "locale": {"requested": "en", "served": "en"},
        "url": f"{HERE}/en/news/kick-off/",
        "canonical_url": f"{HERE}/en/news/kick-off/",
        "route": "",
        "api_url": f"{HERE}/api/v1/content/{article.translation_key}/?locale=en",
    }


def test_an_untranslated_page_is_the_same_item_at_home_elsewhere(
    ask: Ask, client: Client, article: Any
) -> None:
    found = ask("/fi/news/kick-off/")

    assert found["locale"] == {"requested": "fi", "served": "en"}
    assert found["url"] == f"{HERE}/fi/news/kick-off/"
    assert found["canonical_url"] == f"{HERE}/en/news/kick-off/"
    item = client.get(found["api_url"].removeprefix(HERE)).json()
    assert (item["url"], item["canonical_url"]) == (found["url"], found["canonical_url"])


def test_a_path_of_another_language_leads_to_the_translation(ask: Ask, article: Any) -> None:
    assert ask("/it/news/kick-off/?page=2") == {
        "kind": "redirect",
        "path": "/it/news/kick-off/",
        "status": 302,
        "target": f"{HERE}/it/notizie/avvio/?page=2",
    }


@pytest.mark.parametrize(
    ("path", "status", "target"),
    [
        ("/", 302, "/en/"),
        ("/news/kick-off/", 302, "/en/news/kick-off/"),
        ("/en/news/kick-off", 301, "/en/news/kick-off/"),
        ("/en/old/", 301, "/en/news/kick-off/"),
        ("/en/elsewhere/", 302, "https://school.example/"),
    ],
)
def test_the_site_leads_on(ask: Ask, article: Any, path: str, status: int, target: str) -> None:
    Redirect.add_redirect("/en/old", redirect_to=article)
    Redirect.add_redirect(
        "/en/elsewhere", redirect_to="https://school.example/", is_permanent=False
    )

    found = ask(path)

    assert found["kind"] == "redirect"
    assert found["status"] == status
    assert found["target"] == (target if target.startswith("https") else HERE + target)


def test_what_lies_below_a_page_is_its_route(ask: Ask, tree: SiteTree, article: Any) -> None:
    TwinningFactory(number=3, european_school=PartnerFactory(short_name="SEDU"))

    found = {
        path: ask(path)
        for path in ("/fi/news/tag/visits/", "/en/twinnings/3/", "/sq/schools/sedu/")
    }

    assert [(item["kind"], item["type"], item["route"]) for item in found.values()] == [
        ("item", "section", "tag/visits/"),
        ("item", "section", "3/"),
        ("item", "section", "sedu/"),
    ]
    third = found["/sq/schools/sedu/"]
    assert third["id"] == str(tree.partners.translation_key)
    assert third["canonical_url"] == f"{HERE}/en/schools/sedu/"
    for path in ("/en/news/tag/other/", "/en/twinnings/4/", "/en/schools/nobody/"):
        assert ask(path)["kind"] == "unknown"


def test_an_absolute_address_of_the_site_is_as_good(ask: Ask, article: Any) -> None:
    for start in (HERE, "http://testserver", "HTTPS://TestServer"):
        assert ask(f"{start}/en/news/kick-off/?a=1#start")["id"] == str(article.translation_key)
    assert ask(HERE)["target"] == f"{HERE}/en/"
    assert ask("https://school.example/en/news/kick-off/")["kind"] == "unknown"
    assert ask("https://localhost@school.example/en/news/kick-off/")["kind"] == "unknown"


def test_a_path_may_be_percent_encoded_or_not(ask: Ask, tree: SiteTree) -> None:
    page = StandardPageFactory(parent=tree.home, slug="skola")

    for path in ("/en/skola/", "/en/%73kola/"):
        found = ask(path)
        assert found["id"] == str(page.translation_key)
        assert found["url"] == f"{HERE}/en/skola/"
        assert found["path"] == "/en/skola/"


def test_a_withdrawn_page_is_gone(ask: Ask, tree: SiteTree) -> None:
    parent = StandardPageFactory(parent=tree.home, slug="section")
    below = StandardPageFactory(parent=parent, slug="below")
    assert ask("/fi/section/below/")["kind"] == "item"
    parent.unpublish()
    StandardPageFactory(parent=tree.home, slug="late", expired=True)

    for path in ("/en/section/", "/fi/section/below/", "/en/late/", "/it/late/"):
        assert ask(path) == {"kind": "gone", "path": path}
    below.delete()
    assert ask("/en/section/below/")["kind"] == "unknown"


def hidden_pages(tree: SiteTree) -> Iterator[Page]:
    """Yields pages that nobody without rights could ever read."""
    draft = StandardPageFactory(parent=tree.home, slug="draft", draft=True)
    closed = StandardPageFactory(parent=tree.home, slug="closed", restriction="login")
    yield draft
    yield closed
    yield StandardPageFactory(parent=tree.home, slug="scheduled", scheduled=True)
    yield StandardPageFactory(parent=tree.home, slug="password", restriction="password")
    yield StandardPageFactory(parent=draft, slug="below-draft")
    yield StandardPageFactory(parent=closed, slug="below-closed")
    withdrawn = StandardPageFactory(parent=closed, slug="withdrawn-below-closed")
    withdrawn.unpublish()
    yield withdrawn


def test_what_was_never_public_is_unknown_like_what_never_was(ask: Ask, tree: SiteTree) -> None:
    for page in hidden_pages(tree):
        path = page.url_path.replace("/v2v/", "/en/", 1)

        assert ask(path) == {"kind": "unknown", "path": path}
        for code in ("it", "fi"):
            assert ask(path.replace("/en/", f"/{code}/"))["kind"] == "unknown"


@pytest.mark.parametrize(
    "path",
    [
        "//school.example/",
        "//en/",
        "/en//news/",
        "/en/../admin/",
        "/en/%00/",
        "/en/%2500/",
        "/en/%ff/",
        "/en/%ed%a0%80/",
        "/en/\\school.example/",
        "/en/" + "news/" * 180,
        "/tlh/news/",
        "/api/v1/",
        "/admin/",
        "/feeds/en/news.atom",
        "/sitemap.xml",
        "http://[/",
        "https://",
        "/en/news/page/99999999999999999999/",
        "/en/twinnings/99999999999999999999/",
    ],
)
def test_paths_that_lead_nowhere_are_unknown(ask: Ask, tree: SiteTree, path: str) -> None:
    found = ask(path)

    assert found["kind"] in {"unknown", "redirect"}
    if found["kind"] == "redirect":
        assert found["target"] == f"{HERE}/en{path}"


@pytest.mark.parametrize(
    "query",
    ["", "path=", "path=en/news/", "path=ftp://a/", "path=/%00", "path=%ff", "path=%ed%a0%80",
     "path=/" + "x" * 65536, "path=/" + "x" * 1000, "path=/&path=/", "path=/&locale=en",
     "path=javascript:alert(1)"],
)  # fmt: skip
@pytest.mark.django_db
def test_what_can_be_no_path_is_refused(client: Client, query: str) -> None:
    assert_problem(client.get(f"/api/v1/resolve/?{query}"), 400)


def everything(tree: SiteTree) -> list[str]:
    """Returns the paths of a whole tree, in the languages it exists in, without their prefix."""
    TwinningFactory(number=3, european_school=PartnerFactory(short_name="SEDU"))
    translate(tree.news, "it", slug="notizie")
    article = NewsPageFactory(parent=tree.news, slug="kick-off", tags=["visits"])
    translate(article, "it", slug="avvio")
    draft = article.copy_for_translation(translate(tree.news, "sq").locale)
    draft.slug = "nisja"
    draft.save_revision()
    NewsPageFactory(parent=tree.news, slug="draft", draft=True)
    NewsPageFactory(parent=tree.news, slug="expired", expired=True)
    albanian = tree.home.get_translations().get(locale__language_code="sq")
    StandardPageFactory(parent=albanian, slug="shkolla")
    Redirect.add_redirect("/en/old", redirect_to=article)
    records = ["twinnings/3/", "twinnings/9/", "schools/sedu/", "news/tag/visits/"]
    pages = ["", "news/", "notizie/", "twinnings/", "schools/", "shkolla/", "old/", "nothing/"]
    articles = ["kick-off/", "avvio/", "nisja/", "draft/", "expired/", "page/2/"]
    lists = [f"{start}/{article}" for start in ("news", "notizie") for article in articles]
    return [*pages, *records, *lists, "news/kick-off", "nothing"]


@pytest.mark.parametrize(
    "languages", [("it", "fi"), pytest.param(PARTNERSHIP, marks=pytest.mark.slow)], ids=len
)
def test_it_agrees_with_what_the_site_answers(
    ask: Ask, client: Client, tree: SiteTree, languages: Iterable[str], kept_facts: None
) -> None:
    different = {}
    paths = everything(tree)
    for code in languages:
        for below in paths:
            path = f"/{code}/{below}"
            page, found = client.get(path), ask(path)
            expected: tuple[str, int | None, str | None]
            if page.status_code in {301, 302}:
                expected = ("redirect", page.status_code, HERE + page["Location"])
            else:
                kinds = {200: {"item"}, 404: {"gone", "unknown"}}[page.status_code]
                expected = (found["kind"] if found["kind"] in kinds else str(kinds), None, None)
            told = (found["kind"], found.get("status"), found.get("target"))
            if told != expected:
                different[path] = (told, expected)
            if found["kind"] == "item":
                assert page["Content-Language"].split(", ")[-1] == found["locale"]["served"]

    assert different == {}


def test_it_sets_no_language_and_no_cookie_for_others(client: Client, article: Any) -> None:
    answer = client.get("/api/v1/resolve/?path=/it/notizie/", headers={"Accept-Language": "sq"})

    assert answer.json()["locale"]["requested"] == "it"
    assert "Set-Cookie" not in answer
    assert "Vary" not in answer
    assert client.get("/api/v1/nowhere/")["Content-Language"] == "en"


def test_a_path_costs_the_same_queries_whatever_the_site_holds(
    client: Client, tree: SiteTree, article: Any
) -> None:
    def cost(path: str) -> int:
        address = f"/api/v1/resolve/?path={quote(path)}"
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    paths = ["/en/news/kick-off/", "/it/news/kick-off/", "/en/", "/en/nothing/"]
    before = [cost(path) for path in paths]
    for number in range(10):
        NewsPageFactory(parent=tree.news, slug=f"other-{number}")

    assert [cost(path) for path in paths] == before
    assert max(before) <= 9, before
