from importlib import import_module

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from v2v_snippets import requirements


class NewslettersConfig(requirements.PluginConfig):
    """Who reads by mail: lists, subscribers, their consent, and all that they can do themselves."""

    name = "communication.newsletters"
    label = "communication_newsletters"
    verbose_name = _("Newsletters")
    default_auto_field = "django.db.models.BigAutoField"
    required_apps = (
        "communication.delivery",
        "wagtail.contrib.routable_page",
        "wagtail.images",
        "wagtail.users",
        "wagtail.admin",
        "wagtail",
    )

    def ready(self) -> None:
        """Registers checks and signal handlers; listens to the provider's webhooks, if any."""
        for name in ("checks", "signal_handlers"):
            import_module(f"communication.newsletters.{name}")  # they need the app registry
        if apps.is_installed("anymail"):
            import_module("communication.newsletters.returns.signal_handlers")
