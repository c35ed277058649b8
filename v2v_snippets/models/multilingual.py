"""Records whose facts are stored once and whose words are child rows, one a language.

A copy of the whole record per language was tried and rejected: five twinnings became 65 rows with
English text under other languages, and no constraint could keep a school in one pair.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from ..language.fallback import best_text
from ..language.locales import language_choices


class MultilingualRecord(ClusterableModel):
    """A record with ``texts``: reading one gives the text nearest to the reader's language."""

    is_public_record: ClassVar = True
    """Its pictures and files are public: see ``publication.files``."""

    shows_what_it_names: ClassVar = False
    """Whether what shows it shows the records that it names, too, as a pair does its schools."""

    shown_with: ClassVar[tuple[str, ...]] = ()
    """Fields, or ways to some, that name records which show this one, as schools do their pair."""

    if TYPE_CHECKING:
        texts: Any

    class Meta:
        abstract = True

    def text_in(self, language: str) -> Any:
        """Returns the child row nearest to ``language`` along its fallback chain, or None.

        The row says its own ``language``, so that pages can mark what is not in the reader's.
        """
        return best_text(self.texts.all(), language)

    @property
    def text(self) -> Any:
        """The child row for the language of the page being written."""
        return self.text_in(get_language() or "")


class TextInLanguage(models.Model):
    """The words of one record in one language; the subclass adds the parent and the texts."""

    language = models.CharField(_("language"), max_length=16, choices=language_choices)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.get_language_display()
