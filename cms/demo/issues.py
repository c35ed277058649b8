"""The demo's newsletter: an archive with one issue, which says what the kick-off article says."""

from typing import Any, Final

from communication.newsletters.models import MailingList, NewsletterIndexPage, NewsletterPage
from v2v_snippets.models import GlossaryConcept

from .events import event_names
from .identifiers import identifier
from .newsletters import SLUG
from .pages import ARTICLE, HOME, find_page, publish
from .streams import stream

ARCHIVE: Final = "newsletters"
ISSUE: Final = "newsletter-kick-off"
TERM: Final = "C-0001"
"""Vocational education and training, which the project is about."""

LEAD: Final = (
    "<p>The kick-off meeting of the pilot project V2V – VET to VET has ended. All twelve project "
    "partners took part in five web meetings, from 15 to 25 March 2021.</p>"
    "<p>The twinnings were activated: five European schools will work alongside five Western "
    "Balkan schools for the three years of the project.</p>"
)


def load_issues() -> None:
    """Adds and publishes the archive and its issue, in English."""
    home = find_page(HOME)
    archive = NewsletterIndexPage(
        title="Newsletters",
        slug=ARCHIVE,
        introduction="What the twinned schools have done and plan.",
        locale=home.locale,
        translation_key=identifier("page", ARCHIVE),
        live=False,
    )
    home.add_child(instance=archive)
    publish(archive)
    issue = NewsletterPage(
        title="The project took off",
        slug="kick-off",
        subject="The pilot project V2V took off",
        preheader="Twelve partners, five web meetings and five twinnings",
        lead=LEAD,
        body=_body(),
        mailing_list=MailingList.objects.get(slug=SLUG),
        locale=home.locale,
        translation_key=identifier("page", ISSUE),
        live=False,
    )
    archive.add_child(instance=issue)
    publish(issue)


def issue_names() -> list[str]:
    """Returns the names of the archive and its issue, the parent first."""
    return [ARCHIVE, ISSUE]


def _body() -> str:
    term = GlossaryConcept.objects.get(identifier=TERM)
    blocks = [
        ("feature", _feature(ARTICLE)),
        ("heading", "Dates"),
        *(("feature", _feature(name)) for name in event_names()),
        ("heading", "Term of the month"),
        ("term", {"concept": term.pk}),
    ]
    return stream(ISSUE, blocks)


def _feature(name: str) -> dict[str, Any]:
    page = find_page(name)
    image = page.lead_image
    stored = {"image": None, "decorative": False, "alt_text": None}
    if image is not None:
        stored = {"image": image.pk, "decorative": False, "alt_text": image.default_alt_text}
    return {
        "page": page.pk,
        "title": "",
        "text": "",
        "has_image": image is not None,
        "image": stored,
    }
