"""What a plugin needs of the site it is installed into, said in one sentence when it is missing.

An ``apps.py`` imports this module, not the class: Django takes each config that it finds there for
one of the app's own.
"""

from typing import ClassVar

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured


class PluginConfig(AppConfig):
    """Names the apps that a plugin needs before Python stumbles over the first missing one."""

    required_apps: ClassVar[tuple[str, ...]] = ()

    def import_models(self) -> None:
        """Refuses to load models whose foreign apps are not there.

        Raises:
            ImproperlyConfigured: with the lines to add.
        """
        missing = [name for name in self.required_apps if not apps.is_installed(name)]
        if missing:
            lines = ", ".join(f'"{name}"' for name in missing)
            raise ImproperlyConfigured(
                f"{self.name} needs more apps: add {lines} to INSTALLED_APPS. "
                "The page docs/plugins.md of V2V CMS lists all apps for each plugin."
            )
        super().import_models()
