"""An issue of a newsletter: a page of the archive, and what is sent."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from v2v_snippets.fields import StreamField
from v2v_snippets.language.reading import text_in
from v2v_snippets.publication.listing import Listed, ListingText

from ..blocks import IssueBlock
from ..blocks.issue import TEXT_FEATURES
from ..issues.archive import Sharing, found_in, frame_of, readings_of, root_url_of
from ..issues.features import OWN_TYPE
from ..issues.previews import PAGE, preview_modes, preview_template, read_mode
from ..issues.reading import Reading
from .lists import MailingList
from .pages import PROJECT, ArchivedPage

OFFICE = "communication_newsletters/admin"
LICENCE = "CC-BY-4.0"


class NewsletterPage(ArchivedPage, Listed):
    """One issue. What is sent and what the archive shows is made of the same parts."""

    subject = models.CharField(
        _("subject"),
        max_length=120,
        help_text=_("At most 60 characters: phones show no more."),
    )
    preheader = models.CharField(
        _("preheader"),
        max_length=150,
        blank=True,
        help_text=_("What lists of mails show behind the subject. It does not repeat it."),
    )
    lead = RichTextField(
        _("lead text"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("An issue goes out in each language in which it has one."),
    )
    body = StreamField(IssueBlock(), blank=True, verbose_name=_("content"))
    mailing_list = models.ForeignKey(
        MailingList,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="issues",
        verbose_name=_("mailing list"),
        help_text=_("Whose readers get it."),
    )

    correction_note = models.TextField(
        _("note of a correction"),
        max_length=400,
        blank=True,
        help_text=_("Stands above the issue in the archive: what was wrong in the mail, and when."),
    )

    quotes_pages = True
    """An issue repeats summary, date and marks of the pages that it names: the log of changes."""

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(["mailing_list", "subject", "preheader"], heading=_("Mail")),
        FieldPanel("lead"),
        HelpPanel(template=f"{OFFICE}/picker_panel.html", heading=_("Since the last issue")),
        FieldPanel("body"),
        FieldPanel("correction_note"),
        HelpPanel(template=f"{OFFICE}/coverage_panel.html", heading=_("Languages and readers")),
        HelpPanel(template=f"{OFFICE}/checklist_panel.html", heading=_("Checklist")),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("preheader"),
        index.SearchField("lead"),
        index.SearchField("body"),
    ]
    api_fields = ["subject", "preheader"]
    template = "communication_newsletters/newsletter_page.html"

    parent_page_types = ["communication_newsletters.NewsletterIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("An issue: written once, sent by mail and kept in the archive.")
    listing_type = OWN_TYPE

    yields_to_consents = True
    """Its pictures come from pages where people agreed to be shown: see ``publication.files``."""

    class Meta:
        verbose_name = _("newsletter issue")
        verbose_name_plural = _("newsletters")

    @cached_property
    def reading(self) -> Reading:
        """What its parts are read by; lists let several issues be read together."""
        return Reading([self], self.language, root_url_of(self))

    # the listing protocol

    @classmethod
    def load_bodies(cls, pages: Sequence[Any]) -> None:
        """Lets all of them be read at once."""
        readings_of(pages)

    @property
    def listing_title(self) -> str:
        """The title, as plain text."""
        return str(self.title)

    @property
    def listing_summary(self) -> str:
        """The preheader, or how the lead text begins."""
        return self.preheader or Truncator(strip_tags(self.lead)).chars(300)

    @property
    def listing_date(self) -> date | None:
        """The day on which it came out."""
        moment = self.first_published_at
        return timezone.localdate(moment) if moment else None

    @property
    def lead_image(self) -> Any:
        """Its first picture, or None."""
        return self.reading.first_image(self)

    @property
    def licence_code(self) -> str:
        """SPDX identifier of the licence: that of all that this product publishes."""
        return LICENCE

    @property
    def next_boundary_at(self) -> datetime | None:
        """When it expires, if it does."""
        moment: datetime | None = self.expire_at
        return moment if moment and moment > timezone.now() else None

    def body_html(self, request: HttpRequest | None = None) -> str:
        """The whole issue as HTML with absolute addresses, in its own language."""
        context = {
            "note": self.correction_note,
            "lead": self.reading.words(self.lead),
            "parts": found_in(self).parts,
        }
        return render_to_string("communication_newsletters/issue_body.html", context)

    def listing_marks(self) -> list[ListingText]:
        """Returns who translated it, in its own language."""
        if self.translation_origin != PROJECT:
            return []
        with override(self.language):
            return [ListingText(gettext("Translated by the project."), self.language)]

    def funding_texts(self, language: str = "") -> list[ListingText]:
        """The sentences about funding that stand below every mail."""
        return self.reading.funding(language or self.language)

    def footnotes(self, language: str = "") -> list[ListingText]:
        """None of its own: footnotes stand with the pages that it names."""
        return []

    # the page of the archive

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the parts, and what the frame shows."""
        context = super().get_context(request, *args, **kwargs)
        context |= frame_of(self, request, description=self.listing_summary)
        context["sharing"] = Sharing(
            self,
            "NewsArticle",
            context["description"],
            image=self.lead_image,
            published_on=self.listing_date,
        )
        context["issue"] = self
        context["archive"] = self.get_parent()
        with text_in(self.language):
            context["parts"] = found_in(self).parts
            context["lead"] = self.reading.words(self.lead)
        return context

    # previews

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """As a mail, on a phone, as plain text and as a page; the mail in each language."""
        others = self.get_translations().select_related("locale") if self.pk else ()
        return preview_modes(self.language, [other.locale.language_code for other in others])

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        """Adds the width of a mail."""
        mail = {"name": "mail", "icon": "mail", "device_width": 640, "label": _("Width of a mail")}
        return [mail, *super().preview_sizes]

    @property
    def default_preview_size(self) -> str:
        """The width of a mail."""
        return "mail"

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Returns the template of the way in which an editor looks at it."""
        kind, _language = read_mode(mode_name, self.language)
        if kind == PAGE:
            return str(self.get_template(request))
        return preview_template(kind)

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Returns what that template shows; it makes the letter itself."""
        kind, language = read_mode(mode_name, self.language)
        if kind == PAGE:
            return self.get_context(request)
        return {"issue": self, "language": language, "request": request}
