"""What a site must have for its letters to go out."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage
from django.core.exceptions import ImproperlyConfigured
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse

from .returns import mailbox_url
from .returns.folder import read_address
from .transports import load_transport

PROVIDER = "communication.newsletters.transports.provider.ProviderTransport"
READING = "communication.newsletters.returns.jobs.MailboxReading"


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


@checks.register("v2v")
def check_provider(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """What a provider tells is listened to, and nobody else can tell it."""
    if getattr(settings, "V2V_MAIL_TRANSPORT", "") != PROVIDER and not _is_told_by_provider():
        return []
    found: list[CheckMessage] = []
    if not _is_told_by_provider():
        found.append(
            checks.Warning(
                "Nobody hears of the bounces that the mail provider tells of.",
                hint='Add "anymail" to INSTALLED_APPS and path("anymail/", '
                'include("anymail.urls")) to the urlpatterns.',
                id="v2v.W023",
            )
        )
    secret = getattr(settings, "ANYMAIL", {}).get("WEBHOOK_SECRET")
    if not (secret or getattr(settings, "ANYMAIL_WEBHOOK_SECRET", "")):
        found.append(
            checks.Error(
                "Anybody could tell the site that addresses bounce: webhooks have no secret.",
                hint='Set ANYMAIL["WEBHOOK_SECRET"] to "name:password", two random words.',
                id="v2v.E023",
            )
        )
    return found


@checks.register("v2v")
def check_mailbox(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The mailbox to which mails come back has an address, and a job that reads it."""
    if not mailbox_url():
        return []
    try:
        read_address(mailbox_url())
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), id="v2v.E024")]
    if READING in getattr(settings, "V2V_WORKER_JOBS", []):
        return []
    return [
        checks.Error(
            "No job reads the mailbox of V2V_BOUNCE_MAILBOX.",
            hint=f"Add {READING} to V2V_WORKER_JOBS.",
            id="v2v.E024",
        )
    ]


def _is_told_by_provider() -> bool:
    return apps.is_installed("anymail")
