"""What the admin and the site learn from this app."""

from typing import Any

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .publication.serving import serve_in_readers_language
from .rich_text import ReaderPageLinkHandler
from .viewsets import ProjectViewSetGroup

register_snippet(ProjectViewSetGroup)
hooks.register("on_serve_page", serve_in_readers_language)


@hooks.register("register_rich_text_features", order=100)
def register_link_handlers(features: Any) -> None:
    """Replaces Wagtail's handler of page links, which leaves the reader's language."""
    features.register_link_type(ReaderPageLinkHandler)
