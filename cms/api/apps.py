from django.utils.translation import gettext_lazy as _

from v2v_snippets import requirements


class ApiConfig(requirements.PluginConfig):
    """What partner sites read: the site's public content under ``/api/v1/``."""

    # the same source is cms.api in the checkout and v2v_api in the wheel
    name = __package__
    label = "v2v_api"
    verbose_name = _("Content API")
    default_auto_field = "django.db.models.BigAutoField"
    required_apps = ("v2v_snippets",)
