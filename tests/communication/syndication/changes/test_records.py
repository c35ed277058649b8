"""What records change on the items that name them, through whatever they do so."""

from collections.abc import Callable
from typing import Any

from taggit.models import Tag

from communication.syndication.services.change_log import refresh_change_log
from tests.events import EventPageFactory, add_events
from tests.factories import (
    CountryFactory,
    PartnerFactory,
    PersonConsentFactory,
    TwinningFactory,
    TwinningStoryPageFactory,
    add_text,
)
from tests.glossary import ConceptFactory, add_term, relate
from tests.repository import MobilityTopicFactory, RepositoryArticlePageFactory, add_repository
from tests.sites import SiteTree
from v2v_snippets.enums import RelationKind

from .recorded import block, recorded, shown

Publish = Callable[..., Any]


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
