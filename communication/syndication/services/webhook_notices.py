"""Writes to the contact of a site whose webhook was switched off: once, and never twice.

A notice that was interrupted while it went out is left as uncertain: the admin shows the state of
the webhook anyway, and nobody is written to twice.
"""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from communication.delivery.enums import OutgoingState
from communication.delivery.services.claiming import begin, claim, finish, put_off, reap
from communication.delivery.services.schedule import RetrySchedule

from ..enums import DisabledReason
from ..models import WebhookNotice

LEASE: Final = timedelta(minutes=5)
SCHEDULE: Final = RetrySchedule((timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6)))


def take_notice(*, now: datetime) -> WebhookNotice | None:
    """Takes the notice that has waited longest; None where there is none."""
    reap(rows=WebhookNotice.objects.all(), now=now, interrupted=OutgoingState.UNCERTAIN)
    for notice in claim(rows=WebhookNotice.objects.all(), limit=1, lease=LEASE, now=now):
        if begin(row=notice, lease=LEASE, now=now):
            return notice
    return None


def send_notice(*, notice: WebhookNotice, now: datetime) -> None:
    """Sends it, and notes that it has left.

    Raises:
        Exception: what the mail server or the connection to it says.
    """
    mail_about(notice).send()
    finish(row=notice, state=OutgoingState.ACCEPTED, now=now)


def put_off_notice(*, notice: WebhookNotice, error: Exception, now: datetime) -> None:
    """Tries later what was refused, or gives it up."""
    until = SCHEDULE.next_attempt_at(attempts=notice.attempts, now=now)
    if until is None:
        finish(row=notice, state=OutgoingState.FAILED, now=now, last_error=repr(error))
    else:
        put_off(row=notice, until=until, last_error=repr(error))


def mail_about(notice: WebhookNotice) -> EmailMessage:
    """Returns the notice as plain text, in the language of the site: nobody knows the contact's."""
    with override(settings.LANGUAGE_CODE):
        return _mail_about(notice)


def _mail_about(notice: WebhookNotice) -> EmailMessage:
    endpoint = notice.endpoint
    site = endpoint.partner_site
    reason = DisabledReason(notice.reason)
    latest = endpoint.deliveries.exclude(last_error="").order_by("-finished_at").first()
    text = _(
        "The webhook “%(label)s” of %(site)s was switched off on %(moment)s: %(reason)s.\n\n"
        "Address: %(url)s\n"
        "Last error: %(error)s\n\n"
        "Nothing is sent to it any more. Once it answers with 200 again, ask the operators of "
        "%(name)s to switch it on: they can send what it has missed. Meanwhile /api/v1/changes/ "
        "tells your site what has changed."
    ) % {
        "label": endpoint.label,
        "site": site.name,
        "moment": date_format(localtime(notice.created_at), "DATETIME_FORMAT"),
        "reason": reason.label,
        "url": endpoint.url,
        "error": latest.last_error if latest else "–",
        "name": settings.WAGTAIL_SITE_NAME,
    }
    subject = _("Webhook switched off: %(label)s") % {"label": " ".join(endpoint.label.split())}
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, text, to=[site.contact_email], headers=headers)
