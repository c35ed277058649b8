"""Says in words why a sending waits and what to do, and why somebody got no mail."""

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communication.delivery.enums import OutgoingState

from ...enums import PauseReason
from ...models import Delivery

REMEDIES: Final[dict[str, Any]] = {
    PauseReason.ASKED: gettext_lazy("Let it go on when you are ready."),
    PauseReason.TOO_LATE: gettext_lazy(
        "No worker was running at that time. Is it still right to send this? Then let it go on."
    ),
    PauseReason.REFUSED: gettext_lazy(
        "The password, the sender's address or the reputation of the server may be the cause. Ask "
        "whoever runs the mail server, with the code above; then let it go on."
    ),
    PauseReason.UNREACHABLE: gettext_lazy(
        "Ask whoever runs the mail server. When it answers a test, let this go on."
    ),
    PauseReason.FAILURES: gettext_lazy(
        "Look at the failed addresses below: is the list old? Providers block senders with many "
        "refusals. Clean the list, or let it go on if the cause is known."
    ),
    PauseReason.UNCERTAIN: gettext_lazy(
        "The mail server hangs up or falls silent when it has got a mail, so nobody can know "
        "whether it keeps it. Ask whoever runs it, with the code above. Decide about the "
        "uncertain mails below, and let this go on."
    ),
    PauseReason.WITHDRAWN: gettext_lazy(
        "This is nothing that readers should get now. Publish it again; or take it out, publish "
        "the issue and correct the rest. Then let this go on."
    ),
    PauseReason.ERROR: gettext_lazy(
        "Nothing is lost. Tell whoever runs this site; the log of the worker says more."
    ),
}
"""What to do about a pause."""

_REFUSALS: Final[tuple[tuple[str, Any], ...]] = (
    ("5.1.", gettext_lazy("there is no such mailbox")),
    ("5.2.2", gettext_lazy("the mailbox is full")),
    ("5.2.", gettext_lazy("the mailbox takes no mail")),
    ("5.3.4", gettext_lazy("the mail is too large for them")),
    ("5.7.", gettext_lazy("their server does not want our mail")),
    ("4.", gettext_lazy("their server put us off until we gave up")),
)
"""By the beginning of the enhanced code (RFC 3463)."""


def remedy_for(reason: str) -> Any:
    """Returns what to do about a pause; "" where there is none."""
    return REMEDIES.get(reason, "")


def reason_of(delivery: Delivery) -> str:
    """Returns why somebody got no mail, or may have got none; "" where all is well."""
    if delivery.state == OutgoingState.SKIPPED:
        return str(delivery.get_skip_reason_display())
    if delivery.state == OutgoingState.UNCERTAIN:
        return _("the connection or the worker was lost while it was handed over")
    if delivery.state not in {OutgoingState.FAILED, OutgoingState.RETRY}:
        return ""
    words = next(
        (str(said) for begin, said in _REFUSALS if delivery.enhanced_code.startswith(begin)),
        _("refused"),
    )
    code = delivery.last_error or delivery.smtp_code
    return f"{words} ({code})" if code else words
