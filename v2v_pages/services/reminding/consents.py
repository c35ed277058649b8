"""Editors are told that somebody on their pages may not be shown any more: once each end."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from v2v_snippets.language.formats import long_date
from v2v_snippets.models import PersonConsent

from ...consents.left_out import LeftOut, places_left_out
from ...models import ConsentReminder
from .letters import address_of, can_be_written_to, language_of, letter_to


class Telling(NamedTuple):
    """What an editor is to be told: a consent, since when it holds no more, and one page."""

    consent: PersonConsent
    over_from: date
    editor: Any
    place: LeftOut

    @property
    def occasion(self) -> tuple[Any, ...]:
        """What is told once."""
        return self.consent.pk, self.over_from, self.editor.pk


class ConsentsEnded:
    """People whom pages name still, and who are left out there since their consent has ended."""

    model = ConsentReminder

    def next_one(self, now: datetime) -> ConsentReminder | None:
        """Returns a reminder of somebody's end to an editor who was not told of it yet."""
        known: set[tuple[Any, ...]] | None = None
        for telling in _tellings(now):
            if known is None:
                rows = ConsentReminder.objects.values_list("consent", "over_from", "editor")
                known = set(rows)
            if telling.occasion not in known:
                return ConsentReminder(
                    consent=telling.consent, over_from=telling.over_from, editor=telling.editor
                )
        return None

    def letter_of(self, reminder: ConsentReminder, now: datetime) -> EmailMessage | None:
        """Returns the mail, unless the consent was renewed or the pages changed in the meantime."""
        occasion = reminder.consent_id, reminder.over_from, reminder.editor_id
        tellings = [telling for telling in _tellings(now) if telling.occasion == occasion]
        return _letter_about(tellings) if tellings else None


def _tellings(now: datetime) -> Iterator[Telling]:
    """Yields each page for whoever is told of it by mail; the start page of the admin tells all."""
    for place in places_left_out(timezone.localdate(now)):
        consent, revision = place.consent, place.page.latest_revision
        if consent.over_from is None:
            continue  # it has ended, so that there is a day
        for user in (place.page.owner, revision.user if revision else None):
            if can_be_written_to(user) and place.can_be_mended_by(user):
                yield Telling(consent, consent.over_from, user, place)
                break


def _letter_about(tellings: Sequence[Telling]) -> EmailMessage:
    consent, over_from, editor, _place = tellings[0]
    language = language_of(editor)
    with override(language):
        subject = _("Consent ended: %(name)s") % {"name": " ".join(consent.person_name.split())}
        text = ngettext(
            "The consent of %(name)s has not held since %(day)s. "
            "Readers no longer see this person. "
            "Please renew the consent, or take the part out of this page:\n\n%(pages)s",
            "The consent of %(name)s has not held since %(day)s. "
            "Readers no longer see this person. "
            "Please renew the consent, or take the part out of these pages:\n\n%(pages)s",
            len(tellings),
        ) % {
            "name": consent.person_name,
            "day": long_date(over_from, language),
            "pages": "\n\n".join(_line(telling.place) for telling in tellings),
        }
    return letter_to(editor, subject, text)


def _line(place: LeftOut) -> str:
    title = place.page.get_admin_display_title()
    return f"{title} ({place.page.locale})\n{address_of(place.edit_path)}"
