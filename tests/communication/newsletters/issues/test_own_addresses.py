"""A link to the site itself is followed before the issue is sent, as a reader would follow it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect

from communication.newsletters.services.checking import checklist
from tests.factories import DocumentFactory, NewsPageFactory
from tests.issues import event

Write = Callable[..., Any]
SITE = "http://localhost"


def blocking(issue: Any) -> list[str]:
    return [finding.message for finding in checklist(issue) if finding.is_blocking]


def linking(write: Write, *addresses: str) -> Any:
    """Writes an issue with typed links."""
    links = "".join(f'<a href="{address}">x</a>' for address in addresses)
    return write(title=f"Links: {len(addresses)}", body=[("text", f"<p>{links}</p>")])


@pytest.fixture
def visit(articles: Any) -> Any:
    """An article at an address that everybody can read."""
    return NewsPageFactory(parent=articles, title="A visit", slug="a-visit")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/en/news/a-visit/",
        "/en/news/a-visit/?from=mail#place",
        "/en/news/a-visit",
        "/news/a-visit/",
        "/it/news/a-visit/",
        "/old/",
        "/feeds/en/news.atom",
        "/en/subscriptions/",
    ],
)
def test_nothing_is_said_of_a_link_that_leads_somewhere(
    write: Write, visit: Any, path: str
) -> None:
    Redirect.objects.create(old_path="/old", redirect_page=visit)

    assert blocking(linking(write, SITE + path)) == []


@pytest.mark.parametrize("path", ["/en/nothing/", "/en/news/a-visit/x/", "/gone/", "/soon"])
def test_a_link_that_leads_nowhere_is_named(write: Write, visit: Any, path: str) -> None:
    Redirect.objects.create(old_path="/gone", redirect_link="/en/nothing/")
    address = f"{SITE}{path}"

    found = blocking(linking(write, address, f"{SITE}/en/news/a-visit/"))

    assert found == [f"There is nothing on the site at “{address}”."]


def test_a_link_to_a_draft_leads_nowhere_until_it_is_published(write: Write, articles: Any) -> None:
    draft = NewsPageFactory(parent=articles, slug="soon", draft=True)
    issue = write(body=[event(url=f"{SITE}/en/news/soon/")])
    assert blocking(issue) == [f"There is nothing on the site at “{SITE}/en/news/soon/”."]

    draft.save_revision().publish()

    assert blocking(issue) == []


def test_a_page_for_some_alone_is_there(write: Write, articles: Any) -> None:
    NewsPageFactory(parent=articles, slug="inside", restriction="login")

    assert blocking(linking(write, f"{SITE}/en/news/inside/")) == []


def test_a_redirect_to_itself_leads_nowhere(write: Write) -> None:
    Redirect.objects.create(old_path="/round", redirect_link="/round/")

    assert blocking(linking(write, f"{SITE}/round/")) == [
        f"There is nothing on the site at “{SITE}/round/”."
    ]


def test_a_document_is_there_once_a_public_page_names_it(write: Write, articles: Any) -> None:
    document = DocumentFactory()
    address = SITE + document.url
    issue = linking(write, address, f"{address}x")
    both = [f"There is nothing on the site at “{link}”." for link in (address, f"{address}x")]
    assert blocking(issue) == both

    text = f'<p><a linktype="document" id="{document.pk}">Programme</a></p>'
    NewsPageFactory(parent=articles, body=[("paragraph", text)])

    assert blocking(issue) == both[1:]


def test_nobody_is_asked_of_other_sites(write: Write) -> None:
    issue = linking(write, "https://school.example/en/nothing/", "https://localhost.example/")

    assert blocking(issue) == []


def test_a_site_that_does_not_know_its_own_name_can_be_checked(write: Write, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["v2v.example"]

    assert blocking(linking(write, f"{SITE}/en/nothing/")) == []


def test_an_address_is_followed_once_however_often_it_stands_there(
    write: Write, visit: Any
) -> None:
    costs = []
    for number in (1, 12):
        issue = linking(write, *[f"{SITE}/en/news/a-visit/"] * number)
        checklist(issue)
        with CaptureQueriesContext(connection) as captured:
            checklist(issue)
        costs.append(len(captured))

    assert costs[0] == costs[1]
