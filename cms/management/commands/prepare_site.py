"""Makes the embedded site ready in one process, and quickly when it is ready already."""

import gc
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Site

from cms.preflight import PREPARED_FILE, SIGN_IN_FILE
from cms.services.bootstrap import bootstrap_site
from cms.services.sign_ins import keep_sign_ins
from v2v_pages.services.refreshing import refresh_translations


class Command(BaseCommand):
    """For `make run`: each start-up of Django would cost a reader's patience once more."""

    help = "Migrates, sets up the site for a port of localhost, loads the demo, opens accounts."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes the port under which the site will be served."""
        parser.add_argument("--port", type=int, required=True)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        """Does what is not done yet; a demo that was loaded once is the editors' own.

        Migrating makes and drops models by the ten thousand: two fifths of the time would go into
        collecting garbage, for 90 MB less.
        """
        gc.set_threshold(50_000, 20)
        prepared = settings.DATA_DIR / PREPARED_FILE
        executor = MigrationExecutor(connection)
        if not executor.loader.applied_migrations:
            prepared.unlink(missing_ok=True)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database.")
            call_command("migrate", verbosity=0, interactive=False)
            call_command("rebuild_search_index", verbosity=0)
        if not Site.objects.filter(is_default_site=True, hostname="localhost", port=port).exists():
            bootstrap_site(hostname="localhost", port=port)
        if not prepared.exists():
            call_command("load_demo")
        refresh_translations()
        keep_sign_ins(settings.DATA_DIR / SIGN_IN_FILE)
        prepared.touch()
