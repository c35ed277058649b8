"""What Wagtail's history remembers of sending and of readers: who did it, and when."""

from collections.abc import Collection
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter, log

from ..models import Dispatch, MailingList, Subscriber

SCHEDULED: Final = "newsletters.schedule"
UNDONE: Final = "newsletters.undo"
PAUSED: Final = "newsletters.pause"
RESUMED: Final = "newsletters.resume"
CANCELLED: Final = "newsletters.cancel"
CORRECTED: Final = "newsletters.correct"
REFROZEN: Final = "newsletters.correct_rest"
RESENT: Final = "newsletters.resend"
SETTLED: Final = "newsletters.settle"
ALL_RESENT: Final = "newsletters.resend_all"
ALL_SETTLED: Final = "newsletters.settle_all"
RECIPIENTS_EXPORTED: Final = "newsletters.export_recipients"
TESTED: Final = "newsletters.test"
SUBSCRIBERS_EXPORTED: Final = "newsletters.export"
SUBSCRIBERS_IMPORTED: Final = "newsletters.import"
ERASED: Final = "newsletters.erase"

SENTENCES: Final = {
    SCHEDULED: (_("Schedule sending"), _("Scheduled the sending for %(moment)s")),
    UNDONE: (_("Undo schedule"), _("Took the schedule back; nothing was sent")),
    PAUSED: (_("Pause sending"), _("Paused the sending")),
    RESUMED: (_("Resume sending"), _("Let the sending go on")),
    CANCELLED: (_("Cancel sending"), _("Cancelled the sending; %(number)s were left out")),
    CORRECTED: (_("Prepare correction"), _("Prepared a correction for those who had the issue")),
    REFROZEN: (_("Correct the rest"), _("Took the issue over anew for those who had not had it")),
    RESENT: (_("Send again"), _("Sent an uncertain mail again (%(delivery)s)")),
    SETTLED: (_("Settle"), _("Noted what became of an uncertain mail (%(delivery)s)")),
    ALL_RESENT: (_("Send again"), _("Sent all uncertain mails again (%(number)s)")),
    ALL_SETTLED: (_("Settle"), _("Noted what became of all uncertain mails (%(number)s)")),
    RECIPIENTS_EXPORTED: (_("Export recipients"), _("Took the recipients away as a file")),
    TESTED: (_("Send test"), _("Sent a test of the newsletter (%(number)s mails)")),
    SUBSCRIBERS_EXPORTED: (_("Export subscribers"), _("Took all subscribers away as a file")),
    SUBSCRIBERS_IMPORTED: (
        _("Import subscribers"),
        _("Imported subscribers (rows that changed something: %(number)s; consent: %(source)s)"),
    ),
    ERASED: (_("Erase subscriber"), _("Erased everything about a subscriber")),
}


WORDS: Final = ("moment", "number", "delivery", "source")
"""What stands in these sentences; entries of before may lack some of it."""


def note(action: str, dispatch: Dispatch, user: Any, **data: Any) -> None:
    """Remembers what somebody did to a dispatch; no data may name an address."""
    title = dispatch.page.title if dispatch.page else str(dispatch)
    log(instance=dispatch, action=action, user=user, title=title, data=data)


def note_export(user: Any = None) -> None:
    """Remembers that all subscribers were taken away as a file, in the history of each list."""
    for each in MailingList.objects.with_texts():
        log(instance=each, action=SUBSCRIBERS_EXPORTED, user=user)


def note_import(
    *, number: int, lists: Collection[int], consent_source: str, user: Any = None
) -> None:
    """Remembers how many rows of a file changed something, in the history of its lists.

    Addresses that do not work may belong to none: they are suppressed for all.
    """
    found = MailingList.objects.with_texts()
    data = {"number": number, "source": consent_source}
    for each in found.filter(pk__in=lists) if lists else found:
        log(instance=each, action=SUBSCRIBERS_IMPORTED, user=user, data=data)


def note_erasure(subscriber: Subscriber, user: Any = None) -> None:
    """Remembers that a subscriber is being erased; what remains of them is a code."""
    log(instance=subscriber, action=ERASED, user=user, title=subscriber.hmac[:12], deleted=True)


def register_actions(actions: LogActionRegistry) -> None:
    """Lets histories say all of this."""
    for action, (label, sentence) in SENTENCES.items():
        actions.register_action(action)(_formatter(label, sentence))


def _formatter(name: Any, sentence: Any) -> type[LogFormatter]:
    class NewsletterFormatter(LogFormatter):
        label = name

        def format_message(self, log_entry: Any) -> str:
            return str(sentence % {**dict.fromkeys(WORDS, ""), **log_entry.data})

    return NewsletterFormatter
