"""The cache before this site: whatever editors do, the next answer of every process tells it."""

from typing import Any

import pytest
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from cms.bytecache.site import trusted_headers, with_stored_answers
from communication.syndication.content_version import current_version
from communication.syndication.models import ContentVersion
from communication.syndication.services.announcing import announce
from tests.factories import NewsPageFactory
from tests.sites import SiteTree
from v2v_snippets.publication.changes import recording_changes

from .origin import Asker

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESSES = ("/en/news/", "/en/news/article/", "/api/v1/news/", "/feeds/en/news.atom")


@pytest.fixture
def article(tree: SiteTree) -> Any:
    with recording_changes():
        return NewsPageFactory(parent=tree.news, slug="article", title="First title")


def bodies(processes: list[Asker]) -> list[bytes]:
    """Asks every process for every address, twice: the second time from what it has kept."""
    found = []
    for process in processes:
        for address in ADDRESSES:
            answers = [process.get(address) for _ in range(2)]
            kept = [answer for answer in answers if answer[0] == "200 OK"]
            assert [answer[2] for answer in answers] == [answers[0][2]] * 2
            if kept:
                assert answers[1][1]["cache-status"] == "V2V; hit"
            found.append(b"" if not kept else answers[1][2])
    return found


def titles(processes: list[Asker], title: str) -> int:
    """Counts the answers in which the title stands."""
    return sum(title.encode() in body for body in bodies(processes))


def test_an_edit_is_in_the_next_answer_of_every_process(
    article: Any, processes: list[Asker]
) -> None:
    assert titles(processes, "First title") == len(ADDRESSES) * 2

    article.title = "Second title"
    with recording_changes():
        article.save_revision().publish()

    assert titles(processes, "First title") == 0
    assert titles(processes, "Second title") == len(ADDRESSES) * 2


def test_what_is_not_committed_is_in_no_answer_and_is_not_kept(
    article: Any, processes: list[Asker]
) -> None:
    bodies(processes)

    with recording_changes():
        article.title = "Second title"
        article.save_revision().publish()
        transaction.set_rollback(True)

    assert titles(processes, "First title") == len(ADDRESSES) * 2


@pytest.mark.parametrize("how", ["unpublish", "delete", "restrict"])
def test_what_is_withdrawn_is_gone_at_once(article: Any, processes: list[Asker], how: str) -> None:
    bodies(processes)

    with recording_changes():
        if how == "restrict":
            PageViewRestriction.objects.create(page=article, restriction_type="login")
        else:
            getattr(article, how)()

    assert titles(processes, "First title") == 0


def test_a_counter_that_comes_again_after_a_restore_brings_nothing_back(
    tree: SiteTree, article: Any, processes: list[Asker]
) -> None:
    with recording_changes():
        article.title = "Lost title"
        article.save_revision().publish()
        tree.news.title = "Lost section"
        tree.news.save_revision().publish()
    lost = current_version().counter
    assert titles(processes, "Lost title") == len(ADDRESSES) * 2

    Page.objects.filter(pk=article.pk).update(title="First title")
    Page.objects.filter(pk=tree.news.pk).update(title="News")
    call_command("refresh_change_log", restart=True, verbosity=0)
    ContentVersion.objects.update(counter=lost)  # as many changes later
    announce()

    assert titles(processes, "Lost title") == titles(processes, "Lost section") == 0
    assert titles(processes, "First title") == len(ADDRESSES) * 2


def test_what_comes_from_the_cache_asks_django_s_connection_nothing(
    article: Any, processes: list[Asker]
) -> None:
    bodies(processes)

    with CaptureQueriesContext(connection) as queries:
        bodies(processes)

    assert queries.captured_queries == []


def test_signed_in_readers_and_keys_never_meet_the_cache(
    article: Any, processes: list[Asker]
) -> None:
    bodies(processes)

    for personal in ({"HTTP_COOKIE": "sessionid=x"}, {"HTTP_AUTHORIZATION": "Bearer v2v_x"}):
        for address in ADDRESSES:
            assert "cache-status" not in processes[0].get(address, **personal)[1]


def test_with_nothing_to_keep_django_answers_alone(settings: Any) -> None:
    settings.V2V_BYTE_CACHE_MEGABYTES = 0
    application = get_wsgi_application()

    assert with_stored_answers(application) is application


def test_headers_are_trusted_as_django_trusts_them(settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.USE_X_FORWARDED_HOST = settings.USE_X_FORWARDED_PORT = True

    assert trusted_headers() == [
        "HTTP_X_FORWARDED_PROTO",
        "HTTP_X_FORWARDED_HOST",
        "HTTP_X_FORWARDED_PORT",
    ]
