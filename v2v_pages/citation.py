"""How to quote an article, and how to report a mistake on a page; nothing of either is stored."""

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import override

from v2v_snippets.language.formats import long_date
from v2v_snippets.publication.site_name import site_name

if TYPE_CHECKING:
    from .models.articles import ArticlePage
    from .models.base import BasePage


def citation(page: "ArticlePage", address: str) -> str:
    """Returns authors, title, date, address, licence and review, in the language of the text."""
    with override(page.language):
        project = site_name()
        authors = [author.name for author in page.listing_authors]
        day = long_date(page.published_on, page.language)
        if page.is_publication_assumed:
            day = _("%(day)s (date assumed)") % {"day": day}
        parts = [
            f"{', '.join(authors) or project}: {page.title}",
            f"{project}, {day}" if authors else day,
            address,
            str(page.get_licence_display()),
        ]
        if page.review_on:
            review = long_date(page.review_on, page.language)
            parts.append(_("To be reviewed on %(day)s") % {"day": review})
        # some languages end their dates with the stop that ends the part
        return ". ".join(part.removesuffix(".") for part in parts)


def term_citation(page: "BasePage", term: str, identifier: str, uri: str) -> str:
    """Returns project, term, glossary, permanent address and licence, in the page's language.

    Without ``term`` and ``identifier`` it is the glossary as a whole that is quoted.
    """
    with override(page.language):
        concept = f"“{term}” ({identifier})" if identifier else ""
        parts = [site_name(), concept, page.title, uri, str(page.get_licence_display())]
        if page.review_on:
            review = long_date(page.review_on, page.language)
            parts.append(_("To be reviewed on %(day)s") % {"day": review})
        return ". ".join(part.removesuffix(".") for part in parts if part)


def term_suggestion(about: str, address: str) -> tuple[str, str]:
    """Returns subject and text of a letter that suggests a term; ``about`` may be empty."""
    subject = _("A term for the glossary: %(about)s") % {"about": about or "…"}
    questions = [
        _("Which term do you suggest, and in which language?"),
        _("What does it mean?"),
        _("Where is it used? Please name a source."),
    ]
    return subject, "\n\n".join([address, *questions, ""])


def mistake_report(title: str, address: str) -> tuple[str, str]:
    """Returns subject and text of a letter that its reader only has to complete."""
    subject = _("A mistake in: %(title)s") % {"title": title}
    questions = [_("What is wrong?"), _("What would be right?")]
    return subject, "\n\n".join([address, *questions, ""])


def mail_address(address: str, subject: str, body: str) -> str:
    """Returns a ``mailto:`` address with subject and text filled in (RFC 6068)."""
    lines = body.replace("\n", "\r\n")
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject)}&body={quote(lines)}"
