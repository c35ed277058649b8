"""The screens that editors work on: create, edit, submit, publish, and every chooser."""

from collections.abc import Iterator
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from cms.demo.pages import find_page
from cms.models import CmsDocument, CmsImage, User
from cms.services.roles import COMMUNICATION_TEAM, PARTNER_EDITOR
from tests.cms.editing.forms import news_form
from tests.cms.editing.people import somebody_of
from tests.factories import ImageFactory
from v2v_pages.models import NewsPage
from v2v_snippets.models import GlossaryConcept, Partner, PersonConsent


def reads_in(language: str, role: str) -> Client:
    """Returns the browser of somebody of a role who has chosen a language for the admin."""
    user: User = somebody_of(role)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    client = Client()
    client.force_login(user)
    return client


def screens(language: str) -> Iterator[tuple[str, str]]:
    """Yields what editors see in a language on their way from an idea to a published page."""
    editor, team = reads_in(language, PARTNER_EDITOR), reads_in(language, COMMUNICATION_TEAM)
    yield from _writing(editor)
    yield from _submitting(editor)
    yield from _publishing(team)
    yield from _choosing(editor)
    yield from _records(team)


def _read(client: Client, name: str, *args: Any, **asked: Any) -> tuple[str, str]:
    response = client.get(reverse(name, args=args), asked)
    assert response.status_code == 200, (name, response.status_code)
    return f"{name} {args or ''}", response.content.decode()


def _sent(client: Client, name: str, *args: Any, **form: Any) -> tuple[str, str]:
    response = client.post(reverse(name, args=args), form, follow=True)
    assert response.status_code == 200, (name, response.status_code)
    return f"{name} sent", response.content.decode()


def _writing(editor: Client) -> Iterator[tuple[str, str]]:
    news = find_page("news")
    yield _read(editor, "wagtailadmin_home")
    yield _read(editor, "wagtailadmin_explore", news.pk)
    yield _read(editor, "wagtailadmin_pages:add_subpage", news.get_parent().pk)
    new = ("v2v_pages", "newspage", news.pk)
    yield _read(editor, "wagtailadmin_pages:add", *new)
    yield _sent(editor, "wagtailadmin_pages:add", *new, **(news_form("Wrong") | {"title": ""}))
    yield _sent(editor, "wagtailadmin_pages:add", *new, **news_form("An idea"))


def _submitting(editor: Client) -> Iterator[tuple[str, str]]:
    idea = NewsPage.objects.get(title="An idea")
    submit = news_form("An idea") | {"action-submit": "on"}
    yield _sent(editor, "wagtailadmin_pages:edit", idea.pk, **submit)
    yield _read(editor, "wagtailadmin_pages:edit", idea.pk)
    yield _read(editor, "wagtailadmin_pages:history", idea.pk)


def _publishing(team: Client) -> Iterator[tuple[str, str]]:
    idea = NewsPage.objects.get(title="An idea")
    task = idea.current_workflow_task_state
    yield _read(team, "wagtailadmin_home")
    yield _read(team, "wagtailadmin_pages:edit", idea.pk)
    for action in ("approve", "reject"):
        yield _read(team, "wagtailadmin_pages:workflow_action", idea.pk, action, task.pk)
    yield _sent(team, "wagtailadmin_pages:workflow_action", idea.pk, "approve", task.pk)
    live = news_form("An idea") | {"action-publish": "on"}
    yield _sent(team, "wagtailadmin_pages:edit", idea.pk, **live)
    for view in ("unpublish", "delete", "copy", "move", "usage"):
        yield _read(team, f"wagtailadmin_pages:{view}", idea.pk)
    yield _sent(team, "wagtailadmin_pages:unpublish", idea.pk)


def _choosing(editor: Client) -> Iterator[tuple[str, str]]:
    ImageFactory()
    for view in ("choose_page", "choose_page_external_link", "choose_page_email_link"):
        yield _read(editor, f"wagtailadmin_{view}")
    yield _read(editor, "wagtailadmin_choose_page_anchor_link")
    yield _read(editor, "wagtailadmin_choose_page_search", q="kick")
    yield _read(editor, "wagtailimages_chooser:choose")
    yield _read(editor, "wagtailimages_chooser:choose_results", q="nothing like it")
    yield _read(editor, "wagtaildocs_chooser:choose")
    models: tuple[Any, ...] = (Partner, PersonConsent, GlossaryConcept)
    for model in models:
        chooser = model.snippet_viewset.chooser_viewset
        yield _read(editor, chooser.get_url_name("choose"))


def _records(team: Client) -> Iterator[tuple[str, str]]:
    for index, media in (("wagtailimages", CmsImage), ("wagtaildocs", CmsDocument)):
        yield _read(team, f"{index}:index")
        yield _read(team, f"{index}:add_multiple")
        for item in media.objects.all()[:1]:
            yield _read(team, f"{index}:edit", item.pk)
    models: tuple[Any, ...] = (Partner, GlossaryConcept)
    for model in models:
        views = model.snippet_viewset
        yield _read(team, views.get_url_name("list"))
        yield _read(team, views.get_url_name("add"))
        yield _read(team, views.get_url_name("edit"), model.objects.first().pk)
    about = find_page("about", "sq")
    yield _read(team, "wagtailadmin_pages:edit", about.pk)
    yield _read(team, "wagtail_localize:submit_page_translation", find_page("about").pk)
    yield _read(team, "wagtailadmin_account")
