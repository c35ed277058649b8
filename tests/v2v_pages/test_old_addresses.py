"""A page that was renamed or moved is found under its old address, in every language's prefix."""

from typing import Any

import pytest
from django.test import Client, TestCase
from pytest_django import DjangoAssertNumQueries
from wagtail.contrib.redirects.models import Redirect

from tests.factories import NewsPageFactory, StandardPageFactory
from tests.sites import SiteTree, translate
from tests.texts import PARTNERSHIP


@pytest.fixture
def article(site: SiteTree) -> Any:
    return NewsPageFactory(parent=site.news, slug="kick-off")


def rename(page: Any, slug: str) -> Any:
    """Gives a page another slug, as an editor does who publishes it again."""
    page = type(page).objects.get(pk=page.pk)
    page.slug = slug
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    return page


@pytest.mark.parametrize("code", PARTNERSHIP)
def test_a_renamed_article_is_found_in_every_prefix(article: Any, code: str) -> None:
    rename(article, "opening")

    answer = Client().get(f"/{code}/news/kick-off/")

    assert answer.status_code == (301 if code == "en" else 302)
    assert answer["Location"] == f"/{code}/news/opening/"


def test_an_old_address_leads_to_the_readers_own_version(site: SiteTree, article: Any) -> None:
    translate(site.news, "it", title="Notizie", slug="notizie")
    translate(article, "it", title="Avvio", slug="avvio")
    rename(article, "opening")

    answer = Client().get("/it/news/kick-off/")

    assert answer["Location"] == "/it/notizie/avvio/"


def test_old_slugs_of_the_chain_are_known(site: SiteTree, article: Any) -> None:
    translate(site.home, "bs")
    translate(site.news, "bs", title="Novosti", slug="novosti")
    bosnian = translate(article, "bs", title="Početak", slug="pocetak")
    rename(bosnian, "otvaranje")

    assert Client().get("/cnr/novosti/pocetak/")["Location"] == "/cnr/novosti/otvaranje/"


def test_articles_move_with_their_list(site: SiteTree, article: Any) -> None:
    rename(site.news, "reports")

    assert Client().get("/fi/news/kick-off/")["Location"] == "/fi/reports/kick-off/"


def test_an_old_address_keeps_working_without_its_slash_and_with_a_query(article: Any) -> None:
    rename(article, "opening")

    answer = Client().get("/fi/news/kick-off?utm_source=mail", follow=True)

    assert answer.redirect_chain[-1][0] == "/fi/news/opening/"


def test_an_old_address_gives_nothing_unpublished_away(article: Any) -> None:
    rename(article, "secret-slug").unpublish()

    answer = Client().get("/en/news/kick-off/")

    assert answer.status_code == 404
    assert b"secret-slug" not in answer.content


def test_a_new_page_at_an_old_address_wins(site: SiteTree, article: Any) -> None:
    rename(article, "opening")
    NewsPageFactory(parent=site.news, slug="kick-off", title="Another")

    assert Client().get("/en/news/kick-off/").status_code == 200
    assert Client().get("/fi/news/kick-off/").status_code == 200


def test_editors_redirects_lead_anywhere(site: SiteTree) -> None:
    Redirect.add_redirect("/old.html", redirect_to="https://partner.example/", is_permanent=False)
    about = StandardPageFactory(parent=site.home, slug="about")
    Redirect.add_redirect("/start", redirect_to=about)

    assert Client().get("/old.html")["Location"] == "https://partner.example/"
    assert Client().get("/start/")["Location"] == "/en/about/"


@pytest.mark.parametrize("path", ["/en/%00/", "/fi/%ff/", "/en/" + "x" * 5000 + "/"])
def test_hostile_addresses_are_not_found(site: SiteTree, path: str) -> None:
    assert Client().get(path).status_code == 404


def test_what_was_never_there_costs_one_query_more(
    site: SiteTree, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Client().get("/fi/nowhere/")
    with django_assert_max_num_queries(20) as captured:
        Client().get("/fi/nowhere/")

    assert sum("wagtailredirects" in query["sql"] for query in captured) == 1


def test_a_form_that_is_posted_is_not_led_on(article: Any) -> None:
    rename(article, "opening")

    assert Client().post("/en/news/kick-off/").status_code == 404
