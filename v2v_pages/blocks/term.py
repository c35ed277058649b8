"""The term of the month, for newsletters; a project names it in ``V2V_NEWSLETTER_EXTRA_BLOCKS``."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from v2v_snippets.publication.listing import ListedRecord

from ..glossary.syndicated import concept_record


class TermBlock(blocks.StructBlock):
    """A concept of the glossary, with its definition in each reader's language."""

    concept = SnippetChooserBlock("v2v_snippets.GlossaryConcept", label=_("Concept"))

    def record(self, value: Any, language: str, site_url: str) -> ListedRecord | None:
        """Returns the concept as newsletters show it; None where nobody may read it."""
        concept = value["concept"]
        if concept is None:
            return None
        return concept_record(concept.pk, language=language, site_url=site_url)

    class Meta:
        icon = "openquote"
        label = _("Term of the month")
        description = _("A concept of the glossary with its definition, in each reader's language.")
        template = "v2v_pages/blocks/term_block.html"
        preview_template = "v2v_pages/blocks/previews/term_block.html"
        preview_value = {"concept": None}
