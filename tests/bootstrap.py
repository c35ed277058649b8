"""What Wagtail's own data migrations leave in a new database, without running two hundred of them.

The tests make their tables straight from the models. ``tests/project/test_bootstrap.py`` compares
the result with a database that was really migrated.
"""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Q
from django.db.models.signals import post_migrate
from django.test import override_settings
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from communication.delivery.services.installation import adopt_installation
from communication.syndication.models import Change, ContentVersion, PublicItem
from communication.syndication.services.change_log import start_change_log
from tests.replaying import replay
from v2v_pages.search.tables import create_index

KEPT: tuple[Any, ...] = (ContentType, Permission)
"""What a test that empties the tables leaves."""

COLLECTION_RIGHTS = Q(
    content_type__app_label__in=["wagtaildocs", "wagtailimages"],
    content_type__model__in=["document", "image"],
) & ~Q(codename__startswith="view_")
PAGE_RIGHTS = {
    "Editors": ["add_page", "change_page"],
    "Moderators": ["add_page", "change_page", "lock_page", "publish_page", "unlock_page"],
}


def keep_initial_data() -> None:
    """Creates the data with the tables, and again after each test that empties them."""
    last_app = [config for config in apps.get_app_configs() if config.models_module][-1]
    post_migrate.connect(create_initial_data, sender=last_app, dispatch_uid="tests.bootstrap")


def empty_by_deleting() -> None:
    """Lets a test that empties the tables delete the rows that it may have written.

    Types of content and permissions are the same ever after: kept, they keep their keys, and what
    was built before can be written again. TRUNCATE would make PostgreSQL two hundred new files,
    which takes seconds. As a replica does, it asks no foreign key. The role of the tests is one
    that may create databases, and this.
    """

    def delete_all(operations: Any, style: Any, tables: list[str], **options: Any) -> list[str]:
        del style, options
        kept = {model._meta.db_table for model in KEPT}
        emptied = [operations.quote_name(table) for table in tables if table not in kept]
        rows = [" ".join(("DELETE FROM", table)) for table in emptied]
        alone = "SET LOCAL session_replication_role = replica"
        return [alone, *rows] if connection.vendor == "postgresql" else rows

    # of the class: beside an event loop, as Playwright keeps one, Django has other connections
    pytest.MonkeyPatch().setattr(type(connection.ops), "sql_flush", delete_all)


def create_initial_data(**of_signal: Any) -> None:
    """Creates tables of both searches, locale, pages, site, groups, workflow, if there are none."""
    create_search_table()
    create_index(connection)
    MigrationRecorder(connection).ensure_schema()  # wagtail-localize asks for the last migration
    if not Page.objects.exists():
        replay(("initial data",), create_records)
        with override_settings(V2V_INSTALLATION_ID=""):  # emptied while a test's own id still holds
            adopt_installation()


def create_records() -> None:
    """Creates all that is no table."""
    create_pages()
    Collection.add_root(name="Root")
    for name in PAGE_RIGHTS:
        create_group(name)
    create_workflow()
    begin_change_log()


def create_search_table() -> None:
    """On SQLite, replaces a plain table by the full text index that Wagtail's migration makes."""
    if connection.vendor != "sqlite":
        return
    migration = import_module("wagtail.search.migrations.0006_customise_indexentry").Migration
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_fts'")
        if cursor.fetchone():
            return
        cursor.execute("DROP TABLE wagtailsearch_indexentry_fts")
        for operation in migration.operations[-1].database_operations:
            cursor.execute(operation.sql)


def begin_change_log() -> None:
    """Lets the log begin with these pages; migrations tell no signal handler of theirs."""
    for model in (Change, PublicItem, ContentVersion):
        model._default_manager.all().delete()
    start_change_log()


def create_pages() -> None:
    """Creates the root and Wagtail's welcome page, as rows: a migration tells no signal handler."""
    locale = Locale.objects.create(language_code=settings.LANGUAGE_CODE)
    content_type = ContentType.objects.get_for_model(Page)
    root, home = (
        Page(title=title, draft_title=title, locale=locale, content_type=content_type, **fields)
        for title, fields in {
            "Root": {"slug": "root", "path": "0001", "depth": 1, "numchild": 1, "url_path": "/"},
            "Welcome to your new Wagtail site!": {
                "slug": "home",
                "path": "00010001",
                "depth": 2,
                "url_path": "/home/",
            },
        }.items()
    )
    Page.objects.bulk_create([root, home])
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)


def create_group(name: str) -> None:
    """Creates a group with the rights that Wagtail and wagtail-localize give it."""
    group = Group.objects.create(name=name)
    submit, _ = Permission.objects.get_or_create(
        content_type=ContentType.objects.get_by_natural_key("wagtail_localize", "translation"),
        codename="submit_translation",
        name="Can submit translations",
    )
    access = Permission.objects.get_by_natural_key("access_admin", "wagtailadmin", "admin")
    media = Permission.objects.filter(COLLECTION_RIGHTS)
    group.permissions.set([submit, access, *media])
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for codename in PAGE_RIGHTS[name]:
        permission = Permission.objects.get_by_natural_key(codename, "wagtailcore", "page")
        GroupPagePermission.objects.create(group=group, page=root, permission=permission)
    for permission in media.exclude(codename__startswith="delete_"):
        GroupCollectionPermission.objects.create(
            group=group, collection=collection, permission=permission
        )


def create_workflow() -> None:
    """Creates the workflow in which moderators approve."""
    name = "Moderators approval"
    workflow = Workflow.objects.create(name=name)
    task = GroupApprovalTask.objects.create(name=name)
    task.groups.add(Group.objects.get(name="Moderators"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=Page.get_first_root_node())
