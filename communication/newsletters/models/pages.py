"""What pages of this app have in common."""

from django.db import models
from wagtail.models import Page


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

    class Meta:
        abstract = True

    @property
    def language(self) -> str:
        """The language of the page's own text (BCP 47)."""
        return str(self.locale.language_code)
