"""Writes the log of changes: one transaction after the other, each at its very end.

The lock comes before the comparison. Two transactions that hide and show the same pages see each
other's work there, and the last one tells how it ended.
"""

from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from v2v_snippets.publication.withdrawn import withdrawn_images

from ..clock import next_boundary_at, note_what_time_changed
from ..comparing import Comparison, compare
from ..models import Change, ContentVersion, PublicItem
from ..notes import Notes
from ..public_items import MANY, Extent, boundaries_of, items_public
from ..shared_facts import digest_of_shared_facts
from ..watched import base_model, file_models
from .announcing import announce

BATCH = 1000


def record_changes(*, notes: Notes) -> int:
    """Numbers what readers see otherwise than before, as the last act of a transaction.

    What nobody could see before nor can see now is no change, and moves nothing.

    Returns:
        How many changes of items there are.
    """
    if not notes:
        return 0
    with transaction.atomic():
        return _record(ContentVersion.locked(), notes, timezone.now())


def record_time(*, now: datetime) -> bool:
    """Records what time alone has changed; tells whether it was due."""
    with transaction.atomic():
        version = ContentVersion.locked()
        is_due = version.is_due(now)
        if is_due:
            _record(version, Notes(), now)
    return is_due


def refresh_change_log(*, restart: bool = False) -> int:
    """Compares all that is public with what was told, after changes that went past Django.

    Args:
        restart: Makes all tokens invalid, so that everybody starts again: after a restore, numbers
            that were given out come again and mean something else.

    Returns:
        How many changes of items there are.
    """
    with transaction.atomic():
        version = ContentVersion.locked()
        if restart:
            version.epoch = uuid4()
        return _record(version, Notes(is_whole=True, is_moving=True), timezone.now())


def start_change_log() -> None:
    """Takes what is public for told, on a site whose log has told nothing yet."""
    with transaction.atomic():
        version = ContentVersion.locked()
        if version.counter == 0 and not PublicItem.objects.exists():
            _adopt(version, Notes(), timezone.now())
            version.save()


def _record(version: ContentVersion, notes: Notes, now: datetime) -> int:
    if version.settled_at is None:
        _adopt(version, notes, now)
    if version.is_due(now):
        note_what_time_changed(notes, since=version.settled_at or now, now=now)
        version.settled_at = now
    _forget_addresses_of_sites(notes)
    _note_images_withdrawn(version, notes)
    comparison = compare(notes, now, tell_all=_shared_facts_changed(version, notes))
    is_moving = bool(notes.is_moving or comparison.changes)
    _keep(comparison)
    _number(version, comparison, now)
    if is_moving and not comparison.changes:
        version.counter += 1
    version.next_boundary_at = next_boundary_at(now)
    version.save()
    if is_moving:
        transaction.on_commit(announce, robust=True)
    return len(comparison.changes)


def _adopt(version: ContentVersion, notes: Notes, now: datetime) -> None:
    """Takes for told what is public, but for what has changed in this transaction.

    A cache that outlives a database would name the sites of the one before.
    """
    Site.clear_site_root_paths_cache()
    items = items_public(Extent(is_whole=True))
    fresh = {place: item for place, item in items.items() if place[0] not in notes.pages}
    boundaries = boundaries_of([page for page, _site in fresh], now)
    for (page, _site), item in fresh.items():
        item.next_boundary_at = boundaries.get(page)
    PublicItem.objects.bulk_create(fresh.values(), batch_size=BATCH, ignore_conflicts=True)
    version.shared_digest = digest_of_shared_facts()
    version.withdrawn_images = sorted(withdrawn_images())
    version.settled_at = now
    version.next_boundary_at = next_boundary_at(now)


def _note_images_withdrawn(version: ContentVersion, notes: Notes) -> None:
    """Notes the images that have come to stand for no page, or do so again, and keeps which.

    What decides that is a consent and the pages that name it; the image shows elsewhere, too.
    """
    if not (notes.is_whole or notes.pages or notes.roots or notes.records):
        return
    images = sorted(withdrawn_images())
    changed = set(images).symmetric_difference(version.withdrawn_images)
    notes.records |= {(base_model(get_image_model()), str(key)) for key in changed}
    version.withdrawn_images = images


def _forget_addresses_of_sites(notes: Notes) -> None:
    """Has Wagtail look again where sites begin, if that has changed.

    It forgets them itself when a page is saved, and whoever asks before the commit brings the old
    ones back for an hour.
    """
    roots = Page.objects.filter(
        translation_key__in=Site.objects.values("root_page__translation_key")
    )
    pages = list(notes.pages)
    if notes.is_whole or len(pages) > MANY or (pages and roots.filter(pk__in=pages).exists()):
        Site.clear_site_root_paths_cache()
        transaction.on_commit(Site.clear_site_root_paths_cache)


def _shared_facts_changed(version: ContentVersion, notes: Notes) -> bool:
    """Tells whether something has changed that every item carries, and keeps how it is now."""
    is_possible = any(model not in file_models() for model, _key in notes.records)
    if not (is_possible or notes.is_whole):
        return False
    digest = digest_of_shared_facts()
    before, version.shared_digest = version.shared_digest, digest
    return digest != before


def _keep(comparison: Comparison) -> None:
    gone = [item.pk for item in comparison.gone]
    for start in range(0, len(gone), BATCH):
        PublicItem.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    names = [field.name for field in PublicItem._meta.fields if not field.primary_key]
    place = ["page_id", "site_id"]
    PublicItem.objects.bulk_create(
        comparison.kept,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=place,
        update_fields=[name for name in names if name not in place],
    )


def _number(version: ContentVersion, comparison: Comparison, now: datetime) -> None:
    first = version.counter + 1
    Change.objects.bulk_create(
        (
            Change(
                sequence=number,
                site_id=item.site_id,
                public_id=item.public_id,
                locale=item.locale,
                type=item.type,
                operation=operation,
                reason=reason,
                recorded_at=now,
            )
            for number, (item, operation, reason) in enumerate(comparison.changes, start=first)
        ),
        batch_size=BATCH,
    )
    version.counter += len(comparison.changes)
