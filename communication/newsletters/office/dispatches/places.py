"""Where the pages of sending lie, and how a dispatch is called there."""

from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ...enums import DispatchKind
from ...models import Dispatch

NAMESPACE: Final = "communication_newsletters_dispatch"


def place(name: str, *args: Any) -> str:
    """Returns the address of one of our pages."""
    return reverse(f"{NAMESPACE}:{name}", args=args)


def dispatch_url(dispatch: Dispatch) -> str:
    """Returns where it is seen how far a dispatch is."""
    return place("inspect", dispatch.pk)


def title_of(dispatch: Dispatch) -> str:
    """Returns the title of what is sent."""
    title = dispatch.page.title if dispatch.page else _("a deleted issue")
    if dispatch.kind == DispatchKind.CORRECTION:
        return _("Correction: %(title)s") % {"title": title}
    return str(title)


def lists_of(dispatch: Dispatch) -> str:
    """Returns the names of the lists that it goes to."""
    return ", ".join(str(each) for each in dispatch.mailing_lists.all())


def told_moment(dispatch: Dispatch) -> str:
    """Returns for when a dispatch is scheduled, in the time zone in which that was chosen."""
    moment = dispatch.scheduled_for
    if moment is None:
        return "–"
    with timezone.override(dispatch.time_zone or timezone.get_default_timezone()):
        local = date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
    return f"{local} ({dispatch.time_zone})"
