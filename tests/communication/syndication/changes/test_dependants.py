"""What other records and pages change on the items that show them."""

from collections.abc import Callable
from typing import Any

import pytest
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import CollectionViewRestriction, Locale, Site

from communication.syndication.services.change_log import refresh_change_log
from tests.events import EventPageFactory, add_events
from tests.factories import (
    CountryFactory,
    DocumentFactory,
    FundingStatementFactory,
    ImageFactory,
    NewsPageFactory,
    PartnerFactory,
    PersonConsentFactory,
    StandardPageFactory,
    TwinningFactory,
    TwinningStoryPageFactory,
    add_text,
)
from tests.glossary import ConceptFactory, add_term, relate
from tests.process import (
    MobilityModulePageFactory,
    MobilityProcessPageFactory,
    fill,
    phase,
    step,
)
from tests.repository import MobilityTopicFactory, RepositoryArticlePageFactory, add_repository
from tests.sites import SiteTree
from v2v_pages.models import MobilityProcessPage
from v2v_snippets.enums import RelationKind
from v2v_snippets.models import Country, ProjectSettings
from v2v_snippets.services.renditions import make_renditions

from .recorded import recorded

Publish = Callable[..., Any]


@pytest.fixture
def publish(site: SiteTree) -> Publish:
    """Publishes articles of these titles, all alike; the log knows them."""

    def articles(*titles: str, **fields: Any) -> list[Any]:
        pages = [NewsPageFactory(parent=site.news, title=title, **fields) for title in titles]
        refresh_change_log()
        return pages

    return articles


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": kind}


def shown(*titles: str) -> set[tuple[str, str, str, str]]:
    return {(title, "en", "upsert", "dependency") for title in titles}


def test_an_image_changes_what_shows_it(publish: Publish) -> None:
    image = ImageFactory(file__width=16, file__height=10)
    portrait = {"image": image.pk, "alt_text": "", "decorative": True}
    picture = {"image": portrait, "caption": "", "consents": []}
    pages = [
        *publish("Plain"),
        *publish("In lists", listing_image=image),
        *publish("In text", body=[block("image", picture)]),
    ]
    image.description = "Others at a workbench"

    with recorded(*pages) as edited:
        image.save()
    with recorded(*pages) as made:
        make_renditions(image=image)
    with recorded(*pages) as dropped:
        image.renditions.first().delete()

    assert edited.told == made.told == dropped.told == shown("In lists", "In text")


def test_a_logo_changes_no_item(publish: Publish) -> None:
    logo = ImageFactory(file__width=16, file__height=10)
    publish("Article", authors=[PartnerFactory(logo=logo)])

    with recorded() as record:
        logo.save()

    assert record.told == set()
    assert record.moved_by == 1, "The directory shows it."


def test_a_document_changes_what_links_to_it(publish: Publish) -> None:
    document = DocumentFactory()
    link = f'<p><a linktype="document" id="{document.pk}">file</a></p>'
    pages = [*publish("Plain"), *publish("Linking", body=[block("paragraph", link)])]
    document.title = "Programme of the visit"

    with recorded(*pages) as renamed:
        document.save()
    with recorded(*pages) as closed:
        CollectionViewRestriction.objects.create(
            collection=document.collection, restriction_type="login"
        )
    with recorded(*pages) as deleted:
        document.delete()

    assert renamed.told == closed.told == deleted.told == shown("Linking")


def test_a_partner_changes_all_that_names_it_through_whatever(
    publish: Publish, site: SiteTree
) -> None:
    school = PartnerFactory(short_name="SEDU")
    pair = TwinningFactory(european_school=school)
    consent = PersonConsentFactory(partner=school)
    quote = {"quote": "We met.", "consent": consent.pk, "source": ""}
    pages = [
        TwinningStoryPageFactory(parent=site.twinnings, title="Story", twinning=pair),
        EventPageFactory(parent=add_events(site), title="Event", hosts=[school]),
        *publish("Plain"),
        *publish("Of other pairs", twinnings=[TwinningFactory()]),
        *publish("By it", authors=[school]),
        *publish("About its pair", twinnings=[pair]),
        *publish("With its teacher", body=[block("quote", quote)]),
        *publish("Pairs", body=[block("twinnings", {"heading": "", "twinnings": [pair.pk]})]),
        *publish("All pairs", body=[block("twinnings", {"heading": "", "twinnings": []})]),
    ]
    school.short_name = "SEDU Seinäjoki"

    with recorded(*pages) as record:
        school.save()

    assert record.told == shown(
        "Story", "Event", "By it", "About its pair", "With its teacher", "Pairs", "All pairs"
    )


def test_a_new_pair_changes_what_shows_all_of_them(publish: Publish) -> None:
    pages = [
        *publish("Plain"),
        *publish("All pairs", body=[block("twinnings", {"heading": "", "twinnings": []})]),
    ]

    with recorded(*pages) as record:
        TwinningFactory()

    assert record.told == shown("All pairs")


def test_a_country_changes_what_names_it_or_its_schools(publish: Publish, site: SiteTree) -> None:
    finland = CountryFactory(code="FI", name="Finland")
    repository = add_repository(site)
    pages = [
        RepositoryArticlePageFactory(parent=repository, title="Visa", host_countries=[finland]),
        RepositoryArticlePageFactory(parent=repository, title="Costs"),
        *publish("By its school", authors=[PartnerFactory(country=finland)]),
    ]

    with recorded(*pages) as record:
        add_text(finland, "it", name="Finlandia")

    assert record.told == shown("Visa", "By its school")


