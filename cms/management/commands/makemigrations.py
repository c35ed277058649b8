"""Django's makemigrations, with plugins' migrations kept free of this project's model names."""

import re
from pathlib import Path
from typing import Any

from django.core.management.commands import makemigrations
from django.db.migrations.writer import MigrationWriter
from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model_string

from cms.apps import ProjectConfig

PROJECT = ProjectConfig.name
DEPENDENCY = re.compile(rf"^ *\(['\"]{PROJECT}['\"], .*\),\n", re.MULTILINE)


class Command(makemigrations.Command):
    """Lets the plugins' migrations run in a site whose images and documents are other models.

    Django writes the configured model literally: ``to='cms.cmsimage'``. Users are no problem,
    because their model is swappable in Django's own sense.
    """

    def write_migration_files(self, changes: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        """Writes the files as Django does, then makes those of plugins portable."""
        super().write_migration_files(changes, *args, **kwargs)
        for label in set(changes) - {PROJECT}:
            for migration in changes[label]:
                path = Path(MigrationWriter(migration).path)
                if path.exists():
                    path.write_text(portable(path.read_text(encoding="utf-8")), encoding="utf-8")


def portable(source: str) -> str:
    """Returns the source of a migration with the media models named by the site's settings."""
    for function, package, model in (
        ("get_document_model_string", "wagtail.documents", get_document_model_string()),
        ("get_image_model_string", "wagtail.images", get_image_model_string()),
    ):
        literal = rf"to=['\"]{re.escape(model)}['\"]"
        source, replaced = re.subn(literal, f"to={function}()", source, flags=re.IGNORECASE)
        if replaced:
            dependency = f"migrations.swappable_dependency({function}())"
            source = re.sub(r"(?m)^( *dependencies = \[\n)", rf"\1        {dependency},\n", source)
            source = re.sub(
                r"(?m)^from django.db import .*\n",
                rf"\g<0>from {package} import {function}\n",
                source,
            )
    return DEPENDENCY.sub("", source)
