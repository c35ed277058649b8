"""What the admin and the site learn from this app."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .publication.serving import serve_in_readers_language
from .rich_text import PublicDocumentLinkHandler, ReaderPageLinkHandler
from .viewsets import ProjectViewSetGroup

register_snippet(ProjectViewSetGroup)
hooks.register("on_serve_page", serve_in_readers_language)


@hooks.register("register_rich_text_features", order=100)
def register_link_handlers(features: Any) -> None:
    """Replaces Wagtail's handlers, which leave the reader's language and name private files."""
    features.register_link_type(ReaderPageLinkHandler)
    features.register_link_type(PublicDocumentLinkHandler)


@hooks.register("insert_global_admin_js")
def fill_slugs_as_the_server_does() -> SafeString:
    """Brings the script that fills the slug while a title is typed."""
    return format_html('<script type="module" src="{}"></script>', static("v2v_snippets/slugs.js"))
