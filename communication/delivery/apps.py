from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    """The worker: drains what is due, whatever happens to the process that drains it."""

    name = "communication.delivery"
    label = "communication_delivery"
    verbose_name = _("Delivery")
    default_auto_field = "django.db.models.BigAutoField"
