"""What pages of this app have in common."""

from typing import Final

from django.db import models
from wagtail.models import Page

ORIGINAL: Final = "original"
PROJECT: Final = "project"


class ArchivedPage(Page):
    """Abstract base, whose way back from ``Page`` meets no page type of a host site."""

    page_ptr = models.OneToOneField(
        Page,
        on_delete=models.CASCADE,
        parent_link=True,
        primary_key=True,
        auto_created=True,
        serialize=False,
        related_name="%(app_label)s_%(class)s",
    )
    translation_origin = models.CharField(max_length=16, default=ORIGINAL, editable=False)
    """Where its text comes from: written in its language, or translated by the project."""

    class Meta:
        abstract = True

    @property
    def language(self) -> str:
        """The language of the page's own text (BCP 47)."""
        return str(self.locale.language_code)
