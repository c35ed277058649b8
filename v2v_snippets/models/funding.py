"""The wordings that a funded project must show, by grant and language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from ..enums import VERIFIED_WORDINGS, FundingTextKind, WordingStatus
from ..language.fallback import best_text
from .media import PubliclyIdentified
from .multilingual import MultilingualRecord, TextInLanguage


class FundingStatement(PubliclyIdentified, MultilingualRecord):
    """The prescribed wording of one grant: line beside the emblem and disclaimer.

    A wording is shown in the reader's language only when somebody vouches for it; otherwise the
    English one is, marked as English.
    """

    grant = models.CharField(
        _("grant"), max_length=120, unique=True, help_text=_("The call whose wording this is.")
    )

    panels = [
        FieldPanel("grant"),
        InlinePanel("texts", heading=_("Languages"), label=_("Wording")),
    ]

    class Meta:
        verbose_name = _("funding statement")
        verbose_name_plural = _("funding statements")
        ordering = ["grant"]

    def __str__(self) -> str:
        return self.grant

    def wording(self, kind: FundingTextKind, language: str) -> "FundingStatementText | None":
        """Returns the verified wording of ``kind`` nearest to ``language``, or None."""
        return best_text(
            (
                text
                for text in self.texts.all()
                if text.kind == kind and text.status in VERIFIED_WORDINGS
            ),
            language,
        )


class FundingStatementText(TextInLanguage):
    """One prescribed sentence in one language, with its source and who stands behind it."""

    statement = ParentalKey(FundingStatement, on_delete=models.CASCADE, related_name="texts")
    kind = models.CharField(_("kind"), max_length=16, choices=FundingTextKind.choices)
    text = models.TextField(_("text"))
    source = models.CharField(
        _("source"), max_length=255, blank=True, help_text=_("Where the wording is prescribed.")
    )
    status = models.CharField(
        _("status"), max_length=16, choices=WordingStatus.choices, default=WordingStatus.PROJECT
    )

    panels = [
        FieldRowPanel(["language", "kind", "status"]),
        FieldPanel("text"),
        FieldPanel("source"),
    ]

    class Meta:
        verbose_name = _("wording")
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "kind", "language"], name="v2v_funding_text_per_language"
            )
        ]
