from importlib import import_module

from django.utils.translation import gettext_lazy as _

from . import requirements
from .language.locales import register_languages


class SnippetsConfig(requirements.PluginConfig):
    """The ground floor: reference data, and the rules that every other app shares."""

    name = "v2v_snippets"
    verbose_name = _("Project reference data")
    default_auto_field = "django.db.models.BigAutoField"
    required_apps = (
        "wagtail.contrib.settings",
        "wagtail.snippets",
        "wagtail.users",
        "wagtail.documents",
        "wagtail.images",
        "wagtail.admin",
        "wagtail",
    )

    def ready(self) -> None:
        """Makes the partnership's languages known to Django, and registers signal handlers."""
        register_languages()
        import_module("v2v_snippets.signal_handlers")  # needs the app registry
