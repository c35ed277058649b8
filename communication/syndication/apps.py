from importlib import import_module

from django.utils.translation import gettext_lazy as _

from v2v_snippets import requirements


class SyndicationConfig(requirements.PluginConfig):
    """What other sites take over from this one: feeds, changes, webhooks, the API with keys."""

    name = "communication.syndication"
    label = "communication_syndication"
    verbose_name = _("Syndication")
    default_auto_field = "django.db.models.BigAutoField"
    required_apps = ("communication.delivery", "wagtail", "wagtail.admin", "v2v_snippets")

    def ready(self) -> None:
        """Registers signal handlers."""
        import_module("communication.syndication.signal_handlers")  # needs the app registry
