"""Concepts in the admin and in articles: edited, named in a text, and explained to readers."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Locator, Page, expect
from pytest_django.fixtures import Settings

from tests.browser.conftest import Axe
from tests.factories import NewsIndexPageFactory, NewsPageFactory
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory
from v2v_pages.models import HomePage, NewsPage
from v2v_snippets.models import GlossaryConcept

pytestmark = pytest.mark.browser

EDITOR = ".public-DraftEditor-content"
SENTENCE = "Both schools have a bench."

expect.set_options(timeout=30_000)  # a busy machine is no fault of the page


@pytest.fixture(autouse=True)
def _no_drafts_meanwhile(settings: Settings) -> None:
    """Wagtail refuses, and the console notes, a draft on its way while its page is published."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0


@pytest.fixture
def article(site_url: str) -> NewsPage:
    """An article of one sentence, on a site with a glossary."""
    home = HomePage.objects.get(locale__language_code="en")
    GlossaryIndexPageFactory(parent=home)
    news = NewsIndexPageFactory(parent=home, slug="news")
    body = [("paragraph", f"<p>{SENTENCE}</p>")]
    page: NewsPage = NewsPageFactory(parent=news, slug="bench", body=body)
    return page


@pytest.fixture
def desk(page: Page, site_url: str) -> Iterator[Page]:
    """The admin, to somebody who may publish."""
    get_user_model().objects.create_superuser("ada", password="a very long password")
    page.goto("/admin/")
    page.get_by_label("Username").fill("ada")
    page.locator("[name=password]").fill("a very long password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Pages", exact=True)).to_be_visible()
    yield page
    page.goto("about:blank")  # ends the editing session before its page goes


def select(page: Page, words: str, sentence: str = SENTENCE) -> None:
    """Selects words of the text."""
    page.locator(EDITOR).first.click()
    page.keyboard.press("Control+Home")
    for _letter in sentence[: sentence.index(words)]:
        page.keyboard.press("ArrowRight")
    for _letter in words:
        page.keyboard.press("Shift+ArrowRight")


def choose(page: Page, question: str, name: str) -> None:
    """Finds a concept in the chooser, and takes it."""
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Any term").fill(question)
    expect(dialog.locator("tbody tr")).to_have_count(1)
    dialog.get_by_role("link", name=name).click()
    expect(dialog).to_have_count(0)


