"""What people fill in about partner sites, their keys and their webhooks."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from v2v_snippets.language.locales import language_choices

from .enums import CONTENT_EVENTS, ApiScope
from .listing_types import listing_type_choices
from .origins import normal_origin

USUAL_LIFE: Final = timedelta(days=365)
LONGEST_GRACE: Final = 30
FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
LAST: Final = datetime(2199, 12, 31, tzinfo=UTC)
"""What lies beyond is a mistake of typing, and no database can turn it into every time zone."""
WITHIN: Final = [MinValueValidator(FIRST), MaxValueValidator(LAST)]


class OriginsField(forms.CharField):
    """Origins, one in each line; written as browsers send them, whatever was typed."""

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        """Shows a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Reads lines as a list, each origin once.

        Raises:
            ValidationError: names every line that is no origin.
        """
        origins, errors = [], []
        for line in str(value or "").split():
            try:
                origins.append(normal_origin(line))
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return list(dict.fromkeys(origins))


class PartnerSiteForm(WagtailAdminModelForm):
    """Asks for the lists that a partner site has in the words that people use."""

    allowed_origins = OriginsField(
        label=_("Allowed origins"),
        required=False,
        help_text=_(
            "One in each line, as in https://www.school.eu. Scripts in browsers may use the keys "
            "on these sites only; servers need none."
        ),
    )
    locales = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=language_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Which languages its keys may ask for. None ticked: all."),
    )
    types = forms.MultipleChoiceField(
        label=_("Types"),
        choices=listing_type_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Which lists its keys may read, beside reference data. None ticked: all."),
    )


class WebhookEndpointForm(WagtailAdminModelForm):
    """Asks what an endpoint is told of in the words that people use."""

    event_types = forms.MultipleChoiceField(
        label=pgettext_lazy("webhook", "Events"),
        choices=[(event.value, event.label) for event in CONTENT_EVENTS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: all."),
    )
    locales = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=language_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Changes of versions in these languages. None ticked: all that the site has."),
    )
    types = forms.MultipleChoiceField(
        label=_("Types"),
        choices=listing_type_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: all that the site has, and pages that are in no list."),
    )


class SecretRotationForm(forms.Form):
    """Asks how long the old secret still signs beside the one that replaces it."""

    grace_days = forms.IntegerField(
        label=_("Days of both secrets"),
        min_value=0,
        max_value=LONGEST_GRACE,
        initial=7,
        help_text=_(
            "How long the old secret still signs, too. Let the webmaster change it meanwhile."
        ),
    )


class EnablingForm(forms.Form):
    """Asks what becomes of what an endpoint has missed."""

    catch_up = forms.BooleanField(
        label=_("Send what it has missed"),
        required=False,
        initial=True,
        help_text=_("All changes since it began to fail, in order. They are kept for 90 days."),
    )


class ReplayForm(forms.Form):
    """Asks which changes an endpoint is to be told again."""

    since = forms.DateTimeField(
        label=pgettext_lazy("moment", "From"), widget=AdminDateTimeInput, validators=WITHIN
    )
    until = forms.DateTimeField(
        label=pgettext_lazy("moment", "To"),
        widget=AdminDateTimeInput,
        required=False,
        validators=WITHIN,
        help_text=_("Empty: until now."),
    )
    everything = forms.BooleanField(
        label=_("Also what has arrived"),
        required=False,
        help_text=_("Otherwise only what was given up, left out, or never sent."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuses a time that ends before it begins.

        Raises:
            ValidationError: when nothing can have happened in it.
        """
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and since >= (until or timezone.now()):
            raise ValidationError(_("The time is to end after it begins."))
        return cleaned


class LifeForm(forms.Form):
    """Asks what a key is called, and how long it lives."""

    label = forms.CharField(
        label=_("Label"),
        max_length=80,
        required=False,
        help_text=_("What it is for: the news of the site"),
    )
    valid_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=AdminDateInput,
        validators=[MaxValueValidator(LAST.date())],
        help_text=_("The last day on which it opens anything. Empty: until it is revoked."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_until"].initial = timezone.localdate() + USUAL_LIFE

    def clean_valid_until(self) -> date | None:
        """Refuses a day that is over.

        Raises:
            ValidationError: when the key would be born expired.
        """
        day: date | None = self.cleaned_data["valid_until"]
        if day is not None and day < timezone.localdate():
            raise ValidationError(_("That day is over: the key would open nothing."))
        return day

    @property
    def life(self) -> dict[str, Any]:
        """Label and end of the key, as the services take them."""
        return {
            "label": self.cleaned_data["label"],
            "expires_at": end_of(self.cleaned_data["valid_until"]),
        }


class KeyForm(LifeForm):
    """Asks what a new key is to be good for."""

    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        choices=ApiScope.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[ApiScope.READ],
    )

    field_order = ["label", "scopes", "valid_until"]


class RotationForm(LifeForm):
    """Asks how long the old key goes on beside the one that replaces it."""

    grace_days = forms.IntegerField(
        label=_("Days of both"),
        min_value=0,
        max_value=LONGEST_GRACE,
        initial=7,
        help_text=_("How long the old key still works. Let the webmaster change it meanwhile."),
    )

    field_order = ["label", "grace_days", "valid_until"]


def end_of(day: date | None) -> datetime | None:
    """Returns the midnight that ends a day, the first moment of the next; None for none."""
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
