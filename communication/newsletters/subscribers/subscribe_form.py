"""The form as pages show it: with a fresh stamp, and the words that its reader agrees to."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, override

from v2v_snippets.language.reading import readers_language

from ..models import ConsentText
from ..selectors import consent_text, described, open_lists
from .forms import SubscribeForm
from .stamps import make_stamp


@dataclass(frozen=True, slots=True)
class FreshForm:
    """All that the template of the form shows."""

    form: SubscribeForm
    action: str
    stamp: str
    text: ConsentText
    notice: str = ""
    """Why the form is shown again."""

    @property
    def only_list(self) -> Any:
        """The list that is not chosen, since there is no other; "" where there is a choice."""
        return described(next(iter(self.form.offered.values()))) if self.form.has_one_list else ""


def fresh_form(form: SubscribeForm | None = None, notice: str = "") -> FreshForm:
    """Returns the form for the reader of the page being written: four queries.

    Args:
        form: One that was sent, to be shown as it was filled.
        notice: Why it is shown again.
    """
    language = readers_language()
    with override(language):
        action = reverse("communication_newsletters:subscribe")
    # in the language of the text around it, which may be another one where a page lacks translation
    text = consent_text(get_language() or language)
    return FreshForm(
        form=form or SubscribeForm(lists=open_lists(), language=language),
        action=action,
        stamp=make_stamp(text.version, text.locale, text.hash),
        text=text,
        notice=notice,
    )
