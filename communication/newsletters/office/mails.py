"""The letters that the file transport keeps, for those who work on a site that sends none."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from ..permissions import user_can_see_addresses
from ..transports import load_transport
from ..transports.files import FileTransport, StoredMail
from .pages import OfficeView

SHOWN = 200


def stored_mails() -> list[StoredMail]:
    """Returns what the file transport keeps; nothing where another one is at work."""
    transport = load_transport()
    return transport.stored() if isinstance(transport, FileTransport) else []


def stored_mail(name: str) -> StoredMail:
    """Returns one of them.

    Raises:
        Http404: when it is not there.
    """
    transport = load_transport()
    mail = transport.named(name) if isinstance(transport, FileTransport) else None
    if mail is None:
        raise Http404
    return mail


class MailListView(OfficeView):
    """What would have been sent, the latest first."""

    template_name = "communication_newsletters/admin/mails.html"
    page_title = gettext_lazy("Mails in files")
    header_icon = "mail"
    is_allowed = user_can_see_addresses

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the mails."""
        return super().get_context_data(mails=stored_mails()[:SHOWN], **kwargs)


class MailView(OfficeView):
    """One mail: its headers, its text, and its HTML in a frame that can do nothing."""

    template_name = "communication_newsletters/admin/mail.html"
    header_icon = "mail"
    is_allowed = user_can_see_addresses

    @cached_property
    def mail(self) -> StoredMail:
        """The mail."""
        return stored_mail(self.kwargs["name"])

    def get_page_title(self) -> str:
        """Names the mail."""
        return str(self.mail.message["Subject"])

    def way(self) -> list[dict[str, Any]]:
        """Leads back to the list."""
        url = reverse("communication_newsletters_files:mails")
        return [{"url": url, "label": MailListView.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds headers and text."""
        message = self.mail.message
        return super().get_context_data(
            headers=list(message.items()),
            text=part_of(self.mail, "plain"),
            html=part_of(self.mail, "html"),
            **kwargs,
        )


def part_of(mail: StoredMail, kind: str) -> str:
    """Returns the text or the HTML of a mail; "" where it has none."""
    part = mail.message.get_body((kind,))
    return str(part.get_content()) if part else ""
