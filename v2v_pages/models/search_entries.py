"""The rows of the search index."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class SearchEntry(models.Model):
    """One item in one language, with its words as search compares them.

    A row is no permission: who may see the item is asked with each search.
    """

    kind = models.CharField(max_length=40)
    """The type that readers filter by, as it stands in addresses: "news", "concept"."""
    key = models.CharField(max_length=64)
    """The item's public identifier, the same in all languages."""
    language = models.CharField(max_length=16)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, null=True, related_name="+")
    """The page that it is; None for a record."""
    day = models.DateField(null=True)
    title = models.CharField(max_length=255)
    summary = models.TextField()
    scope = models.TextField()
    """Values that results can be filtered by: "language=sq type=news"."""
    title_words = models.TextField()
    """Folded words of the title, and in further lines those of other names."""
    body = models.TextField()
    body_words = models.TextField()
    """Folded words of summary and body, and of keywords that are found but never shown."""

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("entry of the search index")
        verbose_name_plural = _("entries of the search index")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "language"], name="v2v_search_entry_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title} ({self.language})"
