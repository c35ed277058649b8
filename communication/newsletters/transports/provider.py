"""Mail through a provider's API, by django-anymail: the extra ``providers``.

Nothing else imports this module: the settings name it, and a site without it needs no anymail.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any, Final

from anymail.backends.base import AnymailBaseBackend
from anymail.exceptions import (
    AnymailAPIError,
    AnymailError,
    AnymailInvalidAddress,
    AnymailRecipientsRefused,
    AnymailSerializationError,
    AnymailUnsupportedFeature,
)
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives

from ..returns.metadata import KEY, metadata_of
from ..wire.mails import Mail, NotAcceptedError, Stage, UncertainError
from . import Channel
from .backends import default_backend

WRITTEN_BY_THE_PROVIDER: Final = frozenset(
    {"from", "to", "subject", "date", "mime-version", "content-type", "content-transfer-encoding"}
)
"""Headers that are not passed on as such; all others are, Message-ID and List-Unsubscribe too."""

NOBODY_THERE: Final = frozenset(
    {
        "ConnectTimeout",
        "ConnectTimeoutError",
        "ConnectionRefusedError",
        "EndpointConnectionError",
        "NameResolutionError",
        "NewConnectionError",
        "SSLCertVerificationError",
        "gaierror",
    }
)
"""Errors of requests, urllib3, botocore and Python, before the first byte of a mail was sent."""

OUR_FAULT: Final = frozenset({401, 402, 403, 404})
"""A wrong key, an account without money, a domain that the provider does not know."""

LATER: Final = frozenset({408, 425, 429, 503})
"""Too many requests, or too little time: the provider has not looked at the mail."""

BAD_ADDRESS: Final = "5.1.3"
"""RFC 3463, 3.2: no valid address."""


class ProviderTransport:
    """Sends through the anymail backend that ``EMAIL_BACKEND`` (or ``MAILERS``) names."""

    @contextmanager
    def open(self) -> Iterator[Channel]:
        """Begins a session of requests; the provider hears nothing before the first mail.

        Raises:
            ImproperlyConfigured: when Django sends its mail in another way.
        """
        backend = default_backend()
        if not isinstance(backend, AnymailBaseBackend):
            raise ImproperlyConfigured(
                "The provider transport of newsletters needs a backend of django-anymail, and this "
                f"site has {type(backend).__module__}: set EMAIL_BACKEND (on Django 6.1, MAILERS) "
                "to one, such as anymail.backends.postmark.EmailBackend."
            )
        backend.open()
        try:
            yield ProviderChannel(backend)
        finally:
            backend.close()

    def forget(self, address: str) -> int:
        """Returns 0: no copy is kept here; what providers keep is a matter of their contract."""
        return 0


class ProviderChannel:
    """A session of requests. What a provider says is reduced to its code: it may name addresses."""

    def __init__(self, backend: AnymailBaseBackend) -> None:
        self._backend = backend
        self._wishes: dict[str, Any] | None = None

    def deliver(self, mail: Mail) -> None:
        """Hands over one mail.

        Raises:
            NotAcceptedError: when the provider refuses it, or was not reached.
            UncertainError: when it may have it, but did not say so.
        """
        message = as_django_message(mail)
        for name, value in self._wishes_for(mail).items():
            setattr(message, name, value)
        try:
            sent = self._backend.send_messages([message])
        except AnymailError as error:
            raise _translated(error, message) from None
        if not sent:
            raise NotAcceptedError("AnymailCancelSend", is_permanent=True)
        _require_taken(_statuses_of(message))

    def _wishes_for(self, mail: Mail) -> dict[str, Any]:
        """Returns what else the provider is told: no tracking, and by what we know the mail again.

        Not every provider offers all of it, and anymail refuses what one does not.
        """
        wishes = {
            "track_opens": False,
            "track_clicks": False,
            "metadata": {KEY: metadata_of(mail.message_id)},
        }
        if self._wishes is None:
            offered = {name: value for name, value in wishes.items() if self._offers(name, value)}
            self._wishes = offered
        return {name: wishes[name] for name in self._wishes}

    def _offers(self, name: str, value: Any) -> bool:
        probe = EmailMultiAlternatives("x", "x", "x@example.org", ["x@example.org"])
        setattr(probe, name, value)
        try:
            self._backend.build_message_payload(probe, self._backend.send_defaults)
        except AnymailUnsupportedFeature:
            return False
        return True


def as_django_message(mail: Mail) -> EmailMultiAlternatives:
    """Takes a mail apart again: providers want its parts, and join them in their own way."""
    parsed = message_from_bytes(mail.content, _class=EmailMessage, policy=SMTP)
    message = EmailMultiAlternatives(
        subject=str(parsed["Subject"] or ""),
        body=_text_of(parsed, "plain"),
        from_email=str(parsed["From"]),
        to=[mail.recipient],
        headers={
            name: str(value)
            for name, value in parsed.items()
            if name.lower() not in WRITTEN_BY_THE_PROVIDER
        },
    )
    if html := _text_of(parsed, "html"):
        message.attach_alternative(html, "text/html")
    return message


def _text_of(parsed: EmailMessage, kind: str) -> str:
    part = parsed.get_body((kind,))
    return str(part.get_content()) if part else ""


def _translated(
    error: AnymailError, message: EmailMultiAlternatives
) -> NotAcceptedError | UncertainError:
    """Says what an error of anymail means: nobody has the mail, or nobody can know."""
    name = _name_of(error)
    if isinstance(error, AnymailRecipientsRefused):
        code = BAD_ADDRESS if "invalid" in _statuses_of(message) else ""
        return NotAcceptedError(name, is_permanent=True, enhanced_code=code, stage=Stage.RECIPIENT)
    if isinstance(error, AnymailInvalidAddress):
        return NotAcceptedError(
            name, is_permanent=True, enhanced_code=BAD_ADDRESS, stage=Stage.RECIPIENT
        )
    if isinstance(error, AnymailUnsupportedFeature | AnymailSerializationError):
        return NotAcceptedError(name, is_permanent=True, stage=Stage.SENDER)
    if not isinstance(error, AnymailAPIError):
        return UncertainError(name)
    status = _status_of(error)
    return _by_status(status) if status else _without_answer(error)


def _statuses_of(message: EmailMultiAlternatives) -> set[str]:
    """Returns what the provider said of the recipients, in the words of anymail."""
    return set(getattr(getattr(message, "anymail_status", None), "status", None) or ())


def _require_taken(statuses: set[str]) -> None:
    if "failed" in statuses:
        raise NotAcceptedError("failed", is_permanent=True)
    if not statuses & {"sent", "queued"}:
        raise UncertainError("unknown")


def _by_status(status: int) -> NotAcceptedError | UncertainError:
    """Says what an answer means. A server that failed may have done its work before (RFC 9110)."""
    code = f"HTTP {status}"
    if status in OUR_FAULT:
        return NotAcceptedError(code, is_permanent=True, stage=Stage.CONNECTING)
    if status in LATER:
        return NotAcceptedError(code, is_permanent=False)
    if 400 <= status < 500:
        return NotAcceptedError(code, is_permanent=True)
    return UncertainError(code)


def _without_answer(error: AnymailAPIError) -> NotAcceptedError | UncertainError:
    names = {type(each).__name__ for each in _causes(error)}
    if nobody := sorted(names & NOBODY_THERE):
        return NotAcceptedError(nobody[0], is_permanent=False, stage=Stage.CONNECTING, is_lost=True)
    return UncertainError(_name_of(error))


def _causes(error: BaseException) -> list[BaseException]:
    """Returns an error and all that it was made of; each library has its own way to say so."""
    found: list[BaseException] = []
    waiting: list[Any] = [error]
    while waiting:
        each = waiting.pop()
        if isinstance(each, BaseException) and each not in found:
            found.append(each)
            waiting += [each.__cause__, getattr(each, "reason", None), *each.args]
    return found


def _status_of(error: AnymailAPIError) -> int | None:
    """Returns the code of an answer; boto hides that of Amazon in what it raised."""
    if error.status_code is not None:
        return int(error.status_code)
    answer = getattr(error.__cause__, "response", None)
    facts = answer.get("ResponseMetadata", {}) if isinstance(answer, dict) else {}
    return facts.get("HTTPStatusCode")


def _name_of(error: Exception) -> str:
    return type(error).__name__
