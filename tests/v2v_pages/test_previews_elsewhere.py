"""Editors open a draft on the site of a partner, with an address that opens that draft alone."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group
from django.core.checks import run_checks
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.factories import NewsPageFactory
from tests.sites import SiteTree, build_site

SCHOOL = "https://school.example/preview/?token={token}"


@pytest.fixture
def tree(db: None) -> SiteTree:
    return build_site()


@pytest.fixture
def draft(tree: SiteTree, settings: Any) -> Any:
    """A draft, on a site that knows two front ends."""
    settings.V2V_PREVIEW_FRONT_ENDS = {"School": SCHOOL, "Network": "https://n.example/#{token}"}
    return NewsPageFactory(parent=tree.news, title="Soon", draft=True)


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    """The browser of an editor."""
    user = get_user_model().objects.create_user("editor", "e@v2v.example", "password")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    return client


def opened(client: Client, page: Any, mode: str) -> Any:
    """Returns what a browser gets that opens a preview in a tab of its own."""
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    return client.get(address, {"mode": mode})


def in_panel(client: Client, page: Any, mode: str) -> str:
    """Returns what the panel beside the form shows."""
    request = RequestFactory().get("/admin/")
    request.META["HTTP_COOKIE"] = client.cookies.output(header="", sep=";").strip()
    answer = page.make_preview_request(request, mode, {"in_preview_panel": True})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_pages_have_a_preview_on_each_front_end(draft: Any) -> None:
    names = [name for name, _label in draft.preview_modes]

    assert names == ["", "front-end:School", "front-end:Network"]
    assert draft.default_preview_mode == ""


def test_a_site_without_front_ends_has_its_own_preview_alone(tree: SiteTree) -> None:
    assert [name for name, _label in tree.news.preview_modes] == [""]


def test_opening_one_leads_to_the_front_end_with_a_token_that_opens_the_draft(
    editor: Client, draft: Any
) -> None:
    answer = opened(editor, draft, "front-end:School")

    assert answer.status_code == 302
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    begin, _mark, token = answer["Location"].partition("token=")
    assert begin == SCHOOL.partition("token=")[0]
    shown = Client().get(f"/api/v1/preview/{token}/").json()
    assert shown["title"] == "Soon"
    assert shown["type"] == "news"


def test_the_panel_offers_a_link_since_it_cannot_frame_others(editor: Client, draft: Any) -> None:
    html = in_panel(editor, draft, "front-end:Network")

    assert 'href="https://n.example/#' in html
    assert 'rel="noopener noreferrer"' in html
    assert "Open the draft on Network" in html
    assert "<script" not in html.partition("<body")[2]


def test_what_was_never_saved_is_to_be_saved_first(editor: Client, draft: Any) -> None:
    draft.latest_revision = None

    html = in_panel(editor, draft, "front-end:School")

    assert "Save the draft first" in html
    assert "school.example" not in html


def test_nobody_gets_a_token_without_the_right_to_see_the_draft(draft: Any) -> None:
    request = RequestFactory().get("/admin/")
    request.user = AnonymousUser()

    answer = draft.make_preview_request(request, "front-end:School")

    assert "school.example" not in str(answer.headers) + answer.content.decode()


def test_the_own_preview_is_as_it_was(editor: Client, draft: Any) -> None:
    answer = opened(editor, draft, "")

    assert answer.status_code == 200
    assert "Soon" in answer.content.decode()


def test_a_front_end_that_there_is_no_more_shows_the_own_preview(
    editor: Client, draft: Any
) -> None:
    assert opened(editor, draft, "front-end:Other").status_code == 200


@pytest.mark.parametrize("address", ["https://school.example/", "javascript:{token}", "/{token}"])
def test_an_address_that_cannot_take_a_token_is_told_at_start(settings: Any, address: str) -> None:
    settings.V2V_PREVIEW_FRONT_ENDS = {"School": address}

    assert "v2v.E028" in {message.id for message in run_checks(tags=["v2v"])}
