"""The repository: what one has to know before a mobility, and how long that can be relied on."""

from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField

from v2v_snippets.enums import ReviewState, TargetGroup
from v2v_snippets.language.reading import text_in
from v2v_snippets.links import public_among
from v2v_snippets.models import Country, MobilityTopic
from v2v_snippets.publication.listing import ListingFilter, ListingText

from ..marks import review_marks
from ..narrowing import topic_name
from ..querysets import RepositoryManager
from ..structured_data import source_data
from .articles import ArticlePage
from .base import BasePage

REVIEW_EVERY = timedelta(days=182)
"""How long an article is relied on before somebody reads it again, unless they say otherwise."""


def next_review_on() -> date:
    """Returns the day on which what is reviewed today is due again."""
    return timezone.localdate() + REVIEW_EVERY


class RepositoryArticlePage(ArticlePage):
    """How to find out about a topic, for whom and between which countries it holds, and how long.

    All versions of an article are reviewed as one: the dates of review belong to no revision and
    to no translation, and only ``services.reviewing`` changes them.
    """

    topics = ParentalManyToManyField(MobilityTopic, related_name="+", verbose_name=_("topics"))
    sending_countries = ParentalManyToManyField(
        Country,
        blank=True,
        related_name="+",
        verbose_name=_("sending countries"),
        help_text=_("None: it holds wherever people come from."),
    )
    host_countries = ParentalManyToManyField(
        Country,
        blank=True,
        related_name="+",
        verbose_name=_("host countries"),
        help_text=_("None: it holds wherever people go."),
    )
    for_learners = models.BooleanField(TargetGroup.LEARNERS.label, default=False)
    for_staff = models.BooleanField(TargetGroup.STAFF.label, default=False)
    for_organisers = models.BooleanField(TargetGroup.ORGANISERS.label, default=False)
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("The last day on which it holds. From the next one, readers are warned."),
    )
    last_reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)
    review_on = models.DateField(_("review due on"), default=next_review_on, db_index=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible for reviews"),
        help_text=_("Gets a mail when the review is due. Readers do not see who it is."),
    )

    objects = RepositoryManager()

    content_panels = [
        *ArticlePage.content_panels,
        InlinePanel("sources", heading=_("Sources"), label=_("Source")),
        InlinePanel("attachments", heading=_("Attachments"), label=_("Attachment")),
    ]
    connection_panels = [
        FieldPanel("topics", widget=CheckboxSelectMultiple),
        FieldPanel("sending_countries", widget=CheckboxSelectMultiple),
        FieldPanel("host_countries", widget=CheckboxSelectMultiple),
        MultiFieldPanel(
            ["for_learners", "for_staff", "for_organisers"],
            heading=_("For whom"),
            help_text=_("None: for everybody."),
        ),
        *BasePage.connection_panels,
    ]
    settings_panels = [
        *(panel for panel in BasePage.settings_panels[:-1]),
        FieldPanel("canonical_address"),
        FieldRowPanel(["valid_until", "responsible"]),
        FieldRowPanel(
            [
                FieldPanel("last_reviewed_on", read_only=True),
                FieldPanel("review_on", read_only=True),
            ],
            heading=_("Review"),
        ),
    ]
    search_fields = [
        *ArticlePage.search_fields,
        index.FilterField("valid_until"),
        index.FilterField("review_on"),
    ]
    api_fields = [
        *ArticlePage.api_fields,
        "topics",
        "sending_countries",
        "host_countries",
        "target_groups",
        "state",
        "valid_until",
        "last_reviewed_on",
        "sources",
        "attachments",
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("topics", overridable=False),
        SynchronizedField("sending_countries", overridable=False),
        SynchronizedField("host_countries", overridable=False),
        BaseTranslatableField("last_reviewed_on"),
        BaseTranslatableField("review_on"),
    ]

    parent_page_types = ["v2v_pages.RepositoryIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("How to find out about a topic of mobility, with sources and a review.")
    listing_type = "repository"
    listing_filters = {"topic": ListingFilter("topics__slug", topic_name)}
    schema_type = "Article"

    class Meta:
        verbose_name = _("repository article")
        verbose_name_plural = _("repository articles")

    @classmethod
    def listed_pages(cls, language: str) -> models.QuerySet[Any]:
        """Adds the sources, which go out with the text."""
        return super().listed_pages(language).prefetch_related("sources")

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Keeps the dates of review, which no draft brings back."""
        page = super().with_content_json(content)
        page.last_reviewed_on, page.review_on = self.last_reviewed_on, self.review_on
        return page

    def state_on(self, day: date) -> ReviewState:
        """Returns whether readers can rely on the article; ``querysets.state_on()`` agrees."""
        if self.valid_until and self.valid_until < day:
            return ReviewState.OUTDATED
        return ReviewState.DUE if self.review_on <= day else ReviewState.FRESH

    @property
    def state(self) -> ReviewState:
        """Whether readers can rely on the article today."""
        return self.state_on(timezone.localdate())

    @property
    def target_groups(self) -> list[TargetGroup]:
        """For whom it is; none named is everybody."""
        return [group for group in TargetGroup if getattr(self, f"for_{group.value}")]

    @property
    def next_boundary_at(self) -> datetime | None:
        """Adds the first moment at which it is no longer valid."""
        moments = [super().next_boundary_at]
        if self.valid_until:
            midnight = datetime.combine(self.valid_until + timedelta(days=1), time.min)
            moments.append(timezone.make_aware(midnight))
        return min((m for m in moments if m and m > timezone.now()), default=None)

    @property
    def listing_tags(self) -> list[str]:
        """The names of its topics, in the page's own language."""
        with text_in(self.language):
            return [topic.name for topic in self.topics.all()]

    def listing_marks(self) -> list[ListingText]:
        """Adds whether the review is due, or the article outdated."""
        return [*review_marks(self), *super().listing_marks()]

    def body_html(self, request: HttpRequest | None = None) -> str:
        """Adds the sources: without them, a copy could not be checked."""
        with text_in(self.language):
            sources = render_to_string(
                "v2v_components/sources.html", {"sources": self.sources.all(), "served": ""}
            )
        return super().body_html(request) + sources

    @cached_property
    def public_attachments(self) -> list[Any]:
        """The attached documents that the public may fetch, in their order: one query."""
        rows = self.attachments.all().select_related("document")
        return public_among([row.document for row in rows])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds for whom the article is, and its sources and attachments."""
        context = super().get_context(request, *args, **kwargs)
        context["topics"] = self.topics.all().prefetch_related("texts")
        context["sending"] = self.sending_countries.all().prefetch_related("texts")
        context["host"] = self.host_countries.all().prefetch_related("texts")
        context["sources"] = list(self.sources.all())
        # what is public once the page is published, editors see before
        is_preview = getattr(request, "is_preview", False)
        attached = [row.document for row in self.attachments.all()] if is_preview else None
        context["documents"] = self.public_attachments if attached is None else attached
        return context

    def structured_data(self) -> dict[str, Any]:
        """Adds topics, audience, sources, and the day until which it holds."""
        with text_in(self.language):
            names = [topic.name for topic in self.topics.all().prefetch_related("texts")]
            groups = [str(group.label) for group in self.target_groups]
        return super().structured_data() | {
            "about": [{"@type": "Thing", "name": name} for name in names],
            "audience": [{"@type": "Audience", "audienceType": group} for group in groups],
            "citation": [source_data(source) for source in self.sources.all()],
            "expires": self.valid_until.isoformat() if self.valid_until else "",
        }
