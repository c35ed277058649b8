"""The initial data of the tests equal those of a database that was really migrated."""

from collections import Counter
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from pytest_django import Settings
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page, Site, Workflow
from wagtail.search.backends import get_search_backend

from communication.delivery.services.installation import sending_is_allowed
from tests import bootstrap
from tests.bootstrap import create_initial_data


def row_counts() -> dict[str, int]:
    """Returns the number of rows of every table that has some."""
    counts = Counter(
        {
            model._meta.label: model._base_manager.count()
            for model in apps.get_models(include_auto_created=True)
            if not model._meta.proxy
        }
    )
    return dict(+counts)


def initial_data() -> dict[str, Any]:
    """Returns what the migrations leave behind, without keys, which a new run numbers anew."""
    pages = Page.objects.order_by("path").values_list(
        "path", "depth", "numchild", "title", "draft_title", "slug", "url_path", "live",
        "content_type__model", "locale__language_code", "latest_revision", "first_published_at",
    )  # fmt: skip
    return {
        "groups": set(Group.objects.values_list("name", "permissions__codename")),
        "page rights": set(
            GroupPagePermission.objects.values_list(
                "group__name", "page__path", "permission__codename"
            )
        ),
        "collection rights": set(
            GroupCollectionPermission.objects.values_list(
                "group__name", "collection__path", "permission__codename"
            )
        ),
        "pages": list(pages),
        "permissions": set(Permission.objects.values_list("content_type__model", "codename")),
        "rows": row_counts(),
        "sites": list(Site.objects.values_list("hostname", "port", "root_page__path")),
        "workflows": list(
            Workflow.objects.values_list(
                "name",
                "workflow_tasks__task__name",
                "workflow_tasks__sort_order",
                "workflow_tasks__task__content_type__model",
                "workflow_tasks__task__groupapprovaltask__groups__name",
                "workflow_pages__page__path",
            )
        ),
    }


@pytest.mark.migrations
@pytest.mark.django_db(transaction=True)
def test_initial_data_equal_those_of_the_real_migrations(monkeypatch: pytest.MonkeyPatch) -> None:
    migrated = initial_data()

    monkeypatch.setattr(bootstrap, "KEPT", ())
    call_command("flush", interactive=False, verbosity=0)

    assert initial_data() == migrated


@pytest.mark.django_db
def test_creating_the_initial_data_again_changes_nothing() -> None:
    before = initial_data()

    create_initial_data()

    assert initial_data() == before


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_the_initial_data_to_the_next() -> None:
    call_command("flush", interactive=False, verbosity=0)

    assert Page.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_test_with_an_installation_of_its_own_leaves_a_database_that_sends(
    settings: Settings,
) -> None:
    settings.V2V_INSTALLATION_ID = "of this test"
    call_command("flush", interactive=False, verbosity=0)
    settings.V2V_INSTALLATION_ID = ""

    assert sending_is_allowed()


@pytest.mark.django_db
def test_the_admin_search_finds_a_page_in_a_database_without_migrations() -> None:
    home = Page.objects.get(depth=2)
    page = home.add_child(instance=Page(title="Erasmus mobility", slug="mobility"))
    get_search_backend().add(page)

    found = Page.objects.search("erasmus")

    assert [result.pk for result in found] == [page.pk]
