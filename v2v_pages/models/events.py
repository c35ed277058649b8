"""An event: when and where it is, who invites, and what is on its agenda."""

from datetime import datetime, time, timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from v2v_snippets.enums import DatePrecision, EventKind, EventStatus
from v2v_snippets.fields import StreamField
from v2v_snippets.language.reading import text_in
from v2v_snippets.models import Country, Partner, Twinning
from v2v_snippets.publication.listing import ListingFilter, ListingText

from ..blocks.agenda import AgendaEntryBlock
from ..events.calendar import calendar_links, event_file_url
from ..events.data import event_data
from ..events.times import Times, site_time_zone, time_zone_choices
from ..marks import event_marks
from ..narrowing import twinning_name
from ..querysets import EventManager, next_first
from .articles import ArticlePage
from .base import BasePage

FACTS = (
    "kind", "status", "starts_on", "starts_at", "ends_on", "ends_at", "time_zone",
    "date_precision", "is_date_assumed", "is_online", "online_url", "country", "hosts", "twinnings",
)  # fmt: skip
"""What no translation can change, so that every calendar says the same."""


class EventPage(ArticlePage):
    """A kick-off session, professional visit or meeting.

    ``is_date_assumed`` is about the days on which it takes place; ``published_on`` only orders
    feeds. Who takes part is nowhere stored: hosts are organisations.
    """

    kind = models.CharField(
        _("kind"), max_length=12, choices=EventKind.choices, default=EventKind.MEETING
    )
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=EventStatus.choices,
        default=EventStatus.PLANNED,
        help_text=_("Calendars that have taken a cancelled event over are told so."),
    )
    starts_on = models.DateField(_("first day"))
    starts_at = models.TimeField(
        _("from"), null=True, blank=True, help_text=_("Empty: the whole day.")
    )
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    ends_at = models.TimeField(_("until"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, choices=time_zone_choices, default=site_time_zone
    )
    date_precision = models.CharField(
        _("show the"), max_length=8, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    last_day = models.DateField(editable=False, db_index=True)
    """From the day after it on, the event is a past one."""
    is_online = models.BooleanField(_("online"), default=False)
    online_url = models.URLField(
        _("address online"),
        blank=True,
        help_text=_("Everybody can read it: leave it empty if only participants may come."),
    )
    venue = models.CharField(_("venue"), max_length=160, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country"),
    )
    hosts = ParentalManyToManyField(Partner, blank=True, related_name="+", verbose_name=_("hosts"))
    twinnings = ParentalManyToManyField(
        Twinning, blank=True, related_name="+", verbose_name=_("of the twinnings")
    )
    agenda = StreamField([("entry", AgendaEntryBlock())], blank=True, verbose_name=_("agenda"))

    objects = EventManager()

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel(["kind", "status"]),
        MultiFieldPanel(
            [
                FieldRowPanel(["starts_on", "starts_at"]),
                FieldRowPanel(["ends_on", "ends_at"]),
                FieldRowPanel(["time_zone", "date_precision"]),
                FieldRowPanel(["is_date_assumed", "is_demo_text"]),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(["venue", "city", "country"]),
                FieldRowPanel(["is_online", "online_url"]),
            ],
            heading=_("Where"),
        ),
        FieldPanel("agenda"),
        FieldPanel("body"),
    ]
    connection_panels = [
        FieldPanel("hosts", widget=CheckboxSelectMultiple),
        FieldPanel("twinnings", widget=CheckboxSelectMultiple),
        *BasePage.connection_panels,
    ]
    settings_panels = [FieldPanel("published_on"), *BasePage.settings_panels]
    search_fields = [
        *ArticlePage.search_fields,
        index.SearchField("venue"),
        index.SearchField("city"),
        index.SearchField("agenda"),
        index.FilterField("last_day"),
    ]
    api_fields = [*ArticlePage.api_fields, *FACTS, "venue", "city", "agenda"]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in FACTS),
    ]

    parent_page_types = ["v2v_pages.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("A kick-off session, professional visit or meeting, with its agenda.")
    listing_type = "events"
    listing_filters = {"twinning": ListingFilter("twinnings__number", twinning_name)}
    schema_type = "WebPage"

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    @classmethod
    def listed_pages(cls, language: str) -> models.QuerySet[Any]:
        """Orders feeds by the day of the announcement: no reader expects one from the future."""
        events = super().listed_pages(language).prefetch_related("hosts")
        return events.order_by("-published_on", "-pk")

    @classmethod
    def shown_pages(cls, language: str) -> models.QuerySet[Any]:
        """Puts the next event first, and those that are over behind all that come."""
        return cls.listed_pages(language).order_by(*next_first(timezone.localdate()))

    def clean(self) -> None:
        """Holds days, hours and place together.

        Raises:
            ValidationError: on the field that does not fit the others.
        """
        super().clean()
        errors = self.times.errors() if self.starts_on else {}
        if self.online_url and not self.is_online:
            errors["is_online"] = ValidationError(_("There is an address online."))
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Keeps the day from which on it is past, by which lists are read."""
        self.last_day = self.times.last_day
        return super().save(*args, **kwargs)

    @property
    def times(self) -> Times:
        """When it takes place."""
        return Times(
            self.starts_on,
            self.ends_on,
            self.starts_at,
            self.ends_at,
            self.time_zone,
            self.date_precision,
        )

    is_publication_assumed = False
    """What is assumed are the days on which it takes place."""

    @property
    def is_past(self) -> bool:
        """Whether its last day is over."""
        return self.times.last_day < timezone.localdate()

    @property
    def is_off(self) -> bool:
        """Whether it does not take place as announced."""
        return self.status in {EventStatus.CANCELLED, EventStatus.POSTPONED}

    @property
    def place(self) -> str:
        """Venue, city and country, in the language of the page being written."""
        names = (self.venue, self.city, self.country.name if self.country else "")
        return ", ".join(name for name in names if name)

    @property
    def next_boundary_at(self) -> datetime | None:
        """Adds the moment from which on it is past."""
        midnight = datetime.combine(self.times.last_day + timedelta(days=1), time.min)
        moments = (super().next_boundary_at, timezone.make_aware(midnight))
        return min((m for m in moments if m and m > timezone.now()), default=None)

    @property
    def listing_when(self) -> str:
        """When it takes place, in the language being written."""
        language = get_language() or ""
        return ", ".join(
            filter(None, [self.times.days_in(language), self.times.hours_in(language)])
        )

    @property
    def listing_tags(self) -> list[str]:
        """What kind of event it is, in the page's own language."""
        with text_in(self.language):
            return [str(self.get_kind_display())]

    def listing_marks(self) -> list[ListingText]:
        """Whether it is off, over, or its date assumed, and where the text comes from."""
        return event_marks(self)

    @cached_property
    def organisers(self) -> list[Partner]:
        """The partners who invite, read once."""
        return list(self.hosts.all())

    def body_html(self, request: HttpRequest | None = None) -> str:
        """Adds when and where, without which no announcement is one, and the agenda."""
        with text_in(self.language):
            facts = render_to_string("v2v_components/event_facts.html", {"page": self})
            agenda = render_to_string("v2v_components/agenda.html", {"page": self})
        return facts + super().body_html(request) + agenda

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the twinnings that it belongs to, and the calendars that hold it."""
        context = super().get_context(request, *args, **kwargs)
        context["calendar_url"] = event_file_url(self.translation_key, self.languages.reader)
        calendars = calendar_links(self.languages.reader)
        context["list_feeds"] = (*context["list_feeds"], *calendars)
        context["twinnings"] = self.twinnings.all()
        return context

    def structured_data(self) -> dict[str, Any]:
        """Describes the page, and the event as what the page is about."""
        page = BasePage.structured_data(self)
        return page | {"mainEntity": event_data(self)}
