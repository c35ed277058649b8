"""An issue as a letter, in one language, for all readers of it.

What differs from reader to reader are two addresses: see ``placeholders``.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.translation import override

from v2v_snippets.publication.site_name import site_name
from v2v_snippets.publication.urls import full_url_in

from ..issues.parts import Part, WordsPart
from ..issues.reading import Found, Reading
from ..issues.versions import ready_versions, versions_going_out, versions_of
from .footers import mail_footer
from .mjml import clean_words, compile_mjml
from .placeholders import PREFERENCES_URL, UNSUBSCRIBE_URL
from .plain_text import plain_text, tidy

FOLDER: Final = "communication_newsletters/mails"


@dataclass(frozen=True, slots=True)
class IssueLetter:
    """An issue as it is sent to all readers of one language."""

    subject: str
    preheader: str
    html: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter, and the names of what had to be left out of it."""

    letter: IssueLetter
    left_out: list[str]


def issue_languages(page: Any) -> tuple[str, ...]:
    """Returns the languages in which an issue goes out, that of the original first.

    A language goes out when the issue has its own lead text in it, and its translation is complete
    and published.
    """
    return tuple(versions_going_out(page))


def draft_languages(page: Any) -> tuple[str, ...]:
    """Returns the languages in which an issue can be tested: also those not published yet."""
    return tuple(ready_versions(page))


def render_issue(page: Any, language: str, *, site_url: str) -> IssueLetter:
    """Returns an issue as a letter in one of its languages.

    Args:
        page: The issue, in any of its languages; that version is taken as it is, saved or not.
        language: Of the letter.
        site_url: Where addresses of pictures begin; no slash behind.

    Raises:
        LookupError: when there is no version in this language, complete or not.
    """
    return draft_letter(page, language, site_url=site_url).letter


def draft_letter(page: Any, language: str, *, site_url: str) -> Draft:
    """Returns the same letter, and what had to be left out since nobody may read it."""
    versions = versions_of(page)
    if language not in versions:
        raise LookupError(f"There is no version of this issue in {language!r}.")
    issue = versions[language]
    with override(language):
        reading = Reading([issue], language, site_url)
        found = reading.found(issue)
        words = [clean_words(reading.words(issue.lead)), *map(_words_of, found.parts)]
        context = _context(issue, found, words, language)
        letter = IssueLetter(
            subject=" ".join(issue.subject.split()) or issue.title,
            preheader=issue.preheader,
            html=_html(context),
            text=tidy(render_to_string(f"{FOLDER}/issue.txt", context)) + "\n",
            language=language,
        )
    return Draft(letter, found.left_out)


def _context(issue: Any, found: Found, words: list[str], language: str) -> dict[str, Any]:
    lead, *texts = words
    rows = [
        {"part": part, "kind": part.kind, "html": html, "text": plain_text(html), "name": name}
        for part, html, name in zip(found.parts, texts, _names(len(texts)), strict=True)
    ]
    return {
        "issue": issue,
        "language": language,
        "site_name": site_name(),
        "lead": {"html": lead, "text": plain_text(lead), "name": _LEAD},
        "rows": rows,
        "browser_url": full_url_in(issue, language) if issue.pk else "",
        "unsubscribe_url": UNSUBSCRIBE_URL,
        "preferences_url": PREFERENCES_URL,
        "footer": mail_footer(language),
    }


def _html(context: dict[str, Any]) -> str:
    source = render_to_string(f"{FOLDER}/issue.mjml", context)
    places = [context["lead"], *context["rows"]]
    return compile_mjml(source, {place["name"]: place["html"] for place in places})


def _words_of(part: Part) -> str:
    return clean_words(part.html) if isinstance(part, WordsPart) else ""


def _names(number: int) -> list[str]:
    return [f"@@words-{each}@@" for each in range(number)]


_LEAD: Final = "@@lead@@"
