from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SyndicationConfig(AppConfig):
    """What other sites take over from this one: feeds."""

    name = "communication.syndication"
    label = "communication_syndication"
    verbose_name = _("Syndication")
    default_auto_field = "django.db.models.BigAutoField"
