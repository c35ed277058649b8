"""Under what terms others may reuse the glossary: those of its page."""

from typing import Any

from django.apps import apps

from v2v_snippets.publication.published import published_public


def glossary_licence() -> str:
    """Returns the licence of the glossary: that of its page; "" while there is none."""
    pages: Any = apps.get_model("v2v_pages", "GlossaryIndexPage")._default_manager.all()
    oldest = published_public(pages).order_by("pk").values_list("licence", flat=True)
    return oldest.first() or ""
