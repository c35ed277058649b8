"""The forms of the office: wordings, suppressed addresses, files."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from v2v_snippets.language.locales import default_language, language_choices

from ..enums import ConsentSource, SuppressionReason
from ..exchange.reading import LARGEST_FILE, UnreadableFileError, read_file, refuse_size
from ..models import ConsentText, MailingList, Suppression
from ..services.consent_texts import write_consent_text
from ..services.suppressing import suppress
from ..subscribers.addresses import LONGEST, normalised

READ_AT_ONCE = 300_000
"""Bytes of a file that the form itself reads to see whether it can be read."""


def versions() -> list[tuple[str, Any]]:
    """Returns what a new wording can be: a new version, or another language of the latest one."""
    choices: list[tuple[str, Any]] = [("", _("A new version, for all who subscribe from now on"))]
    latest = ConsentText.objects.order_by("-version").first()
    if latest is not None:
        label = _("Another language of version %(number)s") % {"number": latest.version}
        choices.append((str(latest.version), label))
    return choices


class ConsentTextForm(WagtailAdminModelForm):
    """Writes a wording that nobody can change afterwards."""

    of_version = forms.ChoiceField(label=_("Is"), choices=versions, required=False)

    class Meta:
        model = ConsentText
        fields = ["locale", "text"]

    def clean(self) -> dict[str, Any]:
        """Refuses a second text of one version and language."""
        cleaned: dict[str, Any] = super().clean() or {}
        version, locale = cleaned.get("of_version"), cleaned.get("locale")
        if version and ConsentText.objects.filter(version=version, locale=locale).exists():
            self.add_error("locale", _("This version has a text in this language already."))
        return cleaned

    def save(self, *args: Any, **kwargs: Any) -> ConsentText:
        """Writes it."""
        version = self.cleaned_data["of_version"]
        self.instance = write_consent_text(
            locale=self.cleaned_data["locale"],
            text=self.cleaned_data["text"],
            version=int(version) if version else None,
        )
        return self.instance


class SuppressionForm(WagtailAdminModelForm):
    """Takes an address, of which the hmac alone is kept."""

    address = forms.CharField(
        label=_("Address"),
        max_length=LONGEST,
        help_text=_("It is not kept: only a code by which it is known again."),
    )

    class Meta:
        model = Suppression
        fields = ["reason"]

    field_order = ["address", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [
            choice for choice in SuppressionReason.choices if choice[0] != SuppressionReason.ERASED
        ]
        self.order_fields(self.field_order)

    def clean_address(self) -> str:
        """Returns the address as it is known.

        Raises:
            ValidationError: when it is none.
        """
        return normalised(self.cleaned_data["address"])

    def save(self, *args: Any, **kwargs: Any) -> Suppression:
        """Suppresses the address and ends its subscriptions."""
        self.instance = suppress(
            address=self.cleaned_data["address"],
            reason=SuppressionReason(self.cleaned_data["reason"]),
            source=ConsentSource.OFFICE,
            now=timezone.now(),
        )
        return self.instance


class ImportForm(forms.Form):
    """Asks for a file, and for what it does not say itself."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A CSV file: our own export, or one of Mailchimp's three (subscribed, unsubscribed, "
            "cleaned), as it comes, up to 20 MB. Nothing is written before you have seen what "
            "would change."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv"}),
    )
    mailing_list = forms.ModelChoiceField(
        MailingList.objects.all(),
        label=_("List"),
        required=False,
        help_text=_("To which these people belong, if the file does not name it."),
    )
    locale = forms.ChoiceField(
        label=_("Language"),
        choices=language_choices,
        initial=default_language,
        help_text=_("In which they read, if the file does not say it."),
    )
    consent_source = forms.CharField(
        label=_("Source of the consent"),
        max_length=300,
        help_text=_(
            "Where and how these people agreed: “Form on old.example, double opt-in, 2019 to "
            "2026”. It is kept with each of them."
        ),
    )

    def clean_file(self) -> Any:
        """Refuses at once what cannot be read; large files are read later, by the worker.

        Raises:
            ValidationError: with what to do.
        """
        file = self.cleaned_data["file"]
        # one byte more than may be read shows that there is too much
        self.content: bytes = file.read(LARGEST_FILE + 1)
        try:
            refuse_size(self.content)
            if len(self.content) <= READ_AT_ONCE:
                read_file(self.content)
        except UnreadableFileError as error:
            raise forms.ValidationError(str(error), code="unreadable") from error
        return file
