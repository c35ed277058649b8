from importlib import import_module

from django.utils.translation import gettext_lazy as _

from v2v_snippets import requirements


class PagesConfig(requirements.PluginConfig):
    """The page types that visitors read."""

    name = "v2v_pages"
    verbose_name = _("Pages")
    default_auto_field = "django.db.models.BigAutoField"
    required_apps = (
        "v2v_snippets",
        "wagtail_localize",
        "wagtail.contrib.routable_page",
        "wagtail.contrib.typed_table_block",
    )

    def ready(self) -> None:
        """Registers system checks, signal handlers, and what search finds of records."""
        for name in ("checks", "signal_handlers", "search.handlers", "translation.handlers"):
            import_module(f"v2v_pages.{name}")  # need the app registry
