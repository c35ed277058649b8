"""Nothing that is not public stands in any byte of any feed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Locale

from tests.factories import (
    DocumentFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    PersonConsentFactory,
    TwinningStoryPageFactory,
)
from tests.sites import SiteTree, translate

pytestmark = [pytest.mark.crawl, pytest.mark.django_db, pytest.mark.usefixtures("kept_facts")]


def canary(parent: Any, name: str, factory: Any = NewsPageFactory, **fields: Any) -> Any:
    """A page that says "canary" wherever it can."""
    return factory(
        parent=parent,
        title=f"Canary {name}",
        slug=f"canary-{name}",
        summary="Canary in short.",
        tags=["Canary"] if factory is NewsPageFactory else (),
        body=[("paragraph", f"<p>Canary {name}</p>")],
        **fields,
    )


def hide_canaries(site: SiteTree) -> list[int]:
    """Everything that nobody may see; returns the keys of the pages."""
    moment = timezone.now()
    pages = [
        canary(site.news, "draft", draft=True),
        canary(site.news, "scheduled", scheduled=True),
        canary(site.news, "expired", expired=True),
        canary(site.news, "expires-now", expire_at=moment - timedelta(seconds=1)),
        canary(site.news, "login", restriction="login"),
        canary(site.news, "password", restriction="password"),
        canary(site.news, "groups", restriction="groups"),
        canary(site.twinnings, "story", TwinningStoryPageFactory, draft=True),
    ]
    drafted = NewsIndexPageFactory(parent=site.home, slug="drafted", title="Canary list")
    pages.append(canary(drafted, "under-a-draft"))
    drafted.unpublish()
    closed = NewsIndexPageFactory(parent=site.home, slug="closed", restriction="login")
    pages.append(canary(closed, "below-a-restriction"))
    return [page.pk for page in pages]


def publish_with_hidden_versions(site: SiteTree, hidden: list[int]) -> Any:
    """A public article whose translation, new version, alias and links are not public."""
    links = "".join(f'<p>See <a linktype="page" id="{pk}">there</a></p>' for pk in hidden)
    collection = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    file = DocumentFactory(collection=collection, title="Canary file", file__filename="canary.txt")
    file_link = f'<p><a linktype="document" id="{file.pk}">file</a></p>'
    ended = PersonConsentFactory(ended=True, person_name="Canary Person")
    quote = {"quote": "Canary quote", "consent": ended, "source": ""}
    page = NewsPageFactory(
        parent=site.news,
        title="Public",
        body=[
            ("paragraph", links + file_link),
            ("documents", {"heading": "Files", "documents": [file]}),
            ("quote", quote),
        ],
        published_on=date(2021, 3, 1),
    )
    page.title = "Canary new version"
    page.save_revision()
    translate(site.news, "it")
    bozza = page.copy_for_translation(Locale.objects.get(language_code="it"))
    bozza.title = "Canary draft translation"
    bozza.save_revision()
    page.create_alias(parent=page.get_parent(), update_slug="canary-alias")
    page.copy_for_translation(Locale.objects.get(language_code="fi"), copy_parents=True, alias=True)
    return page


def test_no_feed_tells_what_is_not_public(site: SiteTree) -> None:
    publish_with_hidden_versions(site, hide_canaries(site))
    answers = {
        name: Client().get(f"/feeds/{name}")
        for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES
        for kind in ("news", "stories", "all", "news/tag/canary")
        # another language changes nothing of what a format writes
        for extension in (("atom", "rss", "json") if code == "en" else ("json",))
        for name in [f"{code}/{kind}.{extension}"]
    }

    for name, answer in answers.items():
        told = answer.content.decode().lower() + str(answer.headers).lower()
        assert "canary" not in told, name
        assert answer.status_code == (404 if "/tag/" in name else 200), name
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        items = answers[f"{code}/news.json"].json()["items"]
        assert [item["title"] for item in items] == ["Public"]
        assert items[0]["_v2v"]["alternates"] == []
