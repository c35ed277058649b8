"""How editors see a concept: the words of all languages below each other, theirs first."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)

from .forms import ConceptForm
from .language.locales import content_language


class OwnLanguageFirstPanel(InlinePanel):
    """Rows with a language, of which those in the editor's own stand on top.

    Only the screen is ordered so: what is stored keeps its order.
    """

    class BoundPanel(InlinePanel.BoundPanel):
        """The rows of one concept."""

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.form is not None:
                own = content_language(get_language() or "")
                self.children.sort(key=lambda child: child.instance.language != own)


def concept_panels() -> ObjectList:
    """Returns the form of a concept."""
    return ObjectList(
        [
            MultiFieldPanel(
                [FieldRowPanel(["domain", "status"]), FieldPanel("replaced_by")],
                heading=_("Concept"),
            ),
            OwnLanguageFirstPanel("designations", heading=_("Terms"), label=_("Term")),
            OwnLanguageFirstPanel("definitions", heading=_("Definitions"), label=_("Definition")),
            InlinePanel("relations", heading=_("Relations"), label=_("Relation")),
            InlinePanel(
                "national_equivalents",
                heading=_("National equivalents"),
                label=_("National equivalent"),
                classname="collapsed",
            ),
            InlinePanel(
                "mappings",
                heading=_("Mappings to other vocabularies"),
                label=_("Mapping"),
                classname="collapsed",
            ),
        ],
        base_form_class=ConceptForm,
    )
