"""An issue on its way: when and to whom it goes, in which words, and whether it may go faster."""

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from v2v_snippets.language.locales import language_choices

from ..enums import DISPATCH_MOVES, FROZEN_STATES, DispatchKind, DispatchState, PauseReason
from ..querysets import DispatchQuerySet
from .lists import MailingList


class Dispatch(models.Model):
    """That one page goes out to the readers of some lists, each in their language.

    Content and recipients are frozen in its variants and deliveries, so that whatever an editor
    changes meanwhile, all readers of a language get the same.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("issue"),
    )
    """What is sent; empty when it was deleted later, which takes back nothing."""
    mailing_lists = models.ManyToManyField(
        MailingList, related_name="dispatches", verbose_name=_("lists")
    )
    state = models.CharField(
        _("state"), max_length=16, choices=DispatchState.choices, default=DispatchState.DRAFT
    )
    kind = models.CharField(
        _("kind"), max_length=12, choices=DispatchKind.choices, default=DispatchKind.NORMAL
    )
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("corrects"),
    )
    scheduled_for = models.DateTimeField(_("time"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    """In which the time was chosen, by its IANA name; the moment itself does not depend on it."""
    per_minute = models.PositiveIntegerField(_("mails a minute"), null=True, blank=True)
    per_hour = models.PositiveIntegerField(_("mails an hour"), null=True, blank=True)
    per_day = models.PositiveIntegerField(_("mails a day"), null=True, blank=True)
    """Empty: what ``V2V_MAIL_LIMITS`` says."""
    faulty_until = models.DateTimeField(null=True)
    """Of a correction: every text that was frozen up to then had the mistake, and none after it."""
    is_repeated = models.BooleanField(default=False)
    """Whether it goes to readers who have got the issue before as well."""
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    prepared_at = models.DateTimeField(_("prepared"), null=True)
    started_at = models.DateTimeField(_("started"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    paused_reason = models.CharField(
        _("reason of the pause"), max_length=16, choices=PauseReason.choices, blank=True
    )
    paused_words = models.TextField(_("what happened"), blank=True)
    """What the reason alone does not say: a code of the mail server, an error."""
    checked_at = models.DateTimeField(null=True)
    """When somebody looked last whether all that it shows is still public."""
    resumed_at = models.DateTimeField(null=True)
    """Since when the breaker counts: failures of before a pause do not pause it again."""
    connection_errors = models.PositiveSmallIntegerField(default=0)
    """In a row."""
    resting_until = models.DateTimeField(null=True)
    """Until when nobody tries to connect, because the last attempts failed."""
    notice_due_at = models.DateTimeField(null=True)
    """When to tell its maker by mail that it was paused; empty when there is nothing to tell."""
    notice_attempts = models.PositiveSmallIntegerField(default=0)

    objects: Any = DispatchQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    if TYPE_CHECKING:
        variants: Any
        deliveries: Any

    class Meta:
        verbose_name = _("dispatch")
        verbose_name_plural = _("dispatches")
        ordering = ["-created_at", "-pk"]
        default_permissions = ["view"]
        permissions = [("send_dispatch", _("Can send newsletters"))]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=DispatchState.SCHEDULED)
                | models.Q(scheduled_for__isnull=False),
                name="v2v_dispatch_is_scheduled_for_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state=DispatchState.PAUSED, paused_reason__gt="")
                | (~models.Q(state=DispatchState.PAUSED) & models.Q(paused_reason="")),
                name="v2v_dispatch_is_paused_for_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=DispatchKind.CORRECTION, corrects__isnull=False)
                | models.Q(kind=DispatchKind.NORMAL, corrects__isnull=True),
                name="v2v_dispatch_corrects_another",
            ),
        ]
        indexes = [models.Index(fields=["state", "scheduled_for"], name="v2v_dispatch_state")]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_frozen(self) -> bool:
        """Whether what is sent cannot change any more."""
        return self.state in FROZEN_STATES

    def may_become(self, state: DispatchState) -> bool:
        """Tells whether ``state`` may follow upon the present one."""
        return state in DISPATCH_MOVES[DispatchState(self.state)]


class DispatchVariant(models.Model):
    """What readers of one language get, word for word, and the same as bytes for the wire."""

    dispatch = models.ForeignKey(Dispatch, on_delete=models.CASCADE, related_name="variants")
    locale = models.CharField(_("language"), max_length=16, choices=language_choices)
    subject = models.CharField(_("subject"), max_length=255)
    preheader = models.CharField(_("preheader"), max_length=255, blank=True)
    html = models.TextField()
    text = models.TextField()
    compiled: Any = models.BinaryField()
    """The message with marks where each recipient's own values go: ``rendering.compiling``."""
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    """Of the page in this language, as it was frozen."""

    wagtail_reference_index_ignore = True

    if TYPE_CHECKING:
        deliveries: Any

    class Meta:
        verbose_name = _("language of a dispatch")
        verbose_name_plural = _("languages of a dispatch")
        ordering = ["dispatch", "locale"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["dispatch", "locale"], name="v2v_dispatch_variant_per_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.locale}: {self.subject}"


class SendingPace(models.Model):
    """One row, shared by all workers: when the next mail may go, and how many went lately."""

    THE_PACE: ClassVar = 1
    """Its primary key."""

    next_at = models.DateTimeField(null=True)
    """The theoretical time of arrival of GCRA: before it, no mail goes."""
    taken: Any = models.JSONField(default=dict)
    """How many mails went in each part of the last hour and day: ``pacing.Pace``."""

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("pace of sending")
        verbose_name_plural = _("pace of sending")
        default_permissions = []
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="v2v_sending_pace_is_one_row")
        ]

    def __str__(self) -> str:
        return str(self.next_at)
