"""What visitors left in a form, until it is answered by mail."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import ConsentSource, SignUpPurpose
from ..querysets import SignUpQuerySet
from .consents import ConsentText


class SignUp(models.Model):
    """An address that somebody gave, theirs or not, and what they want for it.

    The form only writes this row, the same for every address; the worker finds out who it is. So
    neither an answer nor its time can tell whether an address is known. When it is answered the
    address goes; what stays for a month are hashes, by which the limits count.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField(
        max_length=12, choices=SignUpPurpose.choices, default=SignUpPurpose.SUBSCRIBE
    )
    address = models.CharField(max_length=254, blank=True)
    hmac = models.CharField(max_length=64, db_index=True)
    mailbox_hash = models.CharField(max_length=64, db_index=True)
    """Of the address without what its owner may vary: all spellings share one limit."""
    domain_hash = models.CharField(max_length=64, db_index=True)
    network_hash = models.CharField(max_length=64, db_index=True, blank=True)
    """With a salt of the day; empty after a day."""
    locale = models.CharField(max_length=16)
    lists: Any = models.JSONField(default=list)
    """Keys of the lists asked for."""
    consent_text = models.ForeignKey(
        ConsentText, on_delete=models.PROTECT, null=True, related_name="+"
    )
    source = models.CharField(max_length=12, choices=ConsentSource.choices)
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, db_index=True)
    """When a worker may answer it; empty when it is done with."""
    mailed_at = models.DateTimeField(null=True)
    """When the letter was due: from then on it counts, though it may not be sent yet."""

    objects = SignUpQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        ordering = ["pk"]
        default_permissions = []

    def __str__(self) -> str:
        return str(self.uuid)
