"""Publishes what is to go live and takes down what has expired, as Wagtail's own command does.

The effects are those of ``publish_scheduled``: the same actions with the same log entries and
signals. The differences make it fit for several workers and for errors: each object has a
transaction of its own in which its row is locked, so that no two workers publish it, and an object
that fails leaves the others alone.

Two things that Wagtail does, and that surprise:

* Expiry cancels a publication that was scheduled for the same object.
* *Scheduling* a page that is live without a ``live_revision`` takes it off the site at once, until
  its date (``PublishRevisionAction``). Only code that creates live pages without publishing a
  revision makes such pages, so imports and demo content publish through revisions.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.db.models import Model
from wagtail.models import DraftStateMixin, Revision

from v2v_snippets.publication.changes import recording_changes

from ..selectors import ScheduledChange


def apply_scheduled_change(*, change: ScheduledChange, now: datetime) -> bool:
    """Publishes or expires one object, all of it or nothing.

    Returns:
        Whether this call did it: not if another worker is at it or was faster, or if an editor has
        changed the schedule meanwhile.

    Raises:
        ObjectDoesNotExist: when the object of a revision is gone.
        Exception: what a receiver of Wagtail's signals or the validation of the page raises.
    """
    with recording_changes():
        if change.model is Revision:
            return _publish(change.pk, now)
        return _expire(change.model, change.pk, now)


def _expire(model: type[Model], pk: Any, now: datetime) -> bool:
    if not _lock(model, pk):
        return False
    due = model._default_manager.filter(pk=pk, live=True, expire_at__lte=now)
    expired: DraftStateMixin | None = due.first()
    if expired is None:
        return False
    expired.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def _publish(revision_pk: Any, now: datetime) -> bool:
    due = Revision.objects.filter(pk=revision_pk, approved_go_live_at__lte=now)
    revision = due.select_related("base_content_type").first()
    if revision is None:
        return False
    model = revision.base_content_type.model_class()
    if model is None or not model._default_manager.filter(pk=revision.object_id).exists():
        raise ObjectDoesNotExist(f"Revision {revision.pk} is scheduled, but its object is gone")
    if not _lock(model, revision.object_id):
        return False
    revision = due.first()  # as it stands now that nobody else can publish the object
    if revision is None:
        return False
    revision.publish(log_action="wagtail.publish.scheduled")
    return True


def _lock(model: type[Model], pk: Any) -> bool:
    """Locks an object until the transaction ends; False if it is gone or another worker has it.

    On SQLite there are no row locks: a transaction that begins as IMMEDIATE excludes all others.
    """
    skip_locked = connection.features.has_select_for_update_skip_locked
    rows = model._default_manager.select_for_update(skip_locked=skip_locked).filter(pk=pk)
    return bool(rows.values_list("pk", flat=True))
