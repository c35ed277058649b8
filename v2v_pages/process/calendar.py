"""The deadlines of a process as a calendar, for one day of departure that nobody keeps."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from v2v_snippets.language.formats import long_date

from ..calendars.entries import CalendarEntry, write_calendar
from .steps import Step

if TYPE_CHECKING:
    from ..models.process import MobilityProcessPage


def process_calendar(
    page: "MobilityProcessPage", steps: Iterable[Step], departure: date, changed_at: datetime
) -> bytes:
    """Returns the steps that have a deadline, in the order of their days.

    Args:
        page: The process.
        steps: Those that are asked for.
        departure: The day from which deadlines are counted.
        changed_at: When any of the texts was last published.
    """
    due = [(step.deadline.on(departure), step) for step in steps if step.deadline]
    address = page.languages.page_url
    entries = [
        CalendarEntry(
            uid=f"{page.translation_key}-{step.number}-{step.key}-{departure.isoformat()}",
            start=day,
            summary=step.title,
            description=_description(step),
            language=step.language,
            last_modified=changed_at,
            url=f"{address}#step-{step.number}",
        )
        for day, step in sorted(due, key=lambda pair: (pair[0], pair[1].number))
    ]
    day = long_date(departure, page.language)
    description = _("Departure on %(day)s. Nothing was stored of it.") % {"day": day}
    return write_calendar(
        name=page.title,
        language=page.language,
        entries=entries,
        description=description,
        url=page.languages.canonical_url,
    )


def _description(step: Step) -> str:
    roles = ", ".join(str(role.label) for role in step.roles)
    deadline = step.deadline.label if step.deadline else ""
    boxes = "\n".join(f"☐ {item}" for item in step.checklist)
    return "\n".join(filter(None, [roles, deadline, boxes]))
