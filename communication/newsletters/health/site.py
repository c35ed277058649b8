"""What the site's settings, its worker and its database say."""

from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from communication.delivery.models import WorkerHeartbeat
from communication.delivery.services.installation import HELD_BACK, sending_is_allowed

from ..rendering.footers import mail_footer
from ..returns import bounces_are_measured
from ..selectors import site_url
from .findings import Finding, advice, fine, problem

SENDING: Final = "communication.newsletters.jobs.DispatchSending"


def check_site() -> list[Finding]:
    """Looks at all that needs no network."""
    return [
        _check_links(),
        _check_controller(),
        _check_key(),
        _check_worker(),
        _check_installation(),
        _check_limits(),
        _check_returns(),
    ]


def _check_links() -> Finding:
    """One click needs https (RFC 8058, 3.1), and a host that readers reach."""
    url = site_url()
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.hostname in {None, "localhost", "127.0.0.1"}:
        return problem(
            "links",
            f"Links in mails begin with {url or 'nothing'}: give the default site its true host "
            "name and port 443 (Settings → Sites), so that one click can unsubscribe.",
        )
    return fine("links", f"Links in mails, and one click to unsubscribe, lead to {url}.")


def _check_controller() -> Finding:
    footer = mail_footer(settings.LANGUAGE_CODE)
    if not footer.names_controller:
        return problem(
            "controller",
            "Mails do not say who sends them: fill in the controller's name and postal address "
            "(Settings → Project settings).",
        )
    return fine("controller", f"Mails are signed by {', '.join(footer.controller)}.")


def _check_key() -> Finding:
    if not getattr(settings, "V2V_ADDRESS_KEY", ""):
        return problem(
            "key",
            "Suppressed addresses would be forgotten with the secret key: set V2V_ADDRESS_KEY "
            "before the first subscriber, and keep it for ever.",
        )
    return fine("key", "Suppressed addresses have a key of their own.")


def _check_worker() -> Finding:
    if SENDING not in getattr(settings, "V2V_WORKER_JOBS", []):
        return problem("worker", f"No worker sends newsletters: add {SENDING} to V2V_WORKER_JOBS.")
    if not WorkerHeartbeat.objects.alive(timezone.now()).exists():
        return problem("worker", "No worker is at work: start one with manage.py run_worker.")
    return fine("worker", "A worker is at work.")


def _check_installation() -> Finding:
    if not sending_is_allowed():
        return problem("installation", HELD_BACK)
    return fine("installation", "This database may send.")


def _check_limits() -> Finding:
    limits = {name: number for name, number in _limits().items() if number}
    if not limits:
        return advice(
            "limits",
            "Mails go out as fast as the server takes them: ask its owner what it allows, and set "
            'V2V_MAIL_LIMITS, such as {"per_minute": 60, "per_day": 5000}.',
        )
    words = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in limits.items())
    return fine("limits", f"At most {words}.")


def _check_returns() -> Finding:
    if not bounces_are_measured():
        return advice(
            "returns",
            "Nobody hears of bounces: set V2V_BOUNCE_MAILBOX to the mailbox of the sender, or "
            "install the webhooks of your provider.",
        )
    return fine("returns", "Bounces are heard of.")


def _limits() -> dict[str, int | None]:
    return dict(getattr(settings, "V2V_MAIL_LIMITS", {}))
