"""What every page has: a summary, pictures for lists, a licence, a date of review, a language."""

from collections.abc import Iterable
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
    TabbedInterface,
)
from wagtail.images import get_image_model_string
from wagtail.models import Page, get_page_models
from wagtail.search import index
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField

from v2v_snippets.enums import Licence, TranslationOrigin, licence_url
from v2v_snippets.language.slugs import slugify
from v2v_snippets.models import FundingStatement
from v2v_snippets.publication.listing import ListingText
from v2v_snippets.publication.withdrawn import unless_withdrawn
from v2v_snippets.selectors import country_footnotes, funding_texts

from ..forms import PageCopyForm, PageForm, refuse_taken_address
from ..frame import Frame
from ..languages import PageLanguages
from ..subject import Subject
from ..tabs import Tab
from .previews import PreviewedElsewhere
from .rows import ReadAsRow


class BasePage(ReadAsRow, PreviewedElsewhere, Page):
    """Abstract base of all page types, so that lists, feeds and the API can rely on its fields."""

    # A host site's own HomePage or NewsPage may not meet ours on the way back from Page. The rest
    # is as Django makes it: revisions hold no page_ptr, and the tables stay as they are.
    page_ptr = models.OneToOneField(
        Page,
        on_delete=models.CASCADE,
        parent_link=True,
        primary_key=True,
        auto_created=True,
        serialize=False,
        related_name="%(app_label)s_%(class)s",
    )
    slug: str

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
    text_digest = models.CharField(max_length=32, blank=True, editable=False)
    """Of the words of an original; a translation has that of the words it was made from."""
    original_changed_at = models.DateTimeField(null=True, editable=False)
    """Since when the words of the original are others than those this text was translated from."""

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

    base_form_class = PageForm
    copy_form_class = PageCopyForm
    override_translatable_fields = [
        # each language's text has its own origin, which a new version of the source must not undo
        BaseTranslatableField("translation_origin"),
        SynchronizedField("show_in_menus", overridable=False),
        # travels with the words, from the original through wagtail-localize into each revision
        SynchronizedField("text_digest", overridable=False),
    ]
    exclude_fields_in_copy: ClassVar[list[str]] = ["text_digest", "original_changed_at"]

    schema_type: ClassVar[str] = "WebPage"
    """The type of the page in schema.org's vocabulary."""

    shows_what_it_names: ClassVar = False
    """Whether other pages show the whole of it, and so what it names, as a process its modules."""

    shown_along: ClassVar[tuple[str, ...]] = ("listing_image", "social_image", "funding_statement")
    """Single records that every page shows, to be read with it where it is served."""

    holds_records: ClassVar = False
    """Whether the addresses of records, which items name, lie below its own."""

    class Meta:
        abstract = True

    @classproperty
    def edit_handler(cls) -> TabbedInterface:  # noqa: N805  (a property of the class)
        """The editor in the four tabs that all page types share."""
        return TabbedInterface(
            [
                Tab(cls.content_panels, name="content", heading=_("Content")),
                Tab(cls.connection_panels, name="connections", heading=_("Connections")),
                Tab(cls.settings_panels, name="publishing", heading=_("Publishing")),
                Tab(cls.promote_panels, name="search_sharing", heading=_("Search & sharing")),
            ],
            base_form_class=cls.base_form_class,
        )

    def clean(self) -> None:
        """Refuses an address at which readers of some language read another page already.

        Forms ask for drafts, too, where somebody can still choose another slug.
        """
        super().clean()
        parent = self.get_parent()
        if self.live and parent is not None:
            refuse_taken_address(self, parent=parent, slug=self.slug)

    def _set_core_field_defaults(self) -> None:
        """Makes the slug of a page that has none, before Wagtail makes a worse one.

        Wagtail calls this before it validates or saves; until the parent is known it makes none.
        """
        parent_is_known = bool(self.path or getattr(self, "_cached_parent_obj", None))
        given = self.slug or ""
        if not given and parent_is_known and (slug := slugify(self.title)):
            self.slug = self._get_autogenerated_slug(slug)
        elif not given.isascii():
            self.slug = slugify(given) or given
        super()._set_core_field_defaults()

    @classmethod
    def clean_parent_page_models(cls) -> list[type[Page]]:
        """Returns the types that may hold this one.

        A type that names none lies below any page that allows it, a host site's own ones too; but
        it is no first page of a site.
        """
        if cls.parent_page_types is None:
            return [model for model in get_page_models() if model is not Page]
        named: list[type[Page]] = super().clean_parent_page_models()
        return named

    @property
    def language(self) -> str:
        """The language of the page's own text (BCP 47)."""
        return str(self.locale.language_code)

    @property
    def translation_is_outdated(self) -> bool:
        """Whether the words of the original have changed since they were translated."""
        return self.original_changed_at is not None

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Keeps what no revision knows: whether the original has changed since."""
        page = super().with_content_json(content)
        page.original_changed_at = self.original_changed_at
        return page

    @property
    def sharing_image(self) -> Any:
        """The image that stands for the page where a link to it is shared, or None."""
        return unless_withdrawn(self.social_image) or self.lead_image

    @property
    def lead_image(self) -> Any:
        """The image that stands for the page in lists, or None; nobody in it has withdrawn."""
        return unless_withdrawn(self.listing_image)

    @property
    def licence_code(self) -> str:
        """SPDX identifier of the licence, or "all-rights-reserved"."""
        return self.licence

    @property
    def licence_url(self) -> str:
        """Where the licence is to be read; "" where all rights are reserved."""
        return licence_url(self.licence)

    @property
    def next_boundary_at(self) -> datetime | None:
        """The next moment at which time alone changes what the page shows: expiry or review."""
        moments = [self.expire_at]
        if self.review_on:
            midnight = datetime.combine(self.review_on, time.min)
            moments.append(timezone.make_aware(midnight))
        return min((m for m in moments if m and m > timezone.now()), default=None)

    def funding_texts(self, language: str = "") -> list[ListingText]:
        """The funding line and disclaimer in ``language``, or else the page's own."""
        return funding_texts(self.funding_statement, language or self.language)

    def footnotes(self, language: str = "") -> list[ListingText]:
        """The footnotes of marked countries in ``language``, or else the page's own."""
        return country_footnotes(language or self.language)

    @cached_property
    def languages(self) -> PageLanguages:
        """The page in all languages, as seen by the reader of this request."""
        return PageLanguages(self)

    def structured_data(self) -> dict[str, Any]:
        """What only this type of page says of itself in schema.org's vocabulary."""
        return {"@type": self.schema_type}

    @property
    def subject(self) -> Subject:
        """What windows, search engines and networks are told; sub-routes have their own."""
        return Subject(
            name=self.title,
            description=self.search_description or self.summary,
            data=self.structured_data(),
            image=self.sharing_image,
            window_title=self.seo_title,
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds what the frame of every page shows."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        self.languages.remember(request)
        context["languages"] = self.languages
        context["text_language"] = self.language
        context["frame"] = Frame(request, self, self.linked_keys(), self.linked_pages())
        context["frame"].sections.load()
        context["subject"] = self.subject
        return context

    def linked_keys(self) -> list[UUID]:
        """Translation keys of the pages that blocks link to, so that the frame loads them along."""
        return []

    def linked_pages(self) -> Iterable[int]:
        """Primary keys of the pages that its text links to, likewise."""
        return ()
