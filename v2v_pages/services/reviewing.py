"""Marks an article of the repository as reviewed, in all its languages at once."""

from datetime import date
from typing import Any, Final

from django.utils import timezone
from wagtail.log_actions import log

from v2v_snippets.publication.changes import recording_changes
from v2v_snippets.signals import rows_written

from ..models import RepositoryArticlePage
from ..models.repository import REVIEW_EVERY

REVIEWED: Final = "v2v_pages.reviewed"
"""In Wagtail's log of what happened to a page."""


def may_review(page: RepositoryArticlePage, user: Any) -> bool:
    """Tells whether somebody may vouch for what readers see: who publishes, or is responsible."""
    rights = page.permissions_for_user(user)
    is_responsible = page.responsible_id is not None and page.responsible_id == user.pk
    return bool(rights.can_publish() or (is_responsible and rights.can_edit()))


def mark_reviewed(
    *, page: RepositoryArticlePage, user: Any, next_review_on: date | None = None
) -> list[RepositoryArticlePage]:
    """Notes that somebody has read the article today and vouches for it until the next review.

    Args:
        page: Any version of it.
        user: Who has read it.
        next_review_on: When it is due again; half a year from now, unless given.

    Returns:
        All versions of the article, drafts included, as they stand now.

    Raises:
        ValueError: when the next review is not in the future.
    """
    today = timezone.localdate()
    due_on = next_review_on or today + REVIEW_EVERY
    if due_on <= today:
        raise ValueError("The next review must be after today.")
    with recording_changes():
        versions = RepositoryArticlePage.objects.filter(translation_key=page.translation_key)
        versions.update(last_reviewed_on=today, review_on=due_on)
        reviewed = list(versions.order_by("pk"))
        rows_written.send(sender=RepositoryArticlePage, keys=[each.pk for each in reviewed])
        for version in reviewed:
            data = {"review_on": due_on.isoformat()}
            log(instance=version, action=REVIEWED, user=user, data=data)
    return reviewed
