"""Freezes what is sent: each language of an issue, word for word and as bytes."""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from typing import Any, Final, Protocol, cast

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from ...enums import DispatchState
from ...models import Dispatch, DispatchVariant
from ...rendering.compiling import compile_issue
from ...selectors import site_url
from .languages import change_languages
from .moving import DispatchStateError, move, moved

DEFAULT_COMPOSER: Final = "communication.newsletters.rendering.issues"
WORDS_LENGTH: Final = 500


class NothingToSendError(Exception):
    """An issue goes out in no language, or is gone."""


class IssueLetter(Protocol):
    """An issue in one language, as a composer writes it."""

    subject: str
    preheader: str
    html: str
    text: str
    language: str


class Composer(Protocol):
    """What turns a page into letters: the module that ``V2V_ISSUE_COMPOSER`` names."""

    issue_languages: Callable[[Page], tuple[str, ...]]
    """Returns the languages in which an issue goes out."""
    render_issue: Callable[..., IssueLetter]
    """Called with page, language and ``site_url``."""


def composer() -> Composer:
    """Returns the composer of this site."""
    return cast(
        "Composer", import_module(getattr(settings, "V2V_ISSUE_COMPOSER", DEFAULT_COMPOSER))
    )


def request_preparation(*, dispatch: Dispatch) -> None:
    """Lets a worker freeze a dispatch; what was frozen before is given up.

    Raises:
        DispatchStateError: when it has begun to be sent.
    """
    move(dispatch=dispatch, to=DispatchState.PREPARING, prepared_at=None)


def prepare(*, dispatch: Dispatch, now: datetime) -> bool:
    """Freezes all languages of a dispatch that waits for it; all of them or none.

    Returns:
        Whether it was this call that did it.

    Raises:
        Exception: what the composer raises; the dispatch then has failed.
    """
    try:
        with transaction.atomic():
            waiting = Dispatch.objects.to_prepare().select_for_update()
            locked = waiting.filter(pk=dispatch.pk).first()
            if locked is None:
                return False
            _freeze(locked)
            return moved(dispatch=locked, to=DispatchState.READY, prepared_at=now)
    except Exception as error:
        words = f"{type(error).__name__}: {error}"[:WORDS_LENGTH]
        moved(dispatch=dispatch, to=DispatchState.FAILED, paused_words=words)
        raise


@transaction.atomic
def correct_rest(*, dispatch: Dispatch, now: datetime) -> None:
    """Freezes a paused dispatch anew: those who have nothing yet get it as the page is now.

    Whose language does not go out any more gets the next best one, and whose does by now, that.

    Raises:
        DispatchStateError: when it is not paused.
    """
    locked = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
    if locked.state != DispatchState.PAUSED:
        raise DispatchStateError(_("Pause the dispatch first: it is being sent as it is."))
    freeze_anew(dispatch=locked, now=now)
    dispatch.refresh_from_db()


def freeze_anew(*, dispatch: Dispatch, now: datetime) -> None:
    """Freezes a dispatch, which its caller has locked, as the page is now.

    Raises:
        NothingToSendError: when the page is gone, or goes out in no language.
    """
    _freeze(dispatch)
    Dispatch.objects.filter(pk=dispatch.pk).update(prepared_at=now)


def _freeze(dispatch: Dispatch) -> None:
    if dispatch.page is None:
        raise NothingToSendError
    page = dispatch.page.specific
    write = composer()
    languages = write.issue_languages(page)
    if not languages:
        raise NothingToSendError
    revisions = _revisions(page)
    for language in languages:
        letter = write.render_issue(page, language, site_url=site_url())
        _write_variant(dispatch, letter, revisions.get(language, page.live_revision))
    change_languages(dispatch=dispatch, languages=languages)
    # a language that somebody has got stays, as it was
    dispatch.variants.exclude(locale__in=languages).filter(deliveries=None).delete()


def _write_variant(dispatch: Dispatch, letter: IssueLetter, revision: Revision | None) -> None:
    compiled = compile_issue(
        key=f"{dispatch.uuid} {letter.language}",
        subject=letter.subject,
        html=letter.html,
        text=letter.text,
        language=letter.language,
    )
    DispatchVariant.objects.update_or_create(
        dispatch=dispatch,
        locale=letter.language,
        defaults={
            "subject": letter.subject,
            "preheader": letter.preheader,
            "html": letter.html,
            "text": letter.text,
            "compiled": compiled,
            "revision": revision,
        },
    )


def _revisions(page: Page) -> dict[str, Any]:
    """Returns the published revision of a page in each of its languages."""
    translations = page.get_translations(inclusive=True).select_related("locale", "live_revision")
    return {each.locale.language_code: each.live_revision for each in translations}
