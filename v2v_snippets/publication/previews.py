"""Drafts for front ends elsewhere: one revision, for a short time, while its editor may see it.

A token is signed and holds three keys and a moment; nothing is stored. Whoever has it reads what
the editor would read, so it is checked with each use whether the editor still could.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, SignatureExpired, dumps, loads
from wagtail.models import Page, Revision

SALT: Final = "v2v.preview"
DEFAULT_SECONDS: Final = 60 * 60
PLACE: Final = "{token}"
"""Where a front end's address takes the token."""


class PreviewError(Exception):
    """There is no draft to be seen by a token."""


class UnknownPreviewError(PreviewError):
    """The token is not one of ours, or its page or revision has been deleted."""


class ExpiredPreviewError(PreviewError):
    """The token was right once."""


class RefusedPreviewError(PreviewError):
    """Whoever made the token may not see the draft any more."""


@dataclass(frozen=True, slots=True)
class FrontEnd:
    """A site of somebody else that shows drafts, by the address that opens one."""

    name: str
    address: str

    def url(self, token: str) -> str:
        """Returns where it shows the draft behind a token."""
        return self.address.replace(PLACE, token)


def front_ends() -> list[FrontEnd]:
    """Returns the front ends of the setting ``V2V_PREVIEW_FRONT_ENDS``, in its order."""
    named: dict[str, str] = getattr(settings, "V2V_PREVIEW_FRONT_ENDS", {})
    return [FrontEnd(name, address) for name, address in named.items()]


def lifetime() -> timedelta:
    """Returns how long a token opens a draft: the setting ``V2V_PREVIEW_SECONDS``, or an hour."""
    return timedelta(seconds=getattr(settings, "V2V_PREVIEW_SECONDS", DEFAULT_SECONDS))


def preview_token(*, page: Page, user: Any) -> str:
    """Returns the token of the last saved draft of ``page``, for an editor to hand on.

    Raises:
        UnknownPreviewError: when nothing has been saved yet.
        RefusedPreviewError: when they may not see it themselves.
    """
    revision = page.latest_revision if page.pk else None
    if revision is None:
        raise UnknownPreviewError
    if not _may_see(user, page):
        raise RefusedPreviewError
    return dumps([page.pk, revision.pk, user.pk], salt=SALT)


def previewed_page(token: str) -> Page:
    """Returns the page behind a token as its revision has it.

    Raises:
        PreviewError: of the kind that says why there is none.
    """
    try:
        # whoever replaces the key because it leaked wants none of its tokens to go on
        found = loads(token, salt=SALT, max_age=lifetime(), fallback_keys=[])
        page_key, revision_key, user_key = found
    except SignatureExpired:
        raise ExpiredPreviewError from None
    except (BadSignature, ValueError):
        raise UnknownPreviewError from None
    revisions = Revision.page_revisions.filter(pk=revision_key, object_id=str(page_key))
    user = get_user_model()._default_manager.filter(pk=user_key).first()
    revision = revisions.first()
    if revision is None:
        raise UnknownPreviewError
    page: Page = revision.as_object()
    if user is None or not _may_see(user, page):
        raise RefusedPreviewError
    return page


def _may_see(user: Any, page: Page) -> bool:
    """Tells whether the admin would show the draft: to whoever may edit, publish or review it."""
    if not user.is_active or not user.has_perm("wagtailadmin.access_admin"):
        return False
    rights = page.permissions_for_user(user)
    return bool(rights.can_edit() or rights.can_publish())
