"""Words in another language than the text around them, so that they are read aloud in their own.

Stored as ``<a linktype="language" lang="sq">``, as terms are: a link is the only element with
attributes that wagtail-localize keeps inside its sentence. Pages, feeds and API show a ``<span>``
(WCAG 2.2, 3.1.2: Language of Parts).
"""

import re
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import LinkHandler

from .language.locales import content_languages, own_name

LONGEST_TAG: Final = 35
"""In letters, as BCP 47 (4.4.1) advises."""

TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
"""What may name a language; of BCP 47, the part that needs no register."""

_PART: Final = re.compile(r'<a lang="([A-Za-z0-9-]+)">(.*?)</a>', re.DOTALL)


class LanguageLinkHandler(LinkHandler):
    """Says the language of some words; an invalid one leaves them plain text."""

    identifier = "language"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        """Returns the opening tag, of a link to nowhere: ``with_spans()`` makes it a span."""
        language = valid_tag(attrs.get("lang", ""))
        return f'<a lang="{language}">' if language else "<a>"

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: Sequence[dict[str, str]]) -> list[str]:
        """Returns the opening tags of all parts in a text."""
        return [cls.expand_db_attributes(attrs) for attrs in attrs_list]


def with_spans(html: str) -> str:
    """Returns rich text as it is shown, with its parts in other languages as spans."""
    return _PART.sub(r'<span lang="\1">\2</span>', html)


def valid_tag(text: str) -> str:
    """Returns a language tag as it may stand in a page; "" for what is none."""
    return text if len(text) <= LONGEST_TAG and TAG.fullmatch(text) else ""


def named_languages() -> list[tuple[str, str]]:
    """Returns the languages of the site under their own names, and nothing chosen before them."""
    return [("", "---------"), *((code, own_name(code)) for code in content_languages())]


class LanguageForm(forms.Form):
    """Asks for the language of the selected words."""

    language = forms.ChoiceField(label=_("Language"), required=False, choices=named_languages)
    other = forms.CharField(
        label=_("Another language"),
        required=False,
        max_length=LONGEST_TAG,
        validators=[RegexValidator(rf"^{TAG.pattern}\Z", _("This is no language tag."))],
        help_text=_("Its tag, such as “la” for Latin, “fr” for French or “de-AT”."),
    )

    def clean(self) -> dict[str, Any]:
        """Requires exactly one language.

        Raises:
            ValidationError: when there are two, or none.
        """
        cleaned = super().clean() or {}
        given = [text for name in ("language", "other") if (text := cleaned.get(name))]
        if len(given) != 1 and not self.errors:
            raise forms.ValidationError(_("Choose a language, or write its tag: one of the two."))
        return cleaned | {"chosen": "".join(given)}


def part_data(language: str) -> dict[str, str]:
    """Returns what the editor keeps of words in a language."""
    return {"lang": language, "name": own_name(language)}
