"""Every form, list and chooser that editors open, for both roles."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Case, Q, When
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from factory import Sequence
from pytest_django.fixtures import DjangoAssertNumQueries
from wagtail.models import Page, get_page_models
from wagtail.snippets.models import get_snippet_models

from cms.demo.pages import EXAMPLE, english_pages, find_page
from cms.services.roles import COMMUNICATION_TEAM, PARTNER_EDITOR
from tests.cms.editing.people import signed_in
from tests.factories import TwinningFactory
from v2v_pages.blocks import StoryBlock
from v2v_pages.models import BasePage
from v2v_snippets.language.locales import content_languages
from v2v_snippets.models import Country, Partner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]
RECORDS = get_snippet_models()
TABS = ["content", "connections", "publishing", "search_sharing"]


@pytest.fixture(params=[PARTNER_EDITOR, COMMUNICATION_TEAM])
def editor(request: pytest.FixtureRequest) -> Client:
    """The browser of somebody of either role."""
    return signed_in(request.param)


@pytest.fixture
def team() -> Client:
    """The browser of somebody in the communication team."""
    return signed_in(COMMUNICATION_TEAM)


def any_page(model: type[Page]) -> Page:
    """A page of this type whose own form opens: no alias, and English, if there is."""
    is_english = Q(locale__language_code="en")
    pages = model.objects.filter(alias_of=None)
    return pages.order_by(Case(When(is_english, then=0), default=1), "pk").first()


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_page_type_opens_in_its_four_tabs(editor: Client, model: type[Page]) -> None:
    response = editor.get(reverse("wagtailadmin_pages:edit", args=[any_page(model).pk]))

    html = response.content.decode()
    assert response.status_code == 200
    for tab in TABS:
        assert f'id="tab-{tab}"' in html


def test_tabs_have_the_same_addresses_whoever_opens_the_first_form() -> None:
    with override("sq"):
        handler = BasePage.edit_handler.bind_to_model(PAGE_TYPES[0])

        assert handler.child_identifiers[:4] == TABS


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_page_type_below_the_home_page_can_be_added(
    editor: Client, model: type[Page]
) -> None:
    parents = [page for page in map(any_page, PAGE_TYPES) if model.can_create_at(page)]

    for parent in parents:
        url = reverse(
            "wagtailadmin_pages:add",
            args=[model._meta.app_label, model._meta.model_name, parent.pk],
        )
        assert editor.get(url).status_code == 200
    below_lists = {
        "EventPage",
        "MobilityModulePage",
        "NewsPage",
        "RepositoryArticlePage",
        "TwinningStoryPage",
        "VETSystemPage",
    }
    several = {"MobilityProcessPage", "StandardPage"}
    assert bool(parents) == (model.__name__ in below_lists | several)


@pytest.mark.parametrize("name", english_pages())
def test_a_page_can_be_previewed_compared_and_traced(editor: Client, name: str) -> None:
    page = find_page(name)

    for view in ("history", "usage", "view_draft"):
        response = editor.get(reverse(f"wagtailadmin_pages:{view}", args=[page.pk]))
        assert response.status_code == 200, view


@pytest.mark.parametrize("block", StoryBlock().child_blocks.values(), ids=lambda block: block.name)
def test_every_block_is_described_and_previewed_in_the_picker(editor: Client, block: Any) -> None:
    response = editor.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    assert response.status_code == 200
    assert str(block.get_description())


def test_a_page_is_offered_for_translation_into_what_is_missing(editor: Client) -> None:
    page = find_page("kick-off")
    response = editor.get(reverse("wagtail_localize:submit_page_translation", args=[page.pk]))

    locales = response.context["form"].fields["locales"].queryset
    offered = {locale.language_code for locale in locales}
    assert offered == set(content_languages()) - {"en", "it", "sq", "sr"}


def test_the_albanian_story_is_edited_as_an_original(editor: Client) -> None:
    story = find_page(EXAMPLE, "sq")

    html = editor.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()

    assert 'name="title"' in html


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_every_list_of_records_opens_and_searches(editor: Client, model: Any) -> None:
    url = reverse(model.snippet_viewset.get_url_name("list"))

    assert editor.get(url).status_code == 200
    assert editor.get(url, {"q": "a"}).status_code == 200
    assert editor.get(reverse(model.snippet_viewset.chooser_viewset.get_url_name("choose")))


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_every_record_opens_with_its_history_and_usage(team: Client, model: Any) -> None:
    views = model.snippet_viewset
    record = model.objects.first()

    assert team.get(reverse(views.get_url_name("add"))).status_code == 200
    if record is not None:
        for view in ("edit", "history", "usage", "inspect", "delete"):
            response = team.get(reverse(views.get_url_name(view), args=[record.pk]))
            assert response.status_code == 200, view


@pytest.mark.parametrize(
    ("model", "question", "found"),
    [
        (Partner, {"q": "Ljubliana"}, ["SIC Ljubljana"]),
        (Partner, {"q": "ferizaj"}, ["Centre of Competence"]),
        (Partner, {"kind": "network"}, ["EfVET", "Xarxa"]),
        (Partner, {"side": "wb", "q": "Danilo"}, ["Danilo Kiš"]),
        (Country, {"q": "Mali i Zi"}, []),
        (Country, {"q": "Mal i Zi"}, ["ME"]),
        (Country, {"q": "land"}, ["FI", "NL"]),
        (Country, {"footnote_mark": "*"}, ["XK"]),
    ],
)
def test_records_are_found_once_under_any_of_their_names(
    team: Client, model: Any, question: dict[str, str], found: list[str]
) -> None:
    response = team.get(reverse(model.snippet_viewset.get_url_name("list")), question)

    field = "short_name" if model is Partner else "code"
    assert [getattr(row, field) for row in response.context["object_list"]] == found


def test_the_usage_of_a_twinning_names_the_article(team: Client) -> None:
    article = find_page("kick-off")
    pair = article.twinnings.get(number=1)
    url = reverse(type(pair).snippet_viewset.get_url_name("usage"), args=[pair.pk])

    assert article.title in team.get(url).content.decode()


@pytest.mark.parametrize("model", [Partner, Country], ids=lambda model: model.__name__)
def test_a_list_of_records_costs_the_same_however_long_it_is(
    team: Client, model: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    url = reverse(model.snippet_viewset.get_url_name("list"))
    team.get(url)  # fills the caches of the process

    with CaptureQueriesContext(connection) as few:
        team.get(url, {"q": "SEDU" if model is Partner else "FI"})
    with django_assert_max_num_queries(len(few)):
        team.get(url, {"q": "e"})


def test_the_form_of_an_article_costs_the_same_however_many_pairs_there_are(
    team: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    url = reverse("wagtailadmin_pages:add", args=["v2v_pages", "newspage", find_page("news").pk])
    team.get(url)  # fills the caches of the process

    with CaptureQueriesContext(connection) as few:
        team.get(url)
    TwinningFactory.create_batch(3, number=Sequence(lambda n: n + 10))
    with django_assert_max_num_queries(len(few)):
        team.get(url)