def test_a_topic_changes_its_articles(site: SiteTree) -> None:
    repository = add_repository(site)
    topic = MobilityTopicFactory(slug="insurance")
    pages = [
        RepositoryArticlePageFactory(parent=repository, title="Insurance", topics=[topic]),
        RepositoryArticlePageFactory(parent=repository, title="Visa"),
    ]
    refresh_change_log()

    with recorded(*pages) as record:
        add_text(topic, "it", name="Assicurazione")

    assert record.told == shown("Insurance")


def test_a_concept_changes_what_links_to_it(publish: Publish) -> None:
    concept, other = ConceptFactory(), ConceptFactory()
    relate(other, RelationKind.RELATED, concept)
    link = '<p><a linktype="term" identifier="{}">school</a></p>'
    pages = [
        *publish("Linking", body=[block("paragraph", link.format(concept.identifier))]),
        *publish("Linking to another", body=[block("paragraph", link.format(other.identifier))]),
    ]

    with recorded(*pages) as record:
        add_term(concept, "it", "scuola")

    assert record.told == shown("Linking")


def test_a_consent_changes_what_shows_the_person(publish: Publish) -> None:
    consent = PersonConsentFactory()
    quote = {"quote": "We met.", "consent": consent.pk, "source": ""}
    pages = [*publish("Plain"), *publish("Quoting", body=[block("quote", quote)])]
    consent.withdrawn_on = consent.given_on

    with recorded(*pages) as record:
        consent.save()

    assert record.told == shown("Quoting")


def test_a_tag_changes_what_has_it(publish: Publish) -> None:
    pages = [*publish("Plain"), *publish("Tagged", tags=["visits"])]
    tag = Tag.objects.get()
    tag.name = "Visits abroad"

    with recorded(*pages) as record:
        tag.save()

    assert record.told == shown("Tagged")


def test_a_page_changes_links_to_it_by_its_address_and_not_by_its_text(
    publish: Publish, site: SiteTree
) -> None:
    target = StandardPageFactory(parent=site.home, title="Target")
    link = f'<p><a linktype="page" id="{target.pk}">there</a></p>'
    pages = [target, *publish("Linking", body=[block("paragraph", link)])]
    own = ("Target", "en", "upsert", "own")

    target.summary = "Another summary."
    with recorded(*pages) as edited:
        target.save_revision().publish()
    target.slug = "elsewhere"
    with recorded(*pages) as moved:
        target.save_revision().publish()
    with recorded(*pages) as withdrawn:
        target.unpublish()

    assert edited.told == {own}
    assert moved.told == {("Target", "en", "upsert", "moved"), *shown("Linking")}
    assert withdrawn.told == {("Target", "en", "delete", "own"), *shown("Linking")}


def test_a_deleted_page_changes_what_linked_to_it(publish: Publish, site: SiteTree) -> None:
    target = StandardPageFactory(parent=site.home, title="Target")
    link = f'<p><a linktype="page" id="{target.pk}">there</a></p>'
    pages = [target, *publish("Linking", body=[block("paragraph", link)])]

    with recorded(*pages) as record:
        target.delete()

    assert record.told == {("Target", "en", "delete", "own"), *shown("Linking")}


def test_a_process_shows_the_steps_of_its_modules_and_what_these_show(site: SiteTree) -> None:
    document = DocumentFactory()
    link = f'<p><a linktype="document" id="{document.pk}">form</a></p>'
    process = MobilityProcessPageFactory(parent=site.home, title="Process")
    module = MobilityModulePageFactory(parent=process, title="Papers", steps=[step(text=link)])
    fill(MobilityProcessPage.objects.get(pk=process.pk), phase(module))
    refresh_change_log()
    module.steps = [step("Sign", text=link)]

    with recorded(process, module) as edited:
        module.save_revision().publish()
    with recorded(process, module) as renamed:
        document.save()

    assert edited.told == {("Papers", "en", "upsert", "own"), *shown("Process")}
    assert renamed.told == shown("Papers", "Process")


def test_the_directory_is_part_of_the_addresses_of_schools(
    publish: Publish, site: SiteTree
) -> None:
    [article] = publish("Article", authors=[PartnerFactory()])
    site.partners.slug = "directory"

    with recorded(article, site.partners) as record:
        site.partners.save_revision().publish()

    assert ("Schools", "en", "upsert", "moved") in record.told
    assert shown("Article") <= record.told


def test_what_every_item_carries_changes_every_item(publish: Publish, site: SiteTree) -> None:
    publish("Article")
    footnote = Country.objects.get(code="XK").texts.get(language="en")
    footnote.footnote = "Without prejudice to positions on status."
    settings = ProjectSettings.objects.get()
    site_record = Site.objects.get()

    with recorded() as footnotes:
        footnote.save()
    settings.funding_statement = FundingStatementFactory()
    with recorded() as funding:
        settings.save()
    site_record.hostname = "v2v.example"
    with recorded() as addresses:
        site_record.save()
    with recorded() as languages:
        Locale.objects.get(language_code="nl").delete()

    for record in (footnotes, funding, addresses, languages):
        reasons = {(locale, operation, reason) for _t, locale, operation, reason in record.told}
        assert len(record.told) == 6
        assert reasons == {("en", "upsert", "dependency"), ("it", "upsert", "dependency")}


def test_what_stands_around_the_items_moves_the_version_alone(
    publish: Publish, site: SiteTree
) -> None:
    publish("Article")
    settings = ProjectSettings.objects.get()
    settings.contact_email = "other@v2v.example"

    with recorded() as contact:
        settings.save()
    with recorded() as redirect:
        Redirect.add_redirect("/old", redirect_to="/new")
    with recorded() as order:
        site.partners.move(site.news, pos="left")

    assert contact.told == redirect.told == set()
    assert contact.moved_by == redirect.moved_by == 1
    assert order.moved_by >= 1