def publish(page: Page) -> None:
    """Publishes what is being edited."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("published.").first).to_be_visible()


def stored(article: NewsPage) -> str:
    """Returns the text as it was saved."""
    return str(NewsPage.objects.get(pk=article.pk).body.raw_data[0]["value"])


def test_a_term_is_put_into_an_article_and_explained_to_readers(
    desk: Page, article: NewsPage, axe: Axe, html_errors: Callable[[Mapping[str, str]], str]
) -> None:
    school = ConceptFactory(
        terms={"en": "school", "sr": "школа"}, definitions={"en": "Where people learn."}
    )
    ConceptFactory(terms={"en": "bench"})
    desk.goto(f"/admin/pages/{article.pk}/edit/")

    select(desk, "schools")
    desk.get_by_role("button", name="Term of the glossary").click()
    choose(desk, "skola", "school")
    term = desk.locator(f"{EDITOR} [data-draftail-trigger]")
    expect(term).to_have_text("schools")
    # rich text reaches the form a moment late
    desk.wait_for_function(
        "words => [...document.querySelectorAll('form input')].some(i => i.value.includes(words))",
        arg=school.identifier,
    )
    publish(desk)

    assert f'identifier="{school.identifier}"' in stored(article)
    desk.goto("/en/news/bench/")
    assert html_errors({"/en/news/bench/": Client().get("/en/news/bench/").content.decode()}) == ""
    button = desk.get_by_role("button", name="schools", exact=True)
    tip = desk.locator("[popover]")
    expect(tip).to_be_hidden()
    button.focus()
    desk.keyboard.press("Enter")
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("Where people learn.")
    assert axe() == []
    desk.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    expect(button).to_be_focused()


def term_tools(page: Page) -> Locator:
    """Opens what the editor offers for a term."""
    page.locator(f"{EDITOR} [data-draftail-trigger]").click()
    return page.locator(".Tooltip")


def test_a_term_is_changed_and_taken_away(desk: Page, article: NewsPage) -> None:
    for name in ("school", "bench"):
        ConceptFactory(terms={"en": name})
    desk.goto(f"/admin/pages/{article.pk}/edit/")

    select(desk, "bench")
    desk.get_by_role("button", name="Term of the glossary").click()
    choose(desk, "scho", "school")
    expect(term_tools(desk)).to_contain_text("school (C-")
    desk.get_by_role("button", name="Edit", exact=True).click()
    choose(desk, "bench", "bench")
    expect(term_tools(desk)).to_contain_text("bench (C-")
    desk.get_by_role("button", name="Remove", exact=True).click()

    editor = desk.locator(EDITOR).first
    expect(editor.locator("[data-draftail-trigger]")).to_have_count(0)
    expect(editor).to_have_text(SENTENCE)


def mark(page: Page, **answers: str) -> None:
    """Says in the dialog which language the selected words are in."""
    page.get_by_role("button", name="Words in another language").click()
    dialog = page.get_by_role("dialog")
    if "language" in answers:
        dialog.get_by_label("Language", exact=True).select_option(answers["language"])
    else:
        dialog.get_by_label("Another language").fill(answers["other"])
    dialog.get_by_role("button", name="Mark the words").click()


def test_words_are_marked_as_being_in_another_language_and_read_without_a_font_of_their_own(
    desk: Page, article: NewsPage, html_errors: Callable[[Mapping[str, str]], str]
) -> None:
    body = [("paragraph", f"<p>{SENTENCE} Школа.</p>")]
    NewsPage.objects.get(pk=article.pk).delete()
    article = NewsPageFactory(parent=article.get_parent().specific, slug="words", body=body)
    desk.goto(f"/admin/pages/{article.pk}/edit/")
    select(desk, "Both")
    mark(desk, other="no tag!")
    expect(desk.get_by_role("dialog")).to_contain_text("This is no language tag.")
    desk.get_by_role("dialog").get_by_label("Another language").fill("la")
    desk.get_by_role("button", name="Mark the words").click()
    marks = desk.locator(f"{EDITOR} [data-draftail-trigger]")
    expect(marks).to_have_text("Both")
    select(desk, "Школа", f"{SENTENCE} Школа.")
    mark(desk, language="sr")
    expect(marks).to_have_count(2)
    desk.wait_for_function(
        "() => [...document.querySelectorAll('form input')].some(i => i.value.includes('српски'))"
    )
    publish(desk)

    assert '<a linktype="language" lang="la">Both</a>' in stored(article)
    fonts: list[str] = []
    desk.on("request", lambda request: fonts.append(request.url))
    desk.goto("/en/news/words/")
    desk.evaluate("() => document.fonts.ready.then(() => null)")
    expect(desk.locator("span[lang=sr]")).to_have_text("Школа")
    expect(desk.locator("span[lang=la]")).to_have_text("Both")
    assert [url for url in fonts if "latin" in url]
    assert not [url for url in fonts if "cyrillic" in url]
    html = Client().get("/en/news/words/").content.decode()
    assert html_errors({"/en/news/words/": html}) == ""


def add_row(page: Page, relation: str, **fields: str) -> Locator:
    """Adds a row to a part of the concept, and fills it."""
    page.locator(f"#id_{relation}-ADD").click()
    row = page.locator(f"#id_{relation}-FORMS > [data-inline-panel-child]").last
    for name, value in fields.items():
        field = row.locator(f"[name$={name}]").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    return row


def test_a_concept_is_written_in_three_languages_and_its_terms_change_places(
    desk: Page, site_url: str
) -> None:
    desk.goto("/admin/snippets/v2v_snippets/glossaryconcept/add/")
    desk.locator("[name=domain]").select_option("vet_systems")
    desk.locator("[name=status]").select_option("approved")
    for language, term in (("en", "school"), ("sr", "школа"), ("sq", "shkollë")):
        add_row(desk, "designations", language=language, term=term)
    add_row(desk, "designations", language="en", term="place to learn", status="admitted")
    add_row(desk, "definitions", language="en", text="Where people learn.", source="The project")
    publish(desk)

    concept = GlossaryConcept.objects.public().get()
    assert concept.designations.count() == 4
    desk.goto(f"/admin/snippets/v2v_snippets/glossaryconcept/edit/{concept.pk}/")
    rows = desk.locator("#id_designations-FORMS > [data-inline-panel-child]")
    expect(rows).to_have_count(4)
    for row in rows.all():
        if row.locator("[name$=language]").input_value() == "en":
            status = row.locator("[name$=status]")
            status.select_option({"preferred": "admitted"}.get(status.input_value(), "preferred"))
    publish(desk)

    assert GlossaryConcept.objects.get().name == "place to learn"
