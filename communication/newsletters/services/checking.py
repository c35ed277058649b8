"""The checklist before an issue is sent. It changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from v2v_snippets.language.locales import own_name
from v2v_snippets.publication.published import public_among

from ..issues.coverage import readers_by_language
from ..issues.reading import TEXT, image_key, stored_blocks
from ..issues.versions import (
    outdated_versions,
    ready_versions,
    versions_going_out,
    versions_of,
)
from ..rendering.footers import mail_footer
from ..rendering.issues import Draft, draft_letter
from ..rendering.placeholders import PREFERENCES_URL, UNSUBSCRIBE_URL
from ..rendering.plain_text import plain_text
from ..selectors import site_url
from .own_addresses import OwnAddresses

LONGEST_SUBJECT: Final = 60
LARGEST_KILOBYTES: Final = 90
"""Gmail cuts mails at 102 KB; each reader's own addresses make them larger."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What somebody should look at before an issue is sent, as a sentence."""

    message: str
    is_blocking: bool
    """Whether the issue must not be sent like this; else it is advice."""
    language: str = ""
    """Of the version that it is about; "" for the whole issue."""


def checklist(page: Any) -> list[Finding]:
    """Returns what is wrong with an issue, as it is given, saved or not; nothing if all is well.

    The queries grow with its languages, and with addresses of the site that were typed as such; all
    else in it costs the same, however much it is.
    """
    going_out = versions_going_out(page)
    findings = [
        *_of_list(page),
        *_of_publication(page),
        *_of_languages(page, going_out),
        *_of_originals(page, going_out),
    ]
    address, own_addresses = site_url(), OwnAddresses()
    for language, version in going_out.items():
        draft = draft_letter(page, language, site_url=address)
        found = [
            *_of_subject(version),
            *_of_images(version),
            *_of_links(version, own_addresses),
            *_of_letter(draft),
        ]
        findings += [Finding(message, is_blocking, language) for message, is_blocking in found]
    return sorted(findings, key=lambda finding: not finding.is_blocking)


Found = tuple[str, bool]
"""A sentence, and whether it is blocking."""


def _of_list(page: Any) -> Iterator[Finding]:
    if page.mailing_list is None:
        yield Finding(_("No mailing list is chosen."), is_blocking=True)
    elif not sum(readers_by_language([page.mailing_list]).values()):
        message = _("Nobody reads the list “%(name)s” yet.") % {"name": page.mailing_list}
        yield Finding(message, is_blocking=True)


def _of_publication(page: Any) -> Iterator[Finding]:
    if not page.live:
        message = _("It is not published: “Read in the browser” leads nowhere until it is.")
        yield Finding(message, is_blocking=False, language=page.locale.language_code)


def _of_languages(page: Any, going_out: dict[str, Any]) -> Iterator[Finding]:
    if not going_out:
        yield Finding(_("There is no lead text, so it goes out in no language."), is_blocking=True)
        return
    ready = ready_versions(page)
    for language in versions_of(page):
        if language in going_out:
            continue
        if language in ready:
            message = _("It does not go out in this language before it is published.")
        else:
            message = _("It does not go out in this language: text or translation is incomplete.")
        yield Finding(message, is_blocking=False, language=language)


def _of_originals(page: Any, going_out: dict[str, Any]) -> Iterator[Finding]:
    for language, is_known in outdated_versions(page, going_out).items():
        if is_known:
            message = _("The original has changed since it was translated.")
        else:
            message = _("The original was edited later: see whether both still say the same.")
        yield Finding(message, is_blocking=False, language=language)


def _of_subject(version: Any) -> Iterator[Found]:
    subject = version.subject.strip()
    if not subject:
        yield _("The subject is missing."), True
    elif len(subject) > LONGEST_SUBJECT:
        message = ngettext(
            "The subject has %(number)d character; phones show 60.",
            "The subject has %(number)d characters; phones show 60.",
            len(subject),
        )
        yield message % {"number": len(subject)}, False
    if not version.preheader.strip():
        yield _("The preheader is missing: programs show how the mail begins instead."), False


