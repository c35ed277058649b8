"""Editors get in with a browser as it is, without any other host being asked."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from playwright.sync_api import Page, expect


@pytest.mark.browser
def test_an_editor_signs_in_and_sees_the_pages(page: Page) -> None:
    editor = get_user_model().objects.create_user("editor", password="a very long password")
    editor.groups.add(Group.objects.get(name="Partner editor"))

    page.goto("/admin/")
    page.get_by_label("Username").fill("editor")
    page.locator("[name=password]").fill("a very long password")
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("button", name="Pages", exact=True)).to_be_visible()
