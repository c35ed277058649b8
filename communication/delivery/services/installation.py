"""Tells a database from its copies: a restored backup sends nothing until somebody adopts it.

What tells them apart is what a copy cannot take along: on PostgreSQL the identity of the cluster
and of the database in it, on SQLite the place of the file on its disk. Who copies whole machines
gives each an id of its own in ``V2V_INSTALLATION_ID``, which is then all that counts.
"""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection
from django.utils import timezone

from ..models import THE_INSTALLATION, Installation

HELD_BACK: Final = (
    "This database is a copy, restored or moved, and sends nothing. "
    "If it is the site itself, run manage.py adopt_installation."
)


def sending_is_allowed() -> bool:
    """Tells whether the database belongs to this installation: two queries."""
    adopted = Installation.objects.filter(pk=THE_INSTALLATION).values_list("digest", flat=True)
    return adopted.first() == this_installation()


def adopt_installation() -> bool:
    """Lets this installation send; returns whether it could not before."""
    digest = this_installation()
    if Installation.objects.filter(pk=THE_INSTALLATION, digest=digest).exists():
        return False
    Installation.objects.update_or_create(
        pk=THE_INSTALLATION, defaults={"digest": digest, "adopted_at": timezone.now()}
    )
    return True


def adopt_new_database(*, using: str) -> None:
    """Lets the installation that makes the tables send: it is no copy of anything."""
    if using == DEFAULT_DB_ALIAS and _table_is_there():
        Installation.objects.get_or_create(
            pk=THE_INSTALLATION,
            defaults={"digest": this_installation(), "adopted_at": timezone.now()},
        )


def this_installation() -> str:
    """Returns what stands for this installation: 64 hexadecimal digits."""
    own = getattr(settings, "V2V_INSTALLATION_ID", "")
    facts = ["id", own] if own else ["database", *_facts_of_database()]
    return sha256(repr(facts).encode()).hexdigest()


def _table_is_there() -> bool:
    """Django says that it has migrated to every app, also of those whose tables are yet to come."""
    with connection.cursor() as cursor:
        return Installation._meta.db_table in connection.introspection.table_names(cursor)


def _facts_of_database() -> list[str]:
    if connection.vendor == "postgresql":
        return _facts_of_postgresql()
    where = connection.settings_dict
    facts = [connection.vendor, str(where["HOST"]), str(where["PORT"]), str(where["NAME"])]
    if connection.vendor == "sqlite":
        with suppress(OSError):
            file = Path(where["NAME"]).resolve()
            facts += [str(file), str(file.stat().st_ino)]
    return facts


def _facts_of_postgresql() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oid::text, has_function_privilege('pg_control_system()', 'execute') "
            "FROM pg_database WHERE datname = current_database()"
        )
        database, may_ask = cursor.fetchone()
        if not may_ask:
            where = connection.settings_dict
            return ["postgresql", str(where["HOST"]), str(where["PORT"]), database]
        cursor.execute("SELECT system_identifier::text FROM pg_control_system()")
        return ["postgresql", cursor.fetchone()[0], database]
