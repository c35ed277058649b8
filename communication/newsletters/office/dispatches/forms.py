"""What an editor says to send an issue: to whom, when, and first of all to whom as a test."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.localization import get_available_admin_time_zones

from v2v_snippets.language.locales import own_name

from ...models import MailingList
from ...services.dispatching.scheduling import local_moment
from ...subscribers.addresses import normalised
from .planning import Plan

NOW: Final = "now"
LATER: Final = "later"
MOST_ADDRESSES: Final = 5


class PlanForm(forms.Form):
    """When to send."""

    when = forms.ChoiceField(
        label=_("When"),
        choices=[(NOW, _("Now, with ten minutes to undo")), (LATER, _("At a time"))],
        widget=forms.RadioSelect,
        initial=NOW,
    )
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    time = forms.TimeField(
        label=_("Time"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = get_available_admin_time_zones()
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"),
            choices=[(zone, zone.replace("_", " ")) for zone in zones],
            initial=timezone.get_current_timezone_name(),
        )

    def clean(self) -> dict[str, Any]:
        """Makes a moment of day, time and zone."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("when") == LATER and "time_zone" in data:
            data["at"] = self._moment(data)
        return data

    def _moment(self, data: dict[str, Any]) -> datetime | None:
        for name in ("day", "time"):
            if name not in self.errors and not data.get(name):
                self.add_error(name, self.fields["when"].error_messages["required"])
        if self.errors:
            return None
        moment = local_moment(datetime.combine(data["day"], data["time"]), data["time_zone"])
        if moment <= timezone.now():
            self.add_error("day", gettext("This time has passed."))
        return moment

    @property
    def plan(self) -> Plan:
        """What was filled in."""
        return Plan(self.cleaned_data.get("at"), self.cleaned_data["time_zone"])


class SendForm(PlanForm):
    """To whom and when an issue goes."""

    lists = forms.ModelMultipleChoiceField(
        MailingList.objects.all(),
        label=_("Lists"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever reads several of them gets one mail."),
    )
    again = forms.BooleanField(
        label=_("Send it again to readers who have got it before"), required=False
    )
    field_order = ["lists", "when", "day", "time", "time_zone", "again"]

    def __init__(self, *args: Any, readers: dict[int, int], reached: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists: Any = self.fields["lists"]
        lists.queryset = MailingList.objects.with_texts()
        lists.label_from_instance = lambda each: _named(each, readers.get(each.pk, 0))
        words = ngettext(
            "%(number)d reader has got it, or is about to, and is left out unless this is ticked.",
            "%(number)d readers have got it, or are about to, and are left out unless this is "
            "ticked.",
            reached,
        )
        self.fields["again"].help_text = words % {"number": reached}
        if not reached:
            del self.fields["again"]


class TrialForm(forms.Form):
    """To whom a test goes, and in which languages."""

    addresses = forms.CharField(
        label=pgettext_lazy("mail", "To"),
        help_text=_("At most five addresses, with commas between them."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, languages: Sequence[str], own: str, may_type: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["languages"]
        choices.choices = [(code, own_name(code)) for code in languages]
        choices.initial = languages[:1]
        addresses = self.fields["addresses"]
        addresses.initial, addresses.disabled = own, not may_type
        if not may_type:
            addresses.help_text = _("Your own address; those who may send choose others.")

    def clean_addresses(self) -> list[str]:
        """Returns the addresses, each once, as they are kept."""
        typed = [each.strip() for each in self.cleaned_data["addresses"].split(",")]
        found = list(dict.fromkeys(normalised(each) for each in typed if each))
        if len(found) > MOST_ADDRESSES:
            raise ValidationError(gettext("At most five addresses, with commas between them."))
        return found


class CorrectionForm(forms.Form):
    """For whom a correction is, where the rest of the readers has got a corrected text."""

    EARLIER: Final = "earlier"
    ALL: Final = "all"

    readers = forms.ChoiceField(
        label=_("Who had the mistake?"), choices=(), initial=EARLIER, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, by_text: tuple[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        earlier, corrected = by_text
        told = gettext("Only those who got it before the rest was corrected (%(number)d)")
        all_told = gettext("All who have got it: the corrected text is wrong, too (%(number)d)")
        readers: Any = self.fields["readers"]
        readers.choices = [
            (self.EARLIER, told % {"number": earlier}),
            (self.ALL, all_told % {"number": earlier + corrected}),
        ]


class DecisionForm(forms.Form):
    """What is to become of an uncertain mail."""

    AGAIN: Final = "again"
    ARRIVED: Final = "arrived"
    LOST: Final = "lost"

    decision = forms.ChoiceField(
        label=_("What do you know?"),
        choices=[
            (AGAIN, _("Nothing: send it again. Mail programs show two of the same id as one")),
            (ARRIVED, _("It has arrived, as a log or its reader says")),
            (LOST, _("It has not arrived, and is not to be sent again")),
        ],
        widget=forms.RadioSelect,
    )


def _named(mailing_list: MailingList, number: int) -> str:
    words = ngettext("%(name)s (%(number)d reader)", "%(name)s (%(number)d readers)", number)
    return words % {"name": mailing_list, "number": number}
