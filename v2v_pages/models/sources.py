"""What an article of the repository relies on, and the files that come with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.documents import get_document_model_string
from wagtail.models import Orderable

from v2v_snippets.language.locales import language_choices


class RepositorySource(Orderable):
    """Where something stands, and when somebody last looked whether it still does."""

    page = ParentalKey(
        "v2v_pages.RepositoryArticlePage", on_delete=models.CASCADE, related_name="sources"
    )
    title = models.CharField(
        _("title"), max_length=255, help_text=_("In the language of the source.")
    )
    publisher = models.CharField(
        _("publisher"), max_length=255, blank=True, help_text=_("Whose site or document it is.")
    )
    url = models.URLField(_("address"), max_length=500, blank=True)
    language = models.CharField(
        _("language of the title"),
        max_length=16,
        choices=language_choices,
        blank=True,
        help_text=_("Empty: that of the article."),
    )
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("When somebody last read it. Empty: readers are told that nobody has yet."),
    )

    panels = [
        FieldPanel("title"),
        FieldPanel("publisher"),
        FieldPanel("url"),
        FieldRowPanel(["language", "checked_on"]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.title


class RepositoryAttachment(Orderable):
    """A file that belongs to an article; being attached to a public page makes it public."""

    page = ParentalKey(
        "v2v_pages.RepositoryArticlePage", on_delete=models.CASCADE, related_name="attachments"
    )
    document = models.ForeignKey(
        get_document_model_string(),
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("document"),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return str(self.document)
