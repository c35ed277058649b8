"""Twinnings and partners: their lists, and the pages below them that no editor makes."""

from django.utils.translation import override

from tests.factories import (
    NewsPageFactory,
    PartnerFactory,
    TeamFactory,
    TwinningStoryPageFactory,
    add_text,
)
from tests.sites import SiteTree, build_partnership
from tests.v2v_pages.documents import links, one, read, text_of
from v2v_snippets.models import PartnerAlias
from v2v_snippets.selectors import all_partners


def test_the_list_of_twinnings_shows_pairs_and_stories(site: SiteTree) -> None:
    pair = build_partnership()[0]
    TwinningStoryPageFactory(parent=site.twinnings, title="A visit", twinning=pair)

    page = read("/en/twinnings/")

    assert len(page.select(".pair")) == 5
    assert links(page, ".item__title a") == {"A visit": "/en/twinnings/a-visit/"}


def test_a_twinning_has_a_page_with_all_that_is_about_it(site: SiteTree) -> None:
    first, second = build_partnership()[:2]
    add_text(first, "en", goals="To exchange competences.")
    add_text(first.european_school, "en", description="A school in Alba.")
    TwinningStoryPageFactory(parent=site.twinnings, title="A visit", twinning=first)
    TwinningStoryPageFactory(parent=site.twinnings, title="Another", twinning=second)
    NewsPageFactory(parent=site.news, title="They met", twinnings=[first])

    page = read("/en/twinnings/1/")

    assert text_of(one(page, "h1")) == "APRO Formazione – Danilo Kiš"
    assert text_of(one(page, ".lede")) == "To exchange competences."
    assert "A school in Alba." in text_of(one(page, ".card:first-child"))
    assert list(links(page, ".item__title a")) == ["A visit", "They met"]
    assert list(links(page, "nav.crumbs a").values()) == ["/en/", "/en/twinnings/"]
    assert one(page, "link[rel=canonical]")["href"] == "http://localhost/en/twinnings/1/"
    read("/en/twinnings/99/", status=404)


def test_a_twinnings_goals_say_in_which_language_they_are(site: SiteTree) -> None:
    pair = build_partnership()[0]
    add_text(pair, "sq", goals="Të shkëmbejnë kompetenca.")

    assert one(read("/en/twinnings/1/"), ".lede")["lang"] == "sq"


def test_the_directory_groups_partners_by_side(site: SiteTree) -> None:
    build_partnership()
    PartnerFactory(short_name="EfVET", network=True)

    page = read("/en/schools/")

    assert [text_of(heading) for heading in page.select("section h2")] == [
        "European Union 5",
        "Western Balkans 5",
        "Networks 1",
    ]
    assert links(page)["EfVET"] == "/en/schools/efvet/"
    assert text_of(one(page, ".card .tag")) == "Leads the project"


def test_the_directory_lists_teams_with_their_members(site: SiteTree) -> None:
    school = PartnerFactory(short_name="SEDU")
    TeamFactory(members=[school], texts={"en": {"description": "Writes."}})

    team = read("/en/schools/").select("section")[-1]

    assert "Communication team Writes. SEDU" in text_of(team)


def test_a_partner_has_a_page_with_what_the_record_knows(site: SiteTree) -> None:
    school = build_partnership()[3].european_school
    school.website = "https://www.example.org/school"
    school.save()
    PartnerAlias.objects.create(partner=school, name="SIC Ljubliana")
    add_text(school, "en", description="Trains electricians.", sectors="electronics")

    page = read("/en/schools/sic-ljubljana/")

    assert text_of(one(page, "h1")) == "SIC Ljubljana"
    facts = text_of(one(page, ".facts"))
    assert facts == (
        "Fields of training electronics Also written SIC Ljubliana Website www.example.org"
    )
    assert text_of(one(page, ".pair")).startswith("4 SIC Ljubljana Ljubljana, Slovenia")


def test_a_partner_without_a_text_says_so(site: SiteTree) -> None:
    PartnerFactory(short_name="SEDU", website="")

    page = read("/en/schools/sedu/")

    assert text_of(one(page, ".empty")) == "Nothing has been written about this partner yet."
    assert page.select(".facts") == []
    read("/en/schools/unknown/", status=404)


def test_every_page_below_a_list_keeps_the_way_to_other_languages(site: SiteTree) -> None:
    build_partnership()

    page = read("/en/twinnings/2/")

    assert links(page, ".lang a")["italiano"] == "/it/twinnings/2/"


def test_partners_stand_in_the_order_of_the_readers_language(site: SiteTree) -> None:
    for name in ("Zagreb", "Čakovec", "Crikvenica", "Đakovo", "Dubrovnik"):
        PartnerFactory(short_name=name, slug=name.lower()[1:])

    with override("hr"):
        croatian = [partner.short_name for partner in all_partners()]
    with override("en"):
        english = [partner.short_name for partner in all_partners()]

    assert croatian == ["Crikvenica", "Čakovec", "Dubrovnik", "Đakovo", "Zagreb"]
    assert english == ["Čakovec", "Crikvenica", "Đakovo", "Dubrovnik", "Zagreb"]
