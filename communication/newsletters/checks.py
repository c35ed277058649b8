"""What a site must have for its letters to go out."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.core.checks import CheckMessage
from django.core.exceptions import ImproperlyConfigured
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse

from .transports import load_transport


@checks.register("v2v")
def check_transport(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The transport of the settings can be loaded."""
    try:
        load_transport()
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), id="v2v.E020")]
    return []


@checks.register("v2v")
def check_templates(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The templates are found, which an editable install leaves elsewhere."""
    try:
        get_template("communication_newsletters/subscribe.html")
    except TemplateDoesNotExist:
        return [
            checks.Error(
                "The templates of communication.newsletters are missing.",
                hint="In an editable install, add the checkout's templates folder to DIRS.",
                id="v2v.E021",
            )
        ]
    return []


@checks.register("v2v")
def check_addresses(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The pages for readers have addresses, to which letters lead."""
    try:
        reverse("communication_newsletters:subscribe")
    except NoReverseMatch:
        return [
            checks.Error(
                "The pages for subscribers have no address.",
                hint='Add path("subscriptions/", include("communication.newsletters.urls")) to '
                "the urlpatterns, before Wagtail's own.",
                id="v2v.E022",
            )
        ]
    return []
