"""What a reader must know about an article before reading it: where its text and date come from."""

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from v2v_snippets.enums import TranslationOrigin
from v2v_snippets.language.formats import long_date
from v2v_snippets.publication.listing import ListingText

if TYPE_CHECKING:
    from .models.articles import ArticlePage

ORIGINS: Final = {
    TranslationOrigin.PROJECT: gettext_lazy("Translated by the project."),
    TranslationOrigin.OFFICIAL: gettext_lazy("Official translation."),
    TranslationOrigin.MACHINE: gettext_lazy("Translated by a machine."),
}


def article_marks(page: "ArticlePage") -> list[ListingText]:
    """Returns the marks of an article in its own language."""
    marks = []
    with override(page.language):
        if page.is_demo_text:
            marks.append(_("Demo text: an example that reports nothing."))
        if page.is_date_assumed:
            day = long_date(page.published_on, page.language)
            marks.append(_("The source gives no date: %(day)s is assumed.") % {"day": day})
        if page.translation_origin in ORIGINS:
            marks.append(str(ORIGINS[TranslationOrigin(page.translation_origin)]))
    return [ListingText(mark, page.language) for mark in marks]