def _of_images(version: Any) -> Iterator[Found]:
    for _name, raw in _named(version):
        image = raw.get("image") if isinstance(raw, dict) else None
        if image and image_key(image) and not (image.get("decorative") or image.get("alt_text")):
            yield _("A picture has no description, and is not marked as decoration."), True


def _of_links(version: Any, own_addresses: OwnAddresses) -> Iterator[Found]:
    texts = [version.lead, *(raw for name, raw in _named(version) if name == TEXT)]
    links = [extract_attrs(tag) for text in texts for tag in FIND_A_TAG.findall(str(text or ""))]
    links += [{"href": raw["url"]} for _name, raw in _named(version) if _has_url(raw)]
    pages = {attrs["id"] for attrs in links if attrs.get("linktype") == "page" and "id" in attrs}
    public = public_among(Page.objects.filter(pk__in=pages)) if pages else set()
    for _each in range(len(pages) - len(public)):
        yield _("A link leads to a page that is not public, and is left out."), True
    for link in [attrs.get("href", "") for attrs in links if "linktype" not in attrs]:
        if not _is_address(link):
            yield _("This is no address: “%(link)s”.") % {"link": link}, True
        elif own_addresses.lead_nowhere(link):
            yield _("There is nothing on the site at “%(link)s”.") % {"link": link}, True


def _of_letter(draft: Draft) -> Iterator[Found]:
    for name in draft.left_out:
        yield _("“%(name)s” is not public, and is left out.") % {"name": name}, True
    letter = draft.letter
    kilobytes = len(letter.html.encode()) / 1024
    if kilobytes >= LARGEST_KILOBYTES:
        message = _("The mail has %(size)d KB; above %(limit)d KB, programs cut it.")
        yield message % {"size": round(kilobytes), "limit": LARGEST_KILOBYTES}, True
    if any(UNSUBSCRIBE_URL not in part for part in (letter.html, letter.text)):
        yield _("The link to unsubscribe is missing in the template of the mail."), True
    if PREFERENCES_URL not in letter.html:
        yield _("The link to the preferences is missing in the template of the mail."), True
    yield from _of_footer(draft)


def _of_footer(draft: Draft) -> Iterator[Found]:
    letter, footer = draft.letter, mail_footer(draft.letter.language)
    parts = [_in_one_line(part) for part in (letter.text, plain_text(letter.html))]
    if not footer.names_controller:
        message = _(
            "The controller's name or postal address is missing in the settings: every mail must "
            "have both."
        )
        yield message, True
    if not footer.funding:
        yield _("The site names nobody who funds it; if somebody does, they must be named."), False
    if _is_missing(footer.controller, parts):
        yield _("The address of the controller is missing in the template of the mail."), True
    if _is_missing([sentence.text for sentence in footer.funding], parts):
        yield _("The funding statement is missing in the template of the mail."), True


def _is_missing(lines: list[str], parts: list[str]) -> bool:
    """Tells whether the text or the HTML of a mail lacks any of some lines."""
    return any(_in_one_line(line) not in part for line in lines for part in parts)


def _in_one_line(text: str) -> str:
    """Returns a text as it compares with another one: neither spaces nor line ends count."""
    return " ".join(text.split())


def _named(version: Any) -> Iterator[tuple[str, Any]]:
    return ((block.name, raw) for block, raw in stored_blocks(version))


def _has_url(raw: Any) -> bool:
    return isinstance(raw, dict) and bool(raw.get("url"))


def _is_address(text: str) -> bool:
    """Tells whether a link can lead somewhere; whether it does is another question."""
    scheme, _colon, rest = text.partition(":")
    validate = EmailValidator() if scheme == "mailto" else URLValidator(["http", "https"])
    if scheme == "tel" or text.startswith("#"):
        return bool(rest)
    try:
        validate(rest.partition("?")[0] if scheme == "mailto" else text)
    except ValidationError:
        return False
    return True


def language_name(finding: Finding) -> str:
    """Returns the own name of the language that a finding is about; "" for the whole issue."""
    return own_name(finding.language) if finding.language else ""
