from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """The page types that visitors read."""

    name = "v2v_pages"
    verbose_name = _("Pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connects the signal handlers."""
        from . import signal_handlers  # noqa: F401, PLC0415  (needs the app registry)
