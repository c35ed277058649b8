"""What can be subscribed to."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from v2v_snippets.language.fallback import best_text
from v2v_snippets.language.locales import language_choices

from ..querysets import MailingListQuerySet


class MailingList(ClusterableModel):
    """A list of readers, with its name and description in each language.

    A list that once had a subscriber is closed rather than deleted: consents refer to it.
    """

    slug = models.CharField(
        _("slug"),
        max_length=50,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Small letters, digits and hyphens."))
        ],
        help_text=_("Names the list in files, in the API and to mail programs: news. Keep it."),
    )
    is_open = models.BooleanField(
        _("open"), default=True, help_text=_("Readers can subscribe to it and see it in forms.")
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Lists with small numbers come first.")
    )

    objects: Any = MailingListQuerySet.as_manager()

    panels = [
        FieldRowPanel(["slug", "sort_order"]),
        FieldPanel("is_open"),
        InlinePanel("texts", heading=_("Languages"), label=_("Language"), min_num=1),
    ]

    if TYPE_CHECKING:
        texts: Any

    is_public_record: ClassVar = True
    """Forms show it: kept pages are forgotten when it changes."""

    class Meta:
        verbose_name = _("mailing list")
        verbose_name_plural = _("mailing lists")
        ordering = ["sort_order", "slug"]
        default_permissions = ["add", "change", "view"]

    def __str__(self) -> str:
        return self.name

    def text_in(self, language: str) -> Any:
        """Returns the words nearest to ``language``, which say their own; None if there are none.

        One query, none where ``with_texts()`` has loaded them.
        """
        return best_text(self.texts.all(), language)

    @property
    def text(self) -> Any:
        """The words for the language of the page being written."""
        return self.text_in(get_language() or "")

    @property
    def name(self) -> str:
        """The name in the language of the page being written."""
        text = self.text
        return str(text.name) if text else self.slug


class MailingListText(models.Model):
    """Name and description of a list in one language."""

    mailing_list = ParentalKey(MailingList, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=16, choices=language_choices)
    name = models.CharField(_("name"), max_length=100)
    description = models.CharField(
        _("description"),
        max_length=300,
        blank=True,
        help_text=_("In one sentence, what readers get and how often."),
    )

    panels = [FieldRowPanel(["language", "name"]), FieldPanel("description")]

    class Meta:
        verbose_name = _("text")
        constraints = [
            models.UniqueConstraint(
                fields=["mailing_list", "language"], name="v2v_list_text_per_language"
            )
        ]

    def __str__(self) -> str:
        return self.name
