"""Countries of the partnership, each with its name and, where one is due, its footnote."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from .multilingual import MultilingualRecord, TextInLanguage


class Country(MultilingualRecord):
    """A country by its ISO 3166-1 code; XK is user-assigned there, hence our own small table.

    The footnote belongs to the record and the mark to the name, so that no editor can forget
    either: whoever shows the name shows the mark, on page, API, feed and print.
    """

    code = models.CharField(
        _("code"),
        max_length=2,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Two capital letters, such as ME."))],
        help_text=_("ISO 3166-1 code in two capital letters, such as ME; Kosovo is XK."),
    )
    footnote_mark = models.CharField(
        _("footnote mark"),
        max_length=3,
        blank=True,
        help_text=_("Stands behind the name wherever it is shown, such as * behind Kosovo."),
    )
    latitude = models.DecimalField(_("latitude"), max_digits=5, decimal_places=2)
    longitude = models.DecimalField(_("longitude"), max_digits=5, decimal_places=2)

    panels = [
        FieldRowPanel(["code", "footnote_mark"]),
        FieldRowPanel(
            [FieldPanel("latitude"), FieldPanel("longitude")],
            heading=_("Middle of the country on the map"),
        ),
        InlinePanel("texts", heading=_("Languages"), label=_("Language"), min_num=1),
    ]

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name or self.code

    @property
    def name(self) -> str:
        """The name in the language of the page being written, with its footnote mark."""
        text = self.text
        return self.marked(text.name) if text else self.code

    def marked(self, name: str) -> str:
        """Returns ``name`` with the footnote mark that it must never appear without."""
        return f"{name}{self.footnote_mark}"


class CountryText(TextInLanguage):
    """Name and footnote of a country in one language."""

    country = ParentalKey(Country, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(_("name"), max_length=100)
    footnote = models.TextField(
        _("footnote"), blank=True, help_text=_("Shown below every page that names the country.")
    )

    panels = [FieldRowPanel(["language", "name"]), FieldPanel("footnote")]

    class Meta:
        verbose_name = _("text")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "language"], name="v2v_country_text_per_language"
            )
        ]
