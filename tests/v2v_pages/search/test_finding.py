"""The index finds what everybody may read, in the order that readers want, on both databases."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from tests.factories import NewsPageFactory, PartnerFactory, StandardPageFactory, TwinningFactory
from tests.glossary import ConceptFactory, add_term
from tests.process import MobilityModulePageFactory, MobilityProcessPageFactory, step
from tests.sites import SiteTree, translate
from v2v_pages.models import SearchEntry
from v2v_pages.search import finding
from v2v_pages.search.finding import Found, Search, find
from v2v_pages.search.showing import Hit, show
from v2v_pages.services.indexing import index_records, rebuild_index


def found(text: str, reader: str = "en", **chosen: list[str]) -> Found:
    return find(Search(text, reader, chosen), Site.objects.get(is_default_site=True))


def titles(text: str, reader: str = "en", **chosen: list[str]) -> list[str]:
    return ["".join(part.text for part in hit.title) for hit in hits(text, reader, **chosen)]


def hits(text: str, reader: str = "en", **chosen: list[str]) -> list[Hit]:
    search = Search(text, reader, chosen)
    return show(found(text, reader, **chosen), search, first=0, number=50)


def article(site: SiteTree, title: str, text: str = "", **fields: Any) -> Any:
    fields.setdefault("body", [("paragraph", f"<p>{text}</p>")])
    return NewsPageFactory(parent=site.news, title=title, **fields)


def concept(**terms: str) -> Any:
    made = ConceptFactory(terms={code.replace("_", "-"): term for code, term in terms.items()})
    index_records(kind="concept", pks=[made.pk])
    return made


@pytest.mark.parametrize("text", ["škola", "skola", "ŠKOLA", "школа", "s\u030ckola", "skol"])
def test_every_spelling_finds_the_word(site: SiteTree, text: str) -> None:
    article(site, "Latin", "Ovo je škola.")
    article(site, "Cyrillic", "Ово је школа.")
    concept(hr="škola", en="place of learning")

    assert set(titles(text)) == {"Latin", "Cyrillic", "škola"}


@pytest.mark.parametrize("text", ["đak", "dak", "djak", "ђак", "Đak"])
def test_the_letter_that_keyboards_lack_is_found(site: SiteTree, text: str) -> None:
    article(site, "A pupil", "Jedan đak čita.")

    assert titles(text) == ["A pupil"]


@pytest.mark.parametrize(
    "text",
    [
        '"', '""', "'", "*", "( ) : ^ - + ~", "AND", "OR NOT", "NEAR(a b, 3)", "title_words : x",
        "scope:language=en", "language=en", "type=news", "x' OR 1=1 --", "a & | ! <-> b:*", "\\",
        "% _ %s %(x)s {0}", "\x00", "\ud800", "💥", "a\u200db", "ﷺ", "½ ² ①", "1e5 0x1f -7 3.14",
        "http://x.example/?a=b&c", "a@b.example", "<b>x</b>", "z" * 5000, '"a" "b', "“„”«»",
    ],
)  # fmt: skip
def test_nothing_that_people_type_is_a_mistake(site: SiteTree, text: str) -> None:
    article(site, "Something", "of no interest")

    assert titles(text) == []


def test_all_words_must_be_found_and_phrases_as_they_are(site: SiteTree) -> None:
    article(site, "Both", "mobility of learners abroad")
    article(site, "One", "mobility of teachers")

    assert titles("learners mobility") == ["Both"]
    assert titles('"learners mobility"') == []
    assert titles('"mobility of learners"') == ["Both"]


def test_what_editors_choose_from_lists_is_no_text(site: SiteTree) -> None:
    callout = {"tone": "warning", "heading": "Mind", "text": "<p>the step</p>"}
    article(site, "Article", body=[("callout", callout)])
    process = MobilityProcessPageFactory(parent=site.home)
    chosen = step("Mind the step", roles=["learner"], direction="")
    MobilityModulePageFactory(parent=process, title="Module", steps=[chosen])

    assert set(titles("mind step")) == {"Article", "Module"}
    for label in ("warning", "learner", "weeks", "before", "select"):
        assert titles(label) == []


def test_titles_come_before_texts_and_new_before_old(site: SiteTree) -> None:
    article(site, "Other", "insurance", published_on=date(2021, 5, 3))
    article(site, "Old", "insurance", published_on=date(2021, 5, 1))
    article(site, "All about insurance", published_on=date(2021, 5, 2))
    article(site, "Insurances", published_on=date(2021, 6, 1))
    article(site, "Insurance", published_on=date(2021, 1, 1))

    assert titles("insurance") == [
        "Insurance", "All about insurance", "Insurances", "Other", "Old",
    ]  # fmt: skip


def test_own_language_comes_first_then_near_ones_then_all_others(site: SiteTree) -> None:
    for code in ("sr", "bs", "sq"):
        concept(**{code: "mobilitet"})
    concept(en="mobilitet")

    order = [hit.entry.language for hit in hits("mobilitet", "bs")]

    assert order == ["bs", "en", "sq", "sr"]
    assert [hit.is_near for hit in hits("mobilitet", "bs")] == [True, True, False, False]


def test_an_item_is_found_once_in_the_readers_language(site: SiteTree) -> None:
    translate(site.news, "it")
    translate(article(site, "Erasmus", "Erasmus"), "it", title="Erasmus in breve")

    assert titles("erasmus", "it") == ["Erasmus in breve"]
    assert titles("erasmus", "en") == ["Erasmus"]
    assert found("erasmus").facets["language"].keys() == {"en", "it"}


def test_facets_count_what_choosing_them_leads_to(site: SiteTree) -> None:
    article(site, "Visa")
    StandardPageFactory(parent=site.home, title="Visa")
    concept(en="visa", it="visa")

    by_type = found("visa").facets["type"]

    assert {kind: str(count) for kind, count in by_type.items()} == {
        "news": "1", "page": "1", "concept": "1",
    }  # fmt: skip
    for kind, count in by_type.items():
        assert found("visa", type=[kind]).total == count
    assert found("visa", type=["concept"]).facets["type"] == by_type
    assert found("visa", type=["concept"], language=["it"]).total.number == 1
    assert set(found("visa", type=["concept"]).facets["domain"]) == {"vet-systems"}


def test_a_word_that_stands_everywhere_is_counted_up_to_a_limit(
    site: SiteTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_OWN", 3)
    for number in range(5):
        article(site, f"Number {number}", "everywhere")
    in_title = article(site, "Everywhere")

    assert found("everywhere").total.is_capped
    assert titles("everywhere")[0] == in_title.title
    assert not found("number").facets["type"]["news"].number > 5


def test_a_term_not_to_be_used_leads_to_the_preferred_one_and_says_so(site: SiteTree) -> None:
    made = concept(en="vocational school")
    add_term(made, "en", "trade college", status="deprecated", hidden_forms="trade colege")
    index_records(kind="concept", pks=[made.pk])

    [hit] = hits("trade college")
    [misspelt] = hits("colege")
    [preferred] = hits("vocational", type=["concept"])

    assert hit.note is not None
    assert (hit.note.term, hit.note.preferred) == ("trade college", "vocational school")
    assert misspelt.entry == preferred.entry == hit.entry
    assert preferred.note is None


def test_partners_and_twinnings_are_found_by_all_names(site: SiteTree) -> None:
    school = PartnerFactory(short_name="SIC", official_name="Srednja škola", city="Ljubljana")
    pair = TwinningFactory(european_school=school)
    rebuild_index()

    assert set(titles("srednja skola")) == {"SIC", pair.name}
    assert titles("ljubljana") == ["SIC"]


@pytest.fixture
def public(site: SiteTree) -> Iterator[Any]:
    """A page below a section, which is found until a test hides it."""
    section = StandardPageFactory(parent=site.home, title="Section")
    page = StandardPageFactory(parent=section, title="Findable")
    assert titles("findable") == ["Findable"]
    yield page
    assert titles("findable") == []
    assert found("findable").facets == {}
    rebuild_index()
    assert titles("findable") == []


def test_an_unpublished_page_is_not_found(public: Any) -> None:
    public.unpublish()


def test_a_page_below_an_unpublished_one_is_not_found(public: Any) -> None:
    public.get_parent().unpublish()


def test_a_page_below_a_restricted_one_is_not_found(public: Any) -> None:
    PageViewRestriction.objects.create(page=public.get_parent(), restriction_type="login")


def test_a_restricted_page_is_not_found(public: Any) -> None:
    PageViewRestriction.objects.create(page=public, restriction_type="login")


def test_a_page_whose_time_is_over_is_not_found_before_any_command_ran(public: Any) -> None:
    Page.objects.filter(pk=public.pk).update(expire_at=timezone.now() - timedelta(minutes=1))


def test_a_page_whose_section_has_not_come_yet_is_not_found(public: Any) -> None:
    later = timezone.now() + timedelta(minutes=1)
    Page.objects.filter(pk=public.get_parent().pk).update(go_live_at=later)


def test_a_deleted_page_is_not_found(public: Any) -> None:
    public.delete()


def test_a_page_moved_out_of_the_site_is_not_found(public: Any) -> None:
    public.move(Page.get_first_root_node(), pos="last-child")


def test_a_draft_of_a_public_page_is_found_when_it_is_published(site: SiteTree) -> None:
    page = article(site, "Before")
    page.title = "Afterwards"
    revision = page.save_revision()

    assert titles("afterwards") == []
    revision.publish()
    assert titles("afterwards") == ["Afterwards"]
    assert titles("before") == []


def test_concepts_are_found_while_they_are_public(site: SiteTree) -> None:
    made = concept(en="dual training")
    assert titles("dual training") == ["dual training"]

    type(made).objects.filter(pk=made.pk).update(live=False)

    assert titles("dual training") == []


def test_a_changed_record_is_indexed_when_its_transaction_is_done(site: SiteTree) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        made = ConceptFactory(terms={"en": "internship"})
    assert titles("internship") == ["internship"]

    with TestCase.captureOnCommitCallbacks(execute=True):
        add_term(made, "en", "stage", status="admitted")
    assert titles("stage") == ["internship"]

    with TestCase.captureOnCommitCallbacks(execute=True):
        made.delete()
    assert not SearchEntry.objects.filter(kind="concept").exists()


def test_rebuilding_gives_what_publishing_gave(site: SiteTree) -> None:
    article(site, "Visits", "škola", tags=["travel"])
    columns = [field.name for field in SearchEntry._meta.fields if field.name != "id"]
    before = list(SearchEntry.objects.order_by("kind", "key", "language").values(*columns))

    call_command("rebuild_search_index", verbosity=0)
    call_command("rebuild_search_index", verbosity=0)

    after = SearchEntry.objects.order_by("kind", "key", "language").values(*columns)
    assert [row for row in after if row["kind"] == "news"] == [
        row for row in before if row["kind"] == "news"
    ]
    assert titles("travel") == ["Visits"]


def test_finding_costs_the_same_for_one_thing_and_for_five(site: SiteTree) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            hits("query", type=["news", "concept"])
        return len(queries)

    article(site, "Query 0")
    concept(en="query 0")
    cost()
    before = cost()
    for number in range(1, 5):
        article(site, f"Query {number}")
        concept(en=f"query {number}")

    assert cost() == before <= 20
