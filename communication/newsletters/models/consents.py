"""What was agreed to, when, and in which words: records that nobody can change afterwards."""

import hashlib
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from v2v_snippets.language.locales import language_choices

from ..enums import ConsentAction, ConsentSource
from ..querysets import ConsentEventQuerySet, ConsentTextQuerySet, UnchangeableError
from .lists import MailingList


def text_hash(text: str) -> str:
    """Returns what tells whether two wordings are the same: SHA-256 in 64 digits."""
    return hashlib.sha256(text.encode()).hexdigest()


class ConsentText(models.Model):
    """The sentence under a form, in one version and language; another wording is another version.

    Immutable, so that a consent always leads to the very words that were on the screen.
    """

    version = models.PositiveIntegerField(_("version"))
    locale = models.CharField(_("language"), max_length=16, choices=language_choices)
    text = models.TextField(_("text"), max_length=2000)
    hash = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    objects = ConsentTextQuerySet.as_manager()

    wagtail_reference_index_ignore = True
    is_public_record: ClassVar = True
    """Forms show it: kept pages are forgotten when there is another."""

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["-version", "locale"]
        default_permissions = ["add", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "locale"], name="v2v_consent_text_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.locale})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Writes a new wording, with its hash.

        Raises:
            UnchangeableError: when it is there already.
        """
        if self.pk is not None:
            raise UnchangeableError("Readers have agreed to this wording: write a new version.")
        self.hash = text_hash(self.text)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuses.

        Raises:
            UnchangeableError: always.
        """
        raise UnchangeableError("Readers have agreed to this wording: it is kept.")


class ConsentEvent(models.Model):
    """Something that was said about a list, known by the hmac of the address that said it.

    Append-only. It names nobody, so it stays as a proof when its subscriber is erased.
    """

    hmac = models.CharField(max_length=64, db_index=True)
    mailing_list = models.ForeignKey(
        MailingList, on_delete=models.PROTECT, null=True, related_name="+"
    )
    """Empty where it is about all lists."""
    action = models.CharField(_("what"), max_length=12, choices=ConsentAction.choices)
    source = models.CharField(_("where"), max_length=12, choices=ConsentSource.choices)
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("source"), max_length=300, blank=True)
    """Of imports: where and how people agreed, in the words of whoever imported them."""
    happened_at = models.DateTimeField(_("when"), auto_now_add=True)

    objects = ConsentEventQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("consent event")
        verbose_name_plural = _("consent events")
        ordering = ["happened_at", "pk"]
        default_permissions = []

    def __str__(self) -> str:
        return self.get_action_display()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Appends the event.

        Raises:
            UnchangeableError: when it is there already.
        """
        if self.pk is not None:
            raise UnchangeableError("What happened stays as it was: add another event.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuses.

        Raises:
            UnchangeableError: always.
        """
        raise UnchangeableError("What happened stays: events are proofs of consent.")
