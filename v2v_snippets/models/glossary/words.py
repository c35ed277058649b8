"""The words of a concept: terms that name it, and definitions that say what it is."""

from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.models import Orderable

from ...enums import (
    DefinitionSource,
    Gender,
    PartOfSpeech,
    TermStatus,
    TermType,
    TranslationOrigin,
)
from ...fields import SortKeyField
from ...language.collation import index_letter, sort_key
from ...language.folding import fold
from ..countries import Country
from ..multilingual import TextInLanguage
from .concepts import GlossaryConcept

COMPLETE: Final = ~models.Q(language="") & ~models.Q(term="")
"""The rows of a draft may lack either, and then break no rule."""


class Designation(TextInLanguage, Orderable):
    """A term in one language, with its standing; the unit of an A–Z list."""

    concept = ParentalKey(GlossaryConcept, on_delete=models.CASCADE, related_name="designations")
    term = models.CharField(_("term"), max_length=200)
    status = models.CharField(
        _("status"), max_length=12, choices=TermStatus.choices, default=TermStatus.PREFERRED
    )
    term_type = models.CharField(
        _("form"), max_length=16, choices=TermType.choices, default=TermType.FULL_FORM
    )
    part_of_speech = models.CharField(
        _("part of speech"), max_length=16, choices=PartOfSpeech.choices, default=PartOfSpeech.NOUN
    )
    gender = models.CharField(_("gender"), max_length=12, choices=Gender.choices, blank=True)
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country of use"),
        help_text=_("If the term is used in one country only."),
    )
    origin = models.CharField(
        _("origin"),
        max_length=16,
        choices=TranslationOrigin.choices,
        default=TranslationOrigin.ORIGINAL,
        help_text=_("A project translation is shown as one that is still to be confirmed."),
    )
    source = models.CharField(_("source"), max_length=255, blank=True)
    note = models.TextField(_("note"), blank=True)
    context = models.TextField(
        _("context"), blank=True, help_text=_("A sentence in which the term is used.")
    )
    hidden_forms = models.TextField(
        _("hidden forms"),
        blank=True,
        help_text=_("Misspellings that search should find and nobody should read; one a line."),
    )
    inflected_forms = models.TextField(
        _("inflected forms"),
        blank=True,
        help_text=_("Forms under which texts use the term; one a line."),
    )
    sort_key = SortKeyField(editable=False, db_index=True)
    index_letter = models.CharField(max_length=4, editable=False)
    folded = models.CharField(max_length=400, editable=False, db_index=True)
    """The term as search compares it."""
    folded_forms = models.TextField(editable=False, default="")
    """The hidden and inflected forms as search compares them, one a line."""

    panels = [
        FieldRowPanel(["language", "status"]),
        FieldPanel("term"),
        FieldRowPanel(["origin", "source"]),
        # thirteen languages fit on one screen only while the rest stays folded
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        FieldRowPanel(["term_type", "part_of_speech", "gender", "country"]),
                        FieldPanel("context"),
                        FieldPanel("note"),
                        FieldRowPanel(["inflected_forms", "hidden_forms"]),
                    ],
                    heading=_("Form, use and forms for search"),
                    classname="collapsed",
                )
            ]
        ),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "language"],
                condition=models.Q(status=TermStatus.PREFERRED) & COMPLETE,
                name="v2v_designation_one_preferred",
            ),
            models.UniqueConstraint(
                fields=["concept", "language", "term"],
                condition=COMPLETE,
                name="v2v_designation_once",
            ),
        ]
        indexes = [
            models.Index(fields=["language", "index_letter"], name="v2v_designation_letters")
        ]

    def __str__(self) -> str:
        return self.term

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the keys of the term beside it."""
        self.derive_keys()
        super().save(*args, **kwargs)

    def derive_keys(self) -> None:
        """Computes where the term stands in its language's order, and how search finds it.

        Whoever writes many at once, past ``save()``, calls this before.
        """
        self.sort_key = sort_key(self.term, self.language)
        self.index_letter = index_letter(self.term, self.language)
        self.folded = fold(self.term)
        forms = [*self.hidden_forms.splitlines(), *self.inflected_forms.splitlines()]
        self.folded_forms = "\n".join(filter(None, map(fold, forms)))


class Definition(TextInLanguage):
    """What the concept is, in one language."""

    concept = ParentalKey(GlossaryConcept, on_delete=models.CASCADE, related_name="definitions")
    text = models.TextField(_("definition"))
    origin = models.CharField(
        _("origin"),
        max_length=16,
        choices=TranslationOrigin.choices,
        default=TranslationOrigin.ORIGINAL,
    )
    source = models.CharField(_("source"), max_length=255, blank=True)
    source_kind = models.CharField(
        _("kind of source"),
        max_length=12,
        choices=DefinitionSource.choices,
        default=DefinitionSource.PROJECT,
    )

    panels = [
        FieldRowPanel(["language", "origin"]),
        FieldPanel("text"),
        FieldRowPanel(["source", "source_kind"]),
    ]

    class Meta:
        verbose_name = _("definition")
        verbose_name_plural = _("definitions")
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "language"],
                condition=~models.Q(language=""),
                name="v2v_definition_per_language",
            )
        ]
