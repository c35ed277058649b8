"""Modules of the mobility process: written once, used in any number of phases and processes."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from v2v_snippets.fields import StreamField
from v2v_snippets.publication.listing import ListingText

from ..blocks.process import StepBlock
from ..frame import api_item_url
from ..marks import module_marks
from ..process.data import process_data
from ..process.reading import read_module
from .base import BasePage


class MobilityModulePage(BasePage):
    """Steps that belong together, such as those of a work placement.

    It names no participants: what a step needs to know of a person stays at the schools.
    """

    is_demo_text = models.BooleanField(
        _("demo text"),
        default=False,
        help_text=_("Readers are told that the text is an example and reports nothing."),
    )
    steps = StreamField([("step", StepBlock())], blank=True, verbose_name=_("steps"))

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("is_demo_text"),
        FieldPanel("steps"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("steps")]
    api_fields = [*BasePage.api_fields, "is_demo_text", "steps"]

    parent_page_types = ["v2v_pages.MobilityProcessPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("Steps that belong together, for one or several phases.")
    shows_what_it_names = True

    class Meta:
        verbose_name = _("module of the mobility process")
        verbose_name_plural = _("modules of the mobility process")

    @property
    def published_on(self) -> Any:
        """The day of what is quoted: that of its last publication."""
        return self.last_published_at.date() if self.last_published_at else None

    is_publication_assumed = False
    listing_authors: ClassVar[list[Any]] = []

    def listing_marks(self) -> list[ListingText]:
        """Whether the text is an example, or a translation."""
        return module_marks(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the steps."""
        context = super().get_context(request, *args, **kwargs)
        phases = read_module(self, request, self.languages.reader)
        context["phases"] = phases
        context["api_url"] = api_item_url(self)
        if data := process_data(self.title, phases, self.languages.page_url):
            context["subject"].data["mainEntity"] = data
        return context
