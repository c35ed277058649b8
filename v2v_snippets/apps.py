from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SnippetsConfig(AppConfig):
    """The ground floor: reference data, and the rules that every other app shares."""

    name = "v2v_snippets"
    verbose_name = _("Project reference data")
    default_auto_field = "django.db.models.BigAutoField"
