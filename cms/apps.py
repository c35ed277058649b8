from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Composes the plugins into one site: users, media, roles, demo content, process control."""

    name = "cms"
    verbose_name = "V2V CMS"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registers system checks and signal handlers."""
        from . import checks, signal_handlers  # noqa: F401, PLC0415  (need the app registry)
