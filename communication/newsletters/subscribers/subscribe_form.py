"""The form as pages show it: with a fresh stamp, and the words that its reader agrees to."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override

from v2v_snippets.language.reading import readers_language

from ..frame import privacy_url
from ..models import ConsentText, MailingList
from ..selectors import consent_text, described, open_lists, words_about
from .forms import SubscribeForm
from .stamps import make_stamp


@dataclass(frozen=True, slots=True)
class FreshForm:
    """All that the template of the form shows."""

    form: SubscribeForm
    action: str
    stamp: str
    text: ConsentText
    privacy_url: str = ""
    """Where readers learn what happens to their address; "" where the site does not say so."""
    notice: str = ""
    """Why the form is shown again."""

    @property
    def only_list(self) -> MailingList | None:
        """The list that is not chosen, since there is no other; None where there is a choice."""
        return next(iter(self.form.offered.values())) if self.form.has_one_list else None

    @property
    def only_choice(self) -> Any:
        """What readers see in place of a choice; "" where there is one."""
        return described(self.only_list) if self.only_list else ""

    @property
    def summary(self) -> str:
        """What is subscribed to, as plain text; "" where there is a choice."""
        return words_about(self.only_list) if self.only_list else ""


def fresh_form(
    request: HttpRequest | None, form: SubscribeForm | None = None, notice: str = ""
) -> FreshForm:
    """Returns the form for the reader of the page being written: four queries.

    Args:
        request: For the page, if it is known.
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
        privacy_url=privacy_url(request) if request else "",
        notice=notice,
    )
