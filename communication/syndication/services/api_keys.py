"""What becomes of API keys: created, replaced, revoked. Wagtail's log says by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..enums import ApiScope
from ..key_format import new_key_text
from ..models import ApiKey, PartnerSite
from ..models.api_keys import SLOTS

CREATED: Final = "communication_syndication.create_key"
ROTATED: Final = "communication_syndication.rotate_key"
REVOKED: Final = "communication_syndication.revoke_key"


class TooManyKeysError(Exception):
    """A site has two active keys already; says which, and what to do."""


class KeyIsNotActiveError(Exception):
    """What opens nothing can be neither replaced nor revoked."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """A new row, and the text of its key, which is nowhere else."""

    key: ApiKey
    text: str


@transaction.atomic
def create_api_key(
    *,
    partner_site: PartnerSite,
    scopes: Sequence[str] = (ApiScope.READ,),
    label: str = "",
    expires_at: datetime | None = None,
    user: Any = None,
) -> NewKey:
    """Gives a site one more key.

    Raises:
        TooManyKeysError: when it has two active ones.
    """
    slot = _free_slot(partner_site)
    new = _insert(partner_site, slot, scopes, label=label, expires_at=expires_at, user=user)
    log(partner_site, CREATED, user=user, data={"key": str(new.key)})
    return new


@transaction.atomic
def rotate_api_key(
    *,
    key: ApiKey,
    grace: timedelta,
    label: str = "",
    expires_at: datetime | None = None,
    user: Any = None,
) -> NewKey:
    """Gives a site a key with the same scopes, and lets the old one end after ``grace``.

    Without grace the old one is revoked at once; never does it live longer than it would have.

    Raises:
        KeyIsNotActiveError: when the old key opens nothing.
        TooManyKeysError: when there are two active ones, and the old one is to go on.
    """
    site = _locked(key.partner_site)
    old, now = _active(key), timezone.now()
    if grace:
        old.expires_at = min(old.expires_at or now + grace, now + grace)
    else:
        old.slot, old.revoked_at = None, now
    old.save(update_fields=["expires_at", "slot", "revoked_at"])
    slot, label = _free_slot(site), label or old.label
    new = _insert(site, slot, old.scopes, label=label, expires_at=expires_at, user=user)
    log(site, ROTATED, user=user, data={"key": str(new.key), "old": str(old)})
    return new


@transaction.atomic
def revoke_api_key(*, key: ApiKey, user: Any = None) -> ApiKey:
    """Ends a key at once and for good.

    Raises:
        KeyIsNotActiveError: when it opens nothing already.
    """
    site = _locked(key.partner_site)
    active = _active(key)
    active.slot, active.revoked_at = None, timezone.now()
    active.save(update_fields=["slot", "revoked_at"])
    log(site, REVOKED, user=user, data={"key": str(active)})
    return active


def _locked(partner_site: PartnerSite) -> PartnerSite:
    """Lets whoever else changes the keys of a site wait until the transaction ends."""
    return PartnerSite.objects.select_for_update().get(pk=partner_site.pk)


def _active(key: ApiKey) -> ApiKey:
    """Reads a key again, now that nobody changes it.

    Raises:
        KeyIsNotActiveError: when it opens nothing.
    """
    found = ApiKey.objects.active(timezone.now()).filter(pk=key.pk).first()
    if found is None:
        raise KeyIsNotActiveError(_("The key %s opens nothing any more.") % key)
    return found


def _free_slot(partner_site: PartnerSite) -> int:
    """Finds a place for one more key, in which one that has expired may still sit.

    Raises:
        TooManyKeysError: when there is none.
    """
    site, now = _locked(partner_site), timezone.now()
    keys = ApiKey.objects.filter(partner_site=site)
    keys.expired(now).update(slot=None)
    active = list(keys.active(now))
    free = sorted(set(SLOTS) - {key.slot for key in active})
    if not free:
        raise TooManyKeysError(
            _("%(site)s has two active keys, %(keys)s: revoke one of them first.")
            % {"site": site, "keys": ", ".join(map(str, active))}
        )
    return free[0]


def _insert(site: PartnerSite, slot: int, scopes: Sequence[str], **fields: Any) -> NewKey:
    written = new_key_text()
    key = ApiKey.objects.create(
        partner_site=site,
        slot=slot,
        scopes=list(scopes),
        public_id=written.public_id,
        digest=written.digest,
        created_by=fields.pop("user"),
        **fields,
    )
    return NewKey(key, written.text)
