"""What every page has: a summary, pictures for lists, a licence, a date of review, a language."""

from datetime import datetime, time
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property, classproperty
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.images import get_image_model_string
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField

from v2v_snippets.enums import LICENCE_URLS, Licence, TranslationOrigin
from v2v_snippets.models import FundingStatement
from v2v_snippets.publication.listing import ListingText
from v2v_snippets.selectors import country_footnotes, funding_texts

from ..frame import Frame
from ..languages import PageLanguages
from ..structured_data import web_page_data


class BasePage(Page):
    """Abstract base of all page types, so that lists, feeds and the API can rely on its fields."""

    summary = models.TextField(
        _("summary"),
        max_length=400,
        help_text=_("One or two sentences for lists, search engines and partner sites."),
    )
    listing_image = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image in lists"),
    )
    social_image = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image for sharing"),
        help_text=_("Empty: the image in lists."),
    )
    review_on = models.DateField(
        _("review on"),
        null=True,
        blank=True,
        help_text=_("When somebody should read the page again and see whether it still holds."),
    )
    canonical_address = models.URLField(
        _("canonical address"),
        blank=True,
        help_text=_("If the text was first published elsewhere: its address there."),
    )
    licence = models.CharField(
        _("licence"), max_length=32, choices=Licence.choices, default=Licence.CC_BY
    )
    translation_origin = models.CharField(
        _("origin of this text"),
        max_length=16,
        choices=TranslationOrigin.choices,
        default=TranslationOrigin.ORIGINAL,
    )
    funding_statement = models.ForeignKey(
        FundingStatement,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("funding statement"),
        help_text=_("Empty: that of the whole site."),
    )

    content_panels = [*Page.content_panels, "summary"]
    connection_panels: ClassVar[list[Any]] = [FieldPanel("funding_statement")]
    promote_panels = [
        MultiFieldPanel(
            ["slug", "seo_title", "search_description"], heading=_("For search engines")
        ),
        MultiFieldPanel(["listing_image", "social_image"], heading=_("For lists and sharing")),
        FieldPanel("show_in_menus"),
    ]
    settings_panels = [
        *Page.settings_panels,
        FieldRowPanel(["licence", "translation_origin"]),
        FieldRowPanel(["review_on", "canonical_address"]),
    ]

    search_fields = [*Page.search_fields, index.SearchField("summary")]
    api_fields: ClassVar[list[str]] = ["summary", "licence", "translation_origin", "review_on"]

    override_translatable_fields = [
        # each language's text has its own origin, which a new version of the source must not undo
        BaseTranslatableField("translation_origin"),
        SynchronizedField("show_in_menus", overridable=False),
    ]

    schema_type: ClassVar[str] = "WebPage"
    """The type of the page in schema.org's vocabulary."""

    class Meta:
        abstract = True

    @classproperty
    def edit_handler(cls) -> TabbedInterface:  # noqa: N805  (a property of the class)
        """The editor in the four tabs that all page types share."""
        return TabbedInterface(
            [
                ObjectList(cls.content_panels, heading=_("Content")),
                ObjectList(cls.connection_panels, heading=_("Connections")),
                ObjectList(cls.settings_panels, heading=_("Publishing")),
                ObjectList(cls.promote_panels, heading=_("Search & sharing")),
            ],
            base_form_class=cls.base_form_class,
        )

    is_open = False
    """Known to lie under no view restriction; the search by path tells."""

    def get_view_restrictions(self) -> Any:
        """Spares the two queries where the answer is known."""
        if self.is_open:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    @property
    def language(self) -> str:
        """The language of the page's own text (BCP 47)."""
        return str(self.locale.language_code)

    @property
    def sharing_image(self) -> Any:
        """The image that stands for the page where a link to it is shared, or None."""
        return self.social_image or self.lead_image

    @property
    def lead_image(self) -> Any:
        """The image that stands for the page in lists, or None."""
        return self.listing_image

    @property
    def licence_code(self) -> str:
        """SPDX identifier of the licence, or "all-rights-reserved"."""
        return self.licence

    @property
    def licence_url(self) -> str:
        """Where the licence is to be read; "" where all rights are reserved."""
        return LICENCE_URLS.get(Licence(self.licence), "")

    @property
    def next_boundary_at(self) -> datetime | None:
        """The next moment at which time alone changes what the page shows: expiry or review."""
        moments = [self.expire_at]
        if self.review_on:
            midnight = datetime.combine(self.review_on, time.min)
            moments.append(timezone.make_aware(midnight))
        return min((m for m in moments if m and m > timezone.now()), default=None)

    def funding_texts(self) -> list[ListingText]:
        """The funding line and disclaimer in the page's own language."""
        return funding_texts(self.funding_statement, self.language)

    def footnotes(self) -> list[ListingText]:
        """The footnotes of marked countries in the page's own language."""
        return country_footnotes(self.language)

    @cached_property
    def languages(self) -> PageLanguages:
        """The page in all languages, as seen by the reader of this request."""
        return PageLanguages(self)

    def structured_data(self, request: HttpRequest | None = None) -> dict[str, Any]:
        """Describes the page in schema.org's vocabulary, for JSON-LD."""
        return web_page_data(self, self.schema_type, request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds what the frame of every page shows."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        self.languages.remember(request)
        context["languages"] = self.languages
        context["text_language"] = self.language
        context["frame"] = Frame(request, self, self.linked_keys())
        context["frame"].sections.load()
        context["structured_data"] = self.structured_data(request)
        return context

    def linked_keys(self) -> list[UUID]:
        """Translation keys of the pages that blocks link to, so that the frame loads them along."""
        return []
