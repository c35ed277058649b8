"""The forms of readers: to subscribe, and to say what they want to read in which language."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from v2v_snippets.language.locales import content_languages, own_name

from ..models import MailingList
from ..selectors import choices_of
from .addresses import LONGEST, normalised


def named_languages() -> list[tuple[str, str]]:
    """Returns the languages of the site, each under its own name."""
    return [(code, own_name(code)) for code in content_languages()]


class ListsForm(forms.Form):
    """Asks for language and lists; what leaves no choice is not asked."""

    language = forms.ChoiceField(
        label=_("Language of the newsletters"), choices=named_languages, required=False
    )
    lists = forms.MultipleChoiceField(
        label=_("What would you like to read?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, lists: list[MailingList], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {each.slug: each for each in lists}
        self.default_language = language
        boxes: Any = self.fields["lists"]
        boxes.choices = choices_of(lists)
        self.fields["language"].initial = language
        if len(content_languages()) == 1:
            del self.fields["language"]
        if self.has_one_list:
            del self.fields["lists"]

    @property
    def has_one_list(self) -> bool:
        """Whether there is a list, but nothing to choose among."""
        return len(self.offered) == 1

    @property
    def chosen_language(self) -> str:
        """The language chosen, or the only one; after ``is_valid()``."""
        return str(self.cleaned_data.get("language") or self.default_language)

    @property
    def chosen_lists(self) -> list[MailingList]:
        """The lists chosen, or the only one; after ``is_valid()``."""
        slugs = self.cleaned_data.get("lists", list(self.offered))
        return [self.offered[slug] for slug in slugs]


class SubscribeForm(ListsForm):
    """Asks for an address, too."""

    email = forms.CharField(
        label=_("E-mail address"),
        max_length=LONGEST,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )

    field_order = ["email", "language", "lists"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "lists" in self.fields:
            self.fields["lists"].initial = list(self.offered)[:1]

    def clean_email(self) -> str:
        """Returns the address as it is kept.

        Raises:
            ValidationError: when it is none.
        """
        return normalised(self.cleaned_data["email"])


class PreferencesForm(ListsForm):
    """Shows what somebody reads; without a list, it is nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "lists" in self.fields:
            self.fields["lists"].required = False

    @property
    def has_one_list(self) -> bool:
        """Never treated so: even the only list can be left."""
        return False
