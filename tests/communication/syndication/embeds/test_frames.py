"""Pages for frames: what they hold, in which language, and that they can do nothing."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.api.festival.models import BulletinPage
from tests.communication.syndication.embeds.reading import TITLES, frame, item_path, shown
from tests.communication.syndication.rich_articles import publish_rich_articles
from tests.events import EventIndexPageFactory, EventPageFactory
from tests.factories import (
    NewsPageFactory,
    TwinningFactory,
    TwinningStoryPageFactory,
)
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory
from tests.sites import SiteTree, translate
from v2v_snippets.enums import EventStatus, Licence

pytestmark = pytest.mark.django_db


def test_a_list_shows_the_five_newest_unless_asked_for_three_to_ten(site: SiteTree) -> None:
    for day in range(1, 13):
        NewsPageFactory(parent=site.news, title=f"No {day}", published_on=date(2021, 3, day))

    assert shown("en/news/") == ["No 12", "No 11", "No 10", "No 9", "No 8"]
    assert len(shown("en/news/newest/3/")) == 3
    assert len(shown("en/news/newest/10/")) == 10
    for number in ("0", "2", "11", "05", "x"):
        assert Client().get(f"/embed/en/news/newest/{number}/").status_code == 404


def test_a_list_shows_a_part(site: SiteTree) -> None:
    pair = TwinningFactory(number=2)
    TwinningStoryPageFactory(parent=site.twinnings, title="Story", twinning=pair)
    NewsPageFactory(parent=site.news, title="Theirs", twinnings=[pair], tags=["visits"])
    NewsPageFactory(parent=site.news, title="Not theirs")

    assert shown("en/all/twinning/2/") == ["Theirs", "Story"]
    assert shown("en/news/twinning/2/newest/3/") == ["Theirs"]
    assert shown("en/news/tag/visits/") == ["Theirs"]
    assert f"Twinning 2: {pair.name}" in frame("en/all/twinning/2/")


def test_a_list_speaks_its_readers_language_around_texts_in_theirs(site: SiteTree) -> None:
    translate(site.news, "it")
    page = NewsPageFactory(parent=site.news, title="Kick-off", published_on=date(2021, 3, 29))
    translate(page, "it", title="Avvio", summary="In breve")
    english = NewsPageFactory(parent=site.news, title="English", published_on=date(2021, 3, 1))

    html = frame("it/news/")

    assert '<html lang="it">' in html
    assert "29 marzo 2021" in html
    assert re.search(r"<h2>\s*<a [^>]*>Avvio</a>", html)
    assert re.search(r'<h2 lang="en">\s*<a [^>]*>English</a>', html)
    assert f'href="http://localhost/it/news/{english.slug}/"' in html
    assert '<i lang="en">English</i>' in html
    assert 'href="http://localhost/it/" target="_blank"' in html
    assert "Licenza:" in html


def test_a_list_carries_licences_funding_and_footnotes_once(site: SiteTree) -> None:
    NewsPageFactory.create_batch(2, parent=site.news)
    NewsPageFactory(parent=site.news, licence=Licence.CC_BY_SA)

    for html in (frame("fi/news/"), frame("fi/stories/")):
        foot = html.partition("<footer>")[2]
        assert foot.count("Funded by the European Union.") == 1
        assert foot.count('lang="en">* This designation is without prejudice.') == 1
    foot = frame("fi/news/").partition("<footer>")[2]
    assert foot.count("https://creativecommons.org/licenses/by/4.0/") == 1
    assert foot.count("https://creativecommons.org/licenses/by-sa/4.0/") == 1


def test_an_empty_list_says_so(site: SiteTree) -> None:
    assert "There is nothing here yet." in frame("en/news/")


def test_events_begin_with_the_next_one_and_say_when_and_whether(site: SiteTree) -> None:
    events, day = EventIndexPageFactory(parent=site.home), timezone.localdate()
    for title, days in {"Past": -40, "Long past": -400, "Next": 3, "Later": 30}.items():
        EventPageFactory(
            parent=events,
            title=title,
            starts_on=day + timedelta(days=days),
            published_on=day - timedelta(days=days),
            status=EventStatus.CANCELLED if title == "Later" else EventStatus.PLANNED,
        )

    with time_machine.travel(timezone.now(), tick=False):
        html = frame("en/events/")

    assert TITLES.findall(html) == ["Next", "Later", "Past", "Long past"]
    assert "Cancelled: this event does not take place." in html
    assert str((day + timedelta(days=3)).year) in html


def test_terms_are_a_list(site: SiteTree) -> None:
    GlossaryIndexPageFactory(parent=site.home)
    school = ConceptFactory(
        terms={"en": "school", "sq": "shkollë"}, definitions={"en": "Where people learn."}
    )

    html = frame("sq/terms/")

    assert shown("sq/terms/") == ["shkollë"]
    assert f'href="http://localhost/sq/glossary/{school.identifier}/"' in html
    assert '<p lang="en">Where people learn.</p>' in html


def test_pages_of_a_host_sites_own_type_are_a_list_and_can_be_framed(site: SiteTree) -> None:
    page = site.home.add_child(instance=BulletinPage(title="Bulletin", slug="bulletin", live=False))
    page.save_revision().publish()

    assert shown("it/bulletins/") == ["Bulletin"]
    assert "What is in it" in frame(item_path(page))
    assert Client().get("/embed/it/bulletins/twinning/1/").status_code == 404


def test_any_site_may_frame_it_and_it_can_do_nothing(site: SiteTree) -> None:
    page = NewsPageFactory(parent=site.news)
    TwinningFactory(number=1)
    client = Client()

    for path in ("en/news/", item_path(page), "en/weather/", "en/news/?n=3"):
        response = client.get(f"/embed/{path}")
        policy = response["Content-Security-Policy"]
        assert "X-Frame-Options" not in response
        assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self';")
        assert policy.endswith("frame-ancestors *")
        assert "script-src" not in policy
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert not response.cookies
        assert "Vary" not in response or response["Vary"] == "Accept-Encoding"
    for path in (f"/en/news/{page.slug}/", "/feeds/en/news.rss", "/oembed/", "/embed.js"):
        response = client.get(path)
        assert response["X-Frame-Options"] in {"DENY", "SAMEORIGIN"}
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_a_frame_is_tiny_runs_nothing_and_opens_links_beside_itself(site: SiteTree) -> None:
    attack = '<script>alert(1)</script>"><img src=x onerror=x()>'
    NewsPageFactory(parent=site.news, title=attack, summary=attack, slug="attack")
    NewsPageFactory.create_batch(9, parent=site.news)

    html = frame("en/news/newest/10/")

    assert len(html.encode()) < 12_000
    assert "<script" not in html
    assert "<img" not in html
    assert " style=" not in html
    links = re.findall(r"<a [^>]*>", html)
    assert links
    assert all('target="_blank" rel="noopener"' in link for link in links)
    assert '<meta name="robots" content="noindex">' in html


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES])
def test_frames_speak_every_language_of_the_site(site: SiteTree, code: str) -> None:
    NewsPageFactory(parent=site.news, title="Kick-off")

    response = Client().get(f"/embed/{code}/news/")

    assert f'<html lang="{code}">' in response.content.decode()
    assert response["Content-Language"] == code
    assert shown(f"{code}/news/") == ["Kick-off"]


def test_caches_keep_a_frame_no_longer_than_it_holds(site: SiteTree) -> None:
    end = timezone.now() + timedelta(minutes=10)
    page = NewsPageFactory(parent=site.news, title="Short-lived", expire_at=end)
    paths = ["/embed/en/news/", f"/embed/{item_path(page)}", "/embed/en/news.json"]

    with time_machine.travel(end - timedelta(seconds=20), tick=False):
        before = [Client().get(path) for path in paths]
    with time_machine.travel(end, tick=False):
        after = [Client().get(path) for path in paths]

    assert {each["Cache-Control"] for each in before} == {"public, max-age=20"}
    assert all(b"Short-lived" in each.content for each in before)
    assert all(b"Short-lived" not in each.content for each in after)
    again = Client().get(paths[0], headers={"if-none-match": after[0]["ETag"]})
    assert (again.status_code, again.content) == (304, b"") or end > timezone.now()


def queries_of(path: str) -> int:
    """How many queries an address costs once the versions of its pictures are made."""
    Client().get(path)
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(path).status_code == 200
    return len(queries)


def test_a_list_costs_the_same_queries_however_many_items_it_has(site: SiteTree) -> None:
    TwinningFactory(number=1)
    GlossaryIndexPageFactory(parent=site.home)
    paths = [
        "/embed/fi/news/newest/10/",
        "/embed/fi/news.json",
        "/embed/en/all/newest/10/",
        "/embed/en/all/twinning/1.json",
        "/embed/en/terms/newest/10/",
    ]
    publish_rich_articles(site, 1)
    ConceptFactory()
    for_one = [queries_of(path) for path in paths]
    publish_rich_articles(site, 3)
    ConceptFactory.create_batch(3)
    for_many = [queries_of(path) for path in paths]

    assert for_many == for_one
    assert max(for_one) <= 22
