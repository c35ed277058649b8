"""What the demo shows: the article word for word, all records it names, and its translations."""

import re
from collections import Counter

import pytest
from django.apps import apps
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from wagtail.images import get_image_model
from wagtail.models import Page, Revision

from cms.demo import events, issues, process, repository
from cms.demo.article import SOURCE
from cms.demo.loading import load_demo
from cms.demo.pages import english_pages, find_page
from cms.demo.translations import IN_SERBIAN
from tests.texts import visible_text
from tests.v2v_pages.documents import links, one, read
from v2v_pages.models import HomePage, TwinningStoryPage
from v2v_snippets.enums import PartnerKind, PlacePrecision, Side
from v2v_snippets.models import (
    Country,
    FundingStatementText,
    Partner,
    ProjectSettings,
    SocialLink,
    Team,
    TeamMembership,
    Twinning,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def sentences_of_the_source() -> list[str]:
    """The article taken apart: a sentence, heading or list item each."""
    lines = [line.removeprefix("• ") for line in SOURCE.read_text().splitlines() if line]
    return [part for line in lines for part in re.split(r"(?<=[.!?]) (?=[A-Z])", line)]


def test_the_source_is_taken_apart_into_all_its_sentences() -> None:
    assert len(sentences_of_the_source()) == 21


@pytest.mark.parametrize("sentence", sentences_of_the_source())
def test_the_english_article_holds_every_sentence_of_its_source(sentence: str) -> None:
    article = find_page("kick-off")
    text = f"{article.title} {visible_text(article.body_html())}"

    assert " ".join(sentence.split()) in text


def test_the_article_keeps_the_order_of_its_source() -> None:
    text = visible_text(find_page("kick-off").body_html())
    places = [text.index(sentence) for sentence in sentences_of_the_source()[1:]]

    assert places == sorted(places)


def test_the_reader_is_shown_every_sentence(client: Client) -> None:
    text = visible_text(client.get("/en/news/kick-off/").content.decode())

    assert [s for s in sentences_of_the_source() if s not in text] == []


def test_the_date_of_the_article_is_said_to_be_assumed() -> None:
    assert find_page("kick-off").is_date_assumed


def test_the_article_has_its_pairs_as_records_and_its_dates_as_a_timeline() -> None:
    body = {block.block_type: block.value for block in find_page("kick-off").body}

    assert [pair.number for pair in body["twinnings"]["twinnings"]] == [1, 2, 3, 4, 5]
    entries = body["timeline"]["entries"]
    assert [entry["starts_on"].isoformat() for entry in entries] == [
        "2021-03-15",
        "2021-04-01",
        "2021-09-01",
    ]
    assert [entry["precision"] for entry in entries] == ["day", "month", "month"]


def test_loading_again_changes_nothing_and_asks_one_question(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    before = row_counts()
    revisions = set(Revision.objects.values_list("pk", "created_at"))

    with django_assert_num_queries(1):
        was_loaded = load_demo()

    assert not was_loaded
    assert row_counts() == before
    assert set(Revision.objects.values_list("pk", "created_at")) == revisions


def test_what_an_editor_deleted_stays_deleted() -> None:
    find_page("privacy").delete()

    load_demo()

    assert not Page.objects.filter(slug="privacy", locale__language_code="en").exists()


def test_every_page_was_published_through_a_revision() -> None:
    pages = Page.objects.filter(depth__gt=1)

    translated = (
        *english_pages(),
        *events.event_names(),
        *process.module_names(),
        *issues.issue_names(),
    )
    only_english = repository.content()["articles"]
    assert pages.count() == 1 + 3 * len(translated) + len(IN_SERBIAN) + len(only_english)
    assert all(page.live and page.live_revision_id for page in pages)
    assert not any(page.has_unpublished_changes for page in pages)


def test_there_are_twelve_partners_and_five_pairs() -> None:
    kinds = Counter(Partner.objects.values_list("kind", "side"))

    assert kinds == {
        (PartnerKind.VET_PROVIDER, Side.EUROPEAN): 5,
        (PartnerKind.VET_PROVIDER, Side.WESTERN_BALKAN): 5,
        (PartnerKind.NETWORK, ""): 2,
    }
    assert [pair.name for pair in Twinning.objects.with_schools()] == [
        "APRO Formazione – Danilo Kiš",
        "Noorderpoort – SŠSK",
        "SEDU – Centre of Competence",
        "SIC Ljubljana – JU SSŠ “Ivan Uskoković”",
        "GSC – Diakonie Training Center",
    ]
    assert Partner.objects.get(is_lead=True).short_name == "APRO Formazione"


def test_a_school_is_found_under_the_spelling_of_the_article() -> None:
    assert Partner.objects.get(aliases__name="SIC Ljubliana").slug == "sic-ljubljana"


def test_a_position_stands_only_where_a_town_is_named() -> None:
    partners = Partner.objects.all()

    assert {p.city for p in partners if p.place_precision == PlacePrecision.CITY} == {
        "Alba",
        "Barcelona",
        "Brussels",
        "Budva",
        "Ferizaj",
        "Sarajevo",
    }
    assert all(bool(p.city) == (p.place_precision == PlacePrecision.CITY) for p in partners)


def test_nothing_is_made_up_about_teams_and_addresses() -> None:
    settings = ProjectSettings.current()

    assert Team.objects.count() == 3
    assert not TeamMembership.objects.exists()
    assert not SocialLink.objects.exists()
    assert not settings.contact_email
    assert not settings.controller_name
    assert not Partner.objects.exclude(website="").exists()


def test_kosovo_has_its_footnote_in_every_language() -> None:
    kosovo = Country.objects.get(code="XK")

    assert kosovo.footnote_mark == "*"
    assert {text.language for text in kosovo.texts.all() if text.footnote} == {
        "en",
        "it",
        "sq",
        "fi",
        "sr",
    }


@pytest.mark.parametrize("language", ["en", "it", "sq", "fi", "sr"])
def test_every_country_has_its_name_in_every_language(language: str) -> None:
    named = Country.objects.filter(texts__language=language).exclude(texts__name="")

    assert named.count() == Country.objects.count()


def test_only_the_english_wordings_are_official_and_the_finnish_ones_are_missing() -> None:
    rows = FundingStatementText.objects.all()

    assert {row.language for row in rows if row.status == "official"} == {"en"}
    assert {row.language for row in rows} == {"en", "it", "sq", "sr"}
    assert all(row.source for row in rows)
    statement = ProjectSettings.current().funding_statement
    assert {text.language for text in find_page("kick-off").funding_texts()} == {"en"}
    assert statement is not None
    wording = statement.wording("disclaimer", "fi")
    assert wording is not None
    assert wording.language == "en"


def test_the_picture_says_that_it_is_an_illustration_and_may_be_used_by_all() -> None:
    image = get_image_model().objects.get()

    assert image.credit.startswith("Illustration")
    assert image.licence == "CC0-1.0"
    assert "illustration" in image.description.lower()


def test_the_story_born_in_albanian_is_marked_as_demo_text() -> None:
    story = TwinningStoryPage.objects.get()

    assert story.language == "sq"
    assert story.is_demo_text
    assert story.translation_origin == "original"


def test_the_home_page_leads_to_its_lists() -> None:
    home = HomePage.objects.get(locale__language_code="en")

    assert [page.title for page in home.menu_pages] == [
        "News",
        "Twinnings",
        "Partners",
        "Events",
        "Repository",
        "Mobility process",
        "Glossary",
        "VET systems",
        "About the project",
    ]
    assert len(home.dates) == 3
    assert len(home.strands) == 4


def row_counts() -> Counter[str]:
    """The number of rows of every table."""
    models = [m for m in apps.get_models(include_auto_created=True) if not m._meta.proxy]
    return Counter({model._meta.label: model._base_manager.count() for model in models})


@pytest.mark.parametrize(
    ("path", "subscribers", "privacy"),
    [
        ("/en/", "Subscribers of newsletters", "/en/privacy/"),
        ("/it/", "Chi è iscritto alle newsletter", "/it/privacy/"),
        ("/sq/", "Abonentët e buletineve", "/sq/privatesia/"),
    ],
)
def test_whoever_subscribes_at_home_can_read_what_happens_to_the_address(
    client: Client, path: str, subscribers: str, privacy: str
) -> None:
    section = one(read(path), "#newsletter")

    assert privacy in links(section).values()
    assert subscribers in visible_text(client.get(privacy).content.decode())


def test_the_page_about_privacy_makes_up_no_controller() -> None:
    assert read("/en/privacy/").select("#controller") == []
