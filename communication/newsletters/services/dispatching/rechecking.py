"""Looks again at what was frozen, before it goes out: what was withdrawn since goes to nobody."""

import re
from datetime import datetime, timedelta
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from communication.delivery.enums import UNFINISHED_STATES
from v2v_snippets.language.locales import own_name
from v2v_snippets.publication.published import public_among
from v2v_snippets.publication.redirects import find_redirect

from ...enums import PauseReason
from ...models import Dispatch
from ...selectors import site_url
from .pausing import pause_for_trouble
from .preparing import WORDS_LENGTH, composer

AGAIN_AFTER: Final = timedelta(days=1)
"""Quotas stretch a dispatch over days. To look at it costs as much as freezing it."""

ADDRESS: Final = re.compile(r'\b(?:href|src)="([^"]+)"')


def pause_if_withdrawn(*, dispatch: Dispatch, now: datetime) -> bool:
    """Pauses a dispatch that shows what is no longer public.

    It looks when a dispatch begins, when somebody has let it go on, and once a day; between these,
    it costs no query.

    Returns:
        Whether it is paused.
    """
    looked_at = dispatch.checked_at
    if looked_at is not None and now - looked_at < AGAIN_AFTER:
        return False
    found = withdrawn_from(dispatch)
    if found:
        words = ", ".join(found)[:WORDS_LENGTH]
        pause_for_trouble(dispatch=dispatch, reason=PauseReason.WITHDRAWN, words=words, now=now)
        return True
    Dispatch.objects.filter(pk=dispatch.pk).update(checked_at=now)
    dispatch.checked_at = now
    return False


def withdrawn_from(dispatch: Dispatch) -> list[str]:
    """Names what a dispatch would still show to those who wait, and nobody is to see any more.

    That is the issue itself, a language of it, or an address of a page or picture that is not in
    the letter any more when the same version is written today, unless the page has only moved.
    """
    if dispatch.page is None:
        return [_("a deleted issue")]
    if not public_among(Page.objects.filter(pk=dispatch.page.pk)):
        return [str(dispatch.page.title)]
    issue = dispatch.page.specific
    goes_out = composer().issue_languages(issue)
    found: list[str] = []
    for variant in _variants(dispatch):
        if variant.locale in goes_out:
            found += _addresses_lost(variant, issue)
        else:
            found.append(own_name(variant.locale))
    return list(dict.fromkeys(found))


def _variants(dispatch: Dispatch) -> Any:
    """Returns the languages in which somebody may still get it; all of them before it begins."""
    rows = dispatch.variants.select_related("revision").defer("text", "compiled")
    if not dispatch.deliveries.exists():
        return rows
    waiting = dispatch.deliveries.filter(state__in=UNFINISHED_STATES, subscriber__isnull=False)
    return rows.filter(pk__in=waiting.values("variant"))


def _addresses_lost(variant: Any, issue: Any) -> list[str]:
    """Returns the addresses that a letter has and that lead nowhere today, in their order.

    Those that today's letter has, too, need no second look.
    """
    version = variant.revision.as_object() if variant.revision else issue
    letter = composer().render_issue(version, variant.locale, site_url=site_url())
    today = set(ADDRESS.findall(letter.html))
    unknown = [address for address in ADDRESS.findall(variant.html) if address not in today]
    return [address for address in unknown if not _leads_on(address)]


def _leads_on(address: str) -> bool:
    """Tells whether an old address of this site leads to where its page, still public, is now."""
    root, site = site_url(), Site.objects.filter(is_default_site=True).first()
    if site is None or not address.startswith(f"{root}/"):
        return False
    request = HttpRequest()
    request.__dict__["_wagtail_site"] = site  # as Wagtail keeps it
    return find_redirect(request, address.removeprefix(root)) is not None
