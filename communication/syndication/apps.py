from django.utils.translation import gettext_lazy as _

from v2v_snippets import requirements


class SyndicationConfig(requirements.PluginConfig):
    """What other sites take over from this one: feeds."""

    name = "communication.syndication"
    label = "communication_syndication"
    verbose_name = _("Syndication")
    default_auto_field = "django.db.models.BigAutoField"
    required_apps = ("wagtail",)
