"""A database becomes a site: languages, home, roles, review."""

from collections import Counter
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from pytest_django.fixtures import DjangoAssertNumQueries
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
)

from cms.services.bootstrap import bootstrap_site
from cms.services.review import REVIEW
from cms.services.roles import COMMUNICATION_TEAM, PARTNER_EDITOR
from v2v_pages.models import HomePage, StandardPage

pytestmark = pytest.mark.django_db


def all_rows() -> Counter[str]:
    """Counts the rows of every table."""
    return Counter(
        {
            model._meta.label: model._base_manager.count()
            for model in apps.get_models(include_auto_created=True)
            if not model._meta.proxy
        }
    )


def page_rights(group: Group, page: Page) -> set[str]:
    """The rights of a group on exactly this page, such as "publish_page"."""
    rows = GroupPagePermission.objects.filter(group=group, page=page)
    return set(rows.values_list("permission__codename", flat=True))


def test_every_language_of_the_settings_has_its_locale() -> None:
    bootstrap_site()

    codes = set(Locale.objects.values_list("language_code", flat=True))
    assert codes == {code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES}


def test_the_site_starts_at_the_english_home_page_and_the_welcome_page_is_gone() -> None:
    site = bootstrap_site(hostname="v2v.example.org", port=443).site

    assert site.root_url == "https://v2v.example.org"
    assert isinstance(site.root_page.specific, HomePage)
    assert site.root_page.locale.language_code == "en"
    assert site.root_page.live_revision is not None
    assert [page.specific_class for page in Page.objects.filter(depth=2)] == [HomePage]


def test_a_second_run_changes_nothing() -> None:
    bootstrap_site(hostname="v2v.example.org", port=443)
    before = all_rows()

    bootstrap_site(hostname="v2v.example.org", port=443)

    assert all_rows() == before


def test_a_run_without_an_address_keeps_the_one_there_is() -> None:
    bootstrap_site(hostname="v2v.example.org", port=443)

    assert bootstrap_site().site.root_url == "https://v2v.example.org"


def test_the_site_of_somebody_who_has_started_already_keeps_its_home_page() -> None:
    bootstrap_site()
    root = Page.get_first_root_node()
    other = root.add_child(
        instance=HomePage(title="Other", headline="Other", summary="Other", slug="other")
    )
    Site.objects.update(root_page=other)

    assert bootstrap_site().site.root_page.pk == other.pk


def test_the_partner_editor_writes_but_does_not_publish() -> None:
    done = bootstrap_site()

    assert page_rights(done.partner_editors, done.home) == {"add_page", "change_page"}


def test_the_communication_team_publishes_and_locks() -> None:
    done = bootstrap_site()

    assert page_rights(done.communication_team, done.home) == {
        "add_page",
        "change_page",
        "lock_page",
        "publish_page",
        "unlock_page",
    }


def test_a_home_page_in_a_new_language_is_open_to_both_roles_at_once() -> None:
    done = bootstrap_site()

    finnish = done.home.copy_for_translation(Locale.objects.get(language_code="fi"))

    assert page_rights(done.partner_editors, finnish) == {"add_page", "change_page"}
    assert "publish_page" in page_rights(done.communication_team, finnish)


def test_rights_changed_by_hand_are_reset() -> None:
    done = bootstrap_site()
    before = set(done.partner_editors.permissions.values_list("codename", flat=True))
    done.partner_editors.permissions.clear()
    GroupPagePermission.objects.create(
        group=done.partner_editors, page=done.home, permission_type="publish"
    )

    bootstrap_site()

    assert set(done.partner_editors.permissions.values_list("codename", flat=True)) == before
    assert page_rights(done.partner_editors, done.home) == {"add_page", "change_page"}


def test_the_roles_choose_and_add_media_by_rights_on_the_stock_models() -> None:
    done = bootstrap_site()

    def rights(group: Group) -> set[tuple[str, str]]:
        return set(
            GroupCollectionPermission.objects.filter(group=group).values_list(
                "permission__content_type__app_label", "permission__codename"
            )
        )

    assert rights(done.partner_editors) == {
        ("wagtailimages", "add_image"),
        ("wagtailimages", "choose_image"),
        ("wagtaildocs", "add_document"),
        ("wagtaildocs", "choose_document"),
    }
    assert rights(done.communication_team) > rights(done.partner_editors)


def test_the_whole_tree_is_reviewed_by_the_communication_team_alone() -> None:
    done = bootstrap_site()

    workflow = done.home.get_workflow()
    tasks = [task.specific for task in workflow.tasks]
    assert workflow.name == REVIEW
    assert [set(task.groups.all()) for task in tasks] == [{done.communication_team}]
    assert list(Workflow.objects.all()) == [workflow]


def test_stock_groups_with_members_stay_and_empty_ones_go() -> None:
    member = get_user_model().objects.create_user("somebody")
    member.groups.add(Group.objects.get(name="Editors"))

    bootstrap_site()

    names = set(Group.objects.values_list("name", flat=True))
    assert names == {"Editors", COMMUNICATION_TEAM, PARTNER_EDITOR}


def test_a_group_that_bears_a_stock_name_later_is_left_alone() -> None:
    bootstrap_site()
    Group.objects.create(name="Editors")

    bootstrap_site()

    assert Group.objects.filter(name="Editors").exists()


def test_a_welcome_page_that_somebody_built_on_stays() -> None:
    welcome = Page.objects.get(depth=2)
    welcome.add_child(instance=StandardPage(title="Ours", slug="ours", summary="Ours"))

    bootstrap_site()

    assert Page.objects.filter(pk=welcome.pk).exists()


def test_the_command_says_where_the_site_is() -> None:
    out = StringIO()

    call_command("bootstrap_site", "--hostname=v2v.example.org", "--port=443", stdout=out)

    assert out.getvalue() == "The site https://v2v.example.org is set up.\n"


def test_a_repeated_bootstrap_takes_few_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    bootstrap_site()

    with django_assert_max_num_queries(60):
        bootstrap_site()
