from importlib import import_module

from django.utils.translation import gettext_lazy as _

from v2v_snippets import requirements


class DeliveryConfig(requirements.PluginConfig):
    """The worker: drains what is due, whatever happens to the process that drains it."""

    name = "communication.delivery"
    label = "communication_delivery"
    verbose_name = _("Delivery")
    default_auto_field = "django.db.models.BigAutoField"
    required_apps = (
        "wagtail.admin",
        "wagtail",
    )

    def ready(self) -> None:
        """Registers signal handlers."""
        import_module("communication.delivery.signal_handlers")  # needs the app registry
