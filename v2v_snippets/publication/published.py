"""The one rule of what the public may see. Every page, list, feed and API answer goes through it.

Wagtail's own ``live().public()`` does not do: it takes a live page under a drafted one for
published, keeps expired pages until a command runs, and counts the aliases that wagtail-localize
makes as translations.
"""

from typing import Final, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr
from django.utils import timezone
from wagtail.models import Page

MAX_DEPTH: Final = 12
"""Deepest level of the tree that can be public. Deeper pages stay hidden: the rule fails closed."""

PageSet = TypeVar("PageSet", bound="QuerySet[Page]")


def _lineage() -> "QuerySet[Page]":
    """The page of the outer query and all its ancestors, found by the unique index on ``path``."""
    steps = range(1, MAX_DEPTH + 1)
    return Page.objects.filter(
        path__in=[Substr(OuterRef("path"), 1, Page.steplen * step) for step in steps]
    ).order_by()


def published(queryset: PageSet) -> PageSet:
    """Keeps the pages that are on the site, whether for everybody or for some.

    A page is published when it and all its ancestors are live and within their dates, and it is not
    an alias. Costs no query of its own.
    """
    now = timezone.now()
    off_site = Q(live=False) | Q(expire_at__lte=now) | Q(go_live_at__gt=now)
    return queryset.filter(alias_of__isnull=True, depth__lte=MAX_DEPTH).exclude(
        Exists(_lineage().filter(off_site, depth__gt=1))
    )


def published_public(queryset: PageSet) -> PageSet:
    """Keeps the published pages that everybody may read: no view restriction here or above.

    Takes no request on purpose: what a session may see must never reach a cache or a partner site.
    """
    return published(queryset).exclude(Exists(_lineage().filter(view_restrictions__isnull=False)))
