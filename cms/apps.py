from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Composes the plugins into one site: users, media, roles, demo content, process control."""

    name = "cms"
    verbose_name = "V2V CMS"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registers the system checks that hold the architecture."""
        from . import checks  # noqa: F401, PLC0415  (registers on import; needs the app registry)
