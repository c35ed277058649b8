"""Fills an issue with what has been published since the last one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.text import capfirst
from django.utils.translation import override

from v2v_snippets.publication.published import published_public

from ..blocks.issue import described
from ..issues.features import featurable_models, load_features
from ..issues.reading import FEATURE
from ..models import NewsletterPage

MOST: Final = 50
"""How many items of each type are offered, the latest first."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that could stand in the issue."""

    page: Any
    label: str
    title: str
    summary: str
    when: str
    language: str
    is_in_issue: bool


@dataclass(frozen=True, slots=True)
class Offers:
    """All that an editor can tick."""

    items: list[Offer]
    limit: int
    """How many of a type are offered, where there is more of any; 0 where nothing is left out."""


def last_issue_before(issue: NewsletterPage) -> NewsletterPage | None:
    """Returns the issue that readers got before this one; None if there was none."""
    others = published_public(NewsletterPage.objects.all())
    others = others.exclude(translation_key=issue.translation_key)
    if issue.first_published_at:
        others = others.filter(first_published_at__lt=issue.first_published_at)
    return others.order_by("-first_published_at", "-pk").first()


def offers_for(issue: NewsletterPage) -> Offers:
    """Returns what was published since the last issue, the latest first; ``MOST`` of each type.

    Each item once, in the language nearest to that of the issue. The queries are those of each
    listed type, however many items there are.
    """
    last = last_issue_before(issue)
    since = last.first_published_at if last else None
    language = issue.language
    chosen = _chosen(issue)
    offers, limit = [], 0
    with override(language):
        for model in featurable_models():
            pages = model.listed_pages(language)
            if since:
                pages = pages.filter(first_published_at__gt=since)
            latest = list(pages.order_by(*_LATEST)[: MOST + 1])
            offers += [_offer(page, chosen) for page in latest[:MOST]]
            limit = MOST if len(latest) > MOST else limit
    return Offers(sorted(offers, key=_moment, reverse=True), limit)


def add_features(
    *, issue: NewsletterPage, pages: Sequence[Any], user: Any = None
) -> NewsletterPage:
    """Adds pages to the end of the latest draft of an issue, in this order, and saves it.

    Pages that are in it already are not added twice.

    Returns:
        The draft.
    """
    draft: NewsletterPage = issue.get_latest_revision_as_object()
    chosen = _chosen(draft)
    for page in pages:
        if page.translation_key not in chosen:
            image = page.lead_image
            feature = {
                "page": page,
                "title": "",
                "text": "",
                "has_image": image is not None,
                "image": described(image),
            }
            draft.body.append((FEATURE, feature))
    draft.save_revision(user=user, log_action=True, clean=False)
    return draft


_LATEST: Final = ("-first_published_at", "-pk")


def _chosen(issue: NewsletterPage) -> set[Any]:
    """Returns the translation keys of the pages that are in an issue."""
    values = (block["value"] for block in issue.body.raw_data if block["type"] == FEATURE)
    keys = {value["page"] for value in values if value.get("page")}
    return set(load_features(keys, issue.language).keys.values())


def _offer(page: Any, chosen: set[Any]) -> Offer:
    return Offer(
        page=page,
        label=str(capfirst(page._meta.verbose_name)),
        title=page.listing_title,
        summary=page.listing_summary,
        when=page.listing_when,
        language=page.locale.language_code,
        is_in_issue=page.translation_key in chosen,
    )


def _moment(offer: Offer) -> datetime:
    moment: datetime = offer.page.first_published_at
    return moment
