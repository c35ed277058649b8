"""Makes the records and pages that tests need; traits stand for states.

Pages are published through revisions, as editors do it: a page made otherwise has no live revision
and behaves differently from those on a real site.
"""

from datetime import date, timedelta
from typing import Any

import factory
import wagtail_factories
from django.utils import timezone
from django.utils.text import slugify
from factory.django import DjangoModelFactory
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, PageViewRestriction

from tests.references import references_noted_once
from v2v_pages import models as pages
from v2v_snippets import models as records
from v2v_snippets.enums import ConsentScope, FundingTextKind, PartnerKind, Side, WordingStatus


class MultilingualFactory(DjangoModelFactory[Any]):
    """Makes a record with its child rows: ``texts={"en": {"name": "Italy"}}``."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    @factory.post_generation
    def texts(self, create: Any, extracted: Any, **kwargs: Any) -> None:
        for language, fields in (extracted or {}).items():
            add_text(self, language, **fields)


def add_text(record: Any, language: str, **fields: Any) -> Any:
    """Adds the words of ``record`` in one language."""
    relation = record._meta.get_field("texts")
    row = relation.related_model(language=language, **{relation.field.name: record}, **fields)
    row.save()
    return row


class CountryFactory(MultilingualFactory):
    """Italy, unless told otherwise; the trait ``kosovo`` carries mark and footnote."""

    code = "IT"
    latitude = "42.80"
    longitude = "12.60"

    class Meta:
        model = records.Country
        django_get_or_create = ["code"]

    class Params:
        kosovo = factory.Trait(code="XK", footnote_mark="*", latitude="42.58", longitude="20.90")

    @factory.post_generation
    def name(self, create: Any, extracted: str | None, **kwargs: Any) -> None:
        """English name (and the footnote, where there is a mark), unless ``texts`` gives them."""
        if self.texts.exists():
            return
        defaults = {"IT": "Italy", "XK": "Kosovo"}
        footnote = "This designation is without prejudice." if self.footnote_mark else ""
        name = extracted or defaults.get(self.code, self.code)
        add_text(self, "en", name=name, footnote=footnote)


class PartnerFactory(MultilingualFactory):
    """A European school; traits ``balkan``, ``network``, ``lead`` and ``in_city`` say otherwise."""

    short_name = factory.Sequence(lambda n: f"School {n}")
    slug = factory.LazyAttribute(lambda partner: slugify(partner.short_name))
    side = Side.EUROPEAN
    country = factory.SubFactory(CountryFactory)

    class Meta:
        model = records.Partner

    class Params:
        balkan = factory.Trait(
            side=Side.WESTERN_BALKAN, country=factory.SubFactory(CountryFactory, kosovo=True)
        )
        network = factory.Trait(kind=PartnerKind.NETWORK, side="")
        lead = factory.Trait(is_lead=True)
        in_city = factory.Trait(city="Alba", latitude="44.70", longitude="8.03")


class TwinningFactory(MultilingualFactory):
    """A pair of two new schools."""

    number = factory.Sequence(lambda n: n + 1)
    european_school = factory.SubFactory(PartnerFactory)
    balkan_school = factory.SubFactory(PartnerFactory, balkan=True)

    class Meta:
        model = records.Twinning


class TeamFactory(MultilingualFactory):
    """A team without members; ``members=[partner]`` seats some."""

    kind = "communication"

    class Meta:
        model = records.Team

    @factory.post_generation
    def members(self, create: Any, extracted: Any, **kwargs: Any) -> None:
        for partner in extracted or ():
            records.TeamMembership.objects.create(team=self, partner=partner)


class FundingStatementFactory(DjangoModelFactory[Any]):
    """The wording of one grant in English; ``texts={"it": {"emblem_line": "…"}}`` adds others."""

    grant = factory.Sequence(lambda n: f"Call {n}")

    class Meta:
        model = records.FundingStatement
        skip_postgeneration_save = True

    @factory.post_generation
    def texts(self, create: Any, extracted: Any, **kwargs: Any) -> None:
        english = {
            FundingTextKind.EMBLEM_LINE: "Funded by the European Union.",
            FundingTextKind.DISCLAIMER: "This communication reflects only the author's view.",
        }
        for language, wordings in ({"en": english} | (extracted or {})).items():
            for kind, text in wordings.items():
                add_text(self, language, kind=kind, text=text, status=WordingStatus.OFFICIAL)


class ProjectSettingsFactory(MultilingualFactory):
    """The one record of settings, with contact and funding."""

    contact_email = "office@v2v.example"
    funding_statement = factory.SubFactory(FundingStatementFactory)

    class Meta:
        model = records.ProjectSettings


class PersonConsentFactory(DjangoModelFactory[Any]):
    """A consent to everything that holds; the trait ``ended`` is one that does no more."""

    person_name = factory.Sequence(lambda n: f"Person {n}")
    role = "Teacher"
    scope = ConsentScope.QUOTE_AND_PICTURE
    given_on = date(2021, 3, 1)

    class Meta:
        model = records.PersonConsent

    class Params:
        ended = factory.Trait(valid_until=date(2021, 3, 31))


class ImageFactory(wagtail_factories.ImageFactory):
    """A picture of 1600 × 1000 pixels with description and credit; ``file__width`` changes it."""

    title = factory.Sequence(lambda n: f"picture-{n}")
    description = "Learners at a workbench"
    credit = "Photo: V2V"
    file = factory.django.ImageField(width=1600, height=1000, color="#0b5b53")
    collection = factory.LazyFunction(Collection.get_first_root_node)

    class Meta:
        model = get_image_model()


class DocumentFactory(wagtail_factories.DocumentFactory):
    """A small text file."""

    title = factory.Sequence(lambda n: f"Document {n}")
    file = factory.django.FileField(filename="programme.txt", data=b"Programme")
    collection = factory.LazyFunction(Collection.get_first_root_node)


class PageFactory(wagtail_factories.PageFactory):
    """A page in its parent's language, published through a revision.

    States: ``draft``, ``scheduled``, ``expired`` (its time is over, no command ran yet),
    ``restriction="login"`` (or "password", "groups").
    """

    summary = "What stands here, in one sentence."

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(live=False)
        scheduled = factory.Trait(
            go_live_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))
        )
        expired = factory.Trait(
            expire_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
        )

    @classmethod
    def _create_instance(cls, model_class: Any, parent: Page, kwargs: dict[str, Any]) -> Page:
        tags, is_published = kwargs.pop("tags", ()), kwargs.pop("live", True)
        page = model_class(live=False, locale=parent.locale, **kwargs)
        parent.refresh_from_db()
        with references_noted_once(page):
            parent.add_child(instance=page)
            if tags:
                page.tags.add(*tags)
            revision = page.save_revision(clean=False)  # adding it has just done that
        if is_published:
            revision.publish()
        return model_class.objects.get(pk=page.pk)

    @factory.post_generation
    def restriction(self, create: Any, extracted: str | None, **kwargs: Any) -> None:
        if extracted:
            PageViewRestriction.objects.create(page=self, restriction_type=extracted, **kwargs)


class HomePageFactory(PageFactory):
    """The first page of a language."""

    title = "Home"
    headline = "Five pairs of schools, one joint effort"
    introduction = "Ten vocational schools work in pairs."

    class Meta:
        model = pages.HomePage


class NewsIndexPageFactory(PageFactory):
    """The list of news, in the menu."""

    title = "News"
    show_in_menus = True

    class Meta:
        model = pages.NewsIndexPage


class ArticlePageFactory(PageFactory):
    """What news and stories share; ``body=[("paragraph", "<p>…</p>")]`` replaces the text."""

    published_on = date(2021, 3, 29)
    body = factory.LazyFunction(lambda: [("paragraph", "<p>The partners met.</p>")])

    class Meta:
        abstract = True


class NewsPageFactory(ArticlePageFactory):
    """An article; ``tags=["visits"]``, ``authors=[partner]`` and ``twinnings=[twinning]``."""

    title = factory.Sequence(lambda n: f"Article {n}")

    class Meta:
        model = pages.NewsPage


class TwinningIndexPageFactory(PageFactory):
    """The list of pairs, in the menu."""

    title = "Twinnings"
    show_in_menus = True

    class Meta:
        model = pages.TwinningIndexPage


class TwinningStoryPageFactory(ArticlePageFactory):
    """A story of a new pair."""

    title = factory.Sequence(lambda n: f"Story {n}")
    twinning = factory.SubFactory(TwinningFactory)

    class Meta:
        model = pages.TwinningStoryPage


class PartnerIndexPageFactory(PageFactory):
    """The directory of schools, in the menu."""

    title = "Schools"
    show_in_menus = True

    class Meta:
        model = pages.PartnerIndexPage


class StandardPageFactory(PageFactory):
    """A standing page."""

    title = factory.Sequence(lambda n: f"Page {n}")
    body = factory.LazyFunction(lambda: [("paragraph", "<p>About the project.</p>")])

    class Meta:
        model = pages.StandardPage
