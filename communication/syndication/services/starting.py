"""Lets the log begin with what is public when its tables are made."""

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import F
from wagtail.models import get_page_models

from ..models import ContentVersion, PublicItem
from .change_log import start_change_log


def move_after_migrations(*, using: str, has_migrated: bool) -> None:
    """Starts the log if it has told nothing; else says that answers may be others than before.

    Migrations write past all signals. Does nothing while a table is missing that it would read.
    """
    if using != DEFAULT_DB_ALIAS or not _tables_are_there():
        return
    start_change_log()
    if has_migrated:
        ContentVersion.objects.filter(counter__gt=0).update(counter=F("counter") + 1)


def _tables_are_there() -> bool:
    needed = {model._meta.db_table for model in (*get_page_models(), ContentVersion, PublicItem)}
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        return needed <= set(connection.introspection.table_names(cursor))
