"""Standing pages: about, privacy, contact, and the statement on accessibility."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from v2v_snippets.fields import StreamField
from v2v_snippets.publication.listing import ListingText

from ..blocks import StoryBlock, public_stream
from ..marks import origin_marks
from .base import BasePage


class TextPage(BasePage):
    """A page whose text stays."""

    body = StreamField(StoryBlock(), blank=True, verbose_name=_("body"))

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    api_fields = [*BasePage.api_fields, "body"]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the body as the public may see it today."""
        return super().get_context(request, *args, **kwargs) | {"body": self.public_body}

    def listing_marks(self) -> list[ListingText]:
        """Whether the text is a translation, and whose."""
        return origin_marks(self)

    @property
    def public_body(self) -> Any:
        """The body without people whose consent has ended."""
        return public_stream(self.body)


class StandardPage(TextPage):
    """A page that is no news: about the project, privacy, contact."""

    parent_page_types = None
    subpage_types: ClassVar[list[str]] = ["v2v_pages.StandardPage"]
    page_description = _("About, privacy, contact: text that stays.")

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the project settings where they name this page as the one about privacy."""
        context = super().get_context(request, *args, **kwargs)
        project = context["frame"].project
        named = project.privacy_page
        if named is not None and named.translation_key == self.translation_key:
            context["controller"] = project
        return context


class AccessibilityStatementPage(TextPage):
    """What the project says about the accessibility of its site.

    The parts are those of the model statement in the annex of Commission Implementing Decision (EU)
    2018/1523. The facts come from the project settings; the body lists what is not accessible.
    """

    parent_page_types = None
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    page_description = _("How accessible the site is, from what the project settings say.")

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")
