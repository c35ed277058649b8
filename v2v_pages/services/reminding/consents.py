"""Editors are told that somebody on their pages may not be shown any more: once each end."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from v2v_snippets.language.formats import long_date

from ...consents.left_out import LeftOut, places_left_out
from ...models import ConsentReminder
from .letters import address_of, can_be_written_to, language_of, letter_to


class ConsentsEnded:
    """People whom pages name still, and who are left out there since their consent has ended."""

    model = ConsentReminder

    def next_one(self, now: datetime) -> ConsentReminder | None:
        """Returns a reminder of somebody's end to an editor who was not told of it yet."""
        known: set[tuple[Any, ...]] | None = None
        for editor, place in _told_of(now):
            if known is None:
                rows = ConsentReminder.objects.values_list("consent", "over_from", "editor")
                known = set(rows)
            if (place.consent.pk, place.over_from, editor.pk) not in known:
                return ConsentReminder(
                    consent=place.consent, over_from=place.over_from, editor=editor
                )
        return None

    def letter_of(self, reminder: ConsentReminder, now: datetime) -> EmailMessage | None:
        """Returns the mail, unless the consent was renewed or the pages changed in the meantime."""
        places = [
            place
            for editor, place in _told_of(now)
            if (place.consent.pk, editor.pk) == (reminder.consent_id, reminder.editor_id)
            and place.over_from == reminder.over_from
        ]
        return _letter_about(places, reminder.editor) if places else None


def _told_of(now: datetime) -> Iterator[tuple[Any, LeftOut]]:
    """Yields each place with who is to be told of it; the start page of the admin tells all."""
    for place in places_left_out(timezone.localdate(now)):
        revision = place.page.latest_revision
        for user in (place.page.owner, revision.user if revision else None):
            if can_be_written_to(user) and place.can_be_mended_by(user):
                yield user, place
                break


def _letter_about(places: Sequence[LeftOut], editor: Any) -> EmailMessage:
    consent, language = places[0].consent, language_of(editor)
    with override(language):
        subject = _("Consent ended: %(name)s") % {"name": " ".join(consent.person_name.split())}
        text = ngettext(
            "The consent of %(name)s has not held since %(day)s. "
            "Readers no longer see this person. "
            "Please renew the consent, or take the part out of this page:\n\n%(pages)s",
            "The consent of %(name)s has not held since %(day)s. "
            "Readers no longer see this person. "
            "Please renew the consent, or take the part out of these pages:\n\n%(pages)s",
            len(places),
        ) % {
            "name": consent.person_name,
            "day": long_date(places[0].over_from, language),
            "pages": "\n\n".join(_line(place) for place in places),
        }
    return letter_to(editor, subject, text)


def _line(place: LeftOut) -> str:
    title = place.page.get_admin_display_title()
    return f"{title} ({place.page.locale})\n{address_of(place.edit_path)}"
