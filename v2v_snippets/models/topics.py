"""What somebody has to find out before a mobility: entry, insurance, safety at work."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from .media import PubliclyIdentified
from .multilingual import MultilingualRecord, TextInLanguage


class MobilityTopic(PubliclyIdentified, MultilingualRecord):
    """A subject of the repository. Its slug stands in addresses of all languages."""

    slug = models.CharField(
        _("slug"),
        max_length=50,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Small letters, digits and hyphens."))
        ],
        help_text=_("In addresses, the same in all languages: safety-at-work"),
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Topics with small numbers come first.")
    )

    panels = [
        FieldRowPanel(["slug", "sort_order"]),
        InlinePanel("texts", heading=_("Languages"), label=_("Language"), min_num=1),
    ]

    class Meta:
        verbose_name = _("mobility topic")
        verbose_name_plural = _("mobility topics")
        ordering = ["sort_order", "slug"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page being written."""
        text = self.text
        return str(text.name) if text else self.slug


class MobilityTopicText(TextInLanguage):
    """Name and description of a topic in one language."""

    topic = ParentalKey(MobilityTopic, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(
        _("description"),
        max_length=400,
        blank=True,
        help_text=_("In one sentence, what articles on this topic are about."),
    )

    panels = [FieldRowPanel(["language", "name"]), FieldPanel("description")]

    class Meta:
        verbose_name = _("text")
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "language"], name="v2v_topic_text_per_language"
            )
        ]
