"""The mobility process for readers: phases, modules written once, filters, dates, checklist."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from wagtail_localize.models import TranslationSource

from tests.factories import CountryFactory, DocumentFactory, StandardPageFactory
from tests.process import (
    MobilityModulePageFactory,
    MobilityProcessPageFactory,
    fill,
    phase,
    step,
)
from tests.sites import SiteTree, translate
from tests.v2v_pages.documents import links, one, read, text_of
from v2v_pages.blocks.process import StepLinkBlock
from v2v_pages.models import MobilityModulePage, MobilityProcessPage

PROCESS = "/en/process/"


@pytest.fixture
def process(site: SiteTree) -> Any:
    return MobilityProcessPageFactory(parent=site.home)


@pytest.fixture
def whole(process: Any) -> Any:
    """A process of two phases, with a step for each role and direction that is filtered by."""
    module = MobilityModulePageFactory(
        parent=process,
        title="Agreement",
        steps=[
            step("Sign", roles=["sending_school", "host_school"], checklist=["Signed"]),
            step("Pack", roles=["learner"], amount=3, unit="days", direction="eu_wb"),
            step("Ask", roles=["learner"], amount=0, direction="wb_eu"),
        ],
    )
    review = MobilityModulePageFactory(
        parent=process,
        title="Review",
        steps=[step("Talk", side="after", amount=1, roles=["network"])],
    )
    return fill(process, phase(module, review, title="Before"), phase(review, title="After"))


def steps_of(page: Any) -> list[str]:
    return [heading.get_text(strip=True) for heading in page.select(".todo h4")]


def test_a_module_is_written_once_and_shown_in_each_phase(whole: Any) -> None:
    page = read(PROCESS)

    assert steps_of(page) == ["Sign", "Pack", "Ask", "Talk", "Talk"]
    numbers = [number.get_text() for number in page.select(".todo__number")]
    assert numbers == ["1", "2", "3", "4", "5"]
    assert [a.get_text() for a in page.select(".module h3 a")] == ["Agreement", "Review", "Review"]


def test_a_step_says_who_does_what_until_when(whole: Any) -> None:
    first = read(PROCESS).select_one("#step-1")

    text = text_of(first)
    assert "Sending school Host school 8 weeks before departure" in text
    assert "Together." in text
    assert "Signed" in text


def test_filters_are_links_and_their_state_is_in_the_path(whole: Any) -> None:
    page = read(PROCESS)
    filters = links(page, ".filters a")

    assert filters["Learner 2"] == f"{PROCESS}role/learner/"
    assert steps_of(read(f"{PROCESS}role/learner/")) == [
        "Pack",
        "Ask",
    ]
    assert steps_of(read(f"{PROCESS}direction/eu-wb/")) == ["Sign", "Pack", "Talk", "Talk"]
    assert steps_of(read(f"{PROCESS}role/learner/direction/wb-eu/")) == ["Ask"]


def test_filters_in_another_order_lead_to_the_one_address(whole: Any) -> None:
    response = Client().get(f"{PROCESS}direction/wb-eu/role/learner/checklist/")

    assert response.status_code == 302
    assert response["Location"] == f"{PROCESS}role/learner/direction/wb-eu/checklist/"


@pytest.mark.parametrize("path", ["role/king/", "role/learner/role/learner/", "dates/2027-02-30/"])
def test_what_does_not_exist_is_not_found(whole: Any, path: str) -> None:
    assert Client().get(PROCESS + path).status_code == 404


def test_the_form_leads_to_the_address_of_its_dates(whole: Any) -> None:
    response = Client().get(f"{PROCESS}role/learner/dates/", {"departure": "2027-03-15"})

    assert response.status_code == 302
    assert response["Location"] == f"{PROCESS}role/learner/dates/2027-03-15/"
    page = read(response["Location"])
    assert [time["datetime"] for time in page.select(".todo time")] == ["2027-03-12", "2027-03-15"]
    assert one(page, 'meta[name="robots"]')["content"] == "noindex"


@pytest.mark.parametrize("text", ["", "15.3.2027", "2027-02-30", "0001-01-01", "9999-12-31", "<b>"])
def test_a_bad_date_is_explained(whole: Any, text: str) -> None:
    response = Client().get(f"{PROCESS}dates/", {"departure": text})

    assert response.status_code == 400
    page = response.content.decode()
    assert "is no date. Write year" in page or "Give a date between the years" in page
    assert 'aria-invalid="true"' in page
    assert "<b>" not in page.partition("<main")[2].partition("</form>")[0]


def test_the_calendar_has_the_deadlines_of_the_steps_that_are_shown(whole: Any) -> None:
    response = Client().get(f"{PROCESS}role/learner/dates/2027-03-15.ics")

    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(response.content).walk("VEVENT")
    assert [(str(e["SUMMARY"]), e.decoded("DTSTART")) for e in events] == [
        ("Pack", date(2027, 3, 12)),
        ("Ask", date(2027, 3, 15)),
    ]
    assert Client().get(f"{PROCESS}dates/2027-02-30.ics").status_code == 404


def test_the_checklist_has_a_box_for_everything(whole: Any) -> None:
    page = read(f"{PROCESS}checklist/")

    boxes = [box.get_text() for box in page.select(".boxes li")]
    assert boxes == ["Signed", "Done", "Done", "Done", "Done"]
    assert text_of(one(page, "h1")) == "Mobility process: Checklist"


def test_links_lead_only_to_what_is_public(process: Any, site: SiteTree) -> None:
    public = StandardPageFactory(parent=site.home, title="Public page")
    draft = StandardPageFactory(parent=site.home, title="Draft page", draft=True)
    document = DocumentFactory(title="Form")
    targets = [{"page": public}, {"page": draft}, {"document": document},
               {"url": "https://example.org/", "title": "Elsewhere"}]  # fmt: skip
    module = MobilityModulePageFactory(parent=process, steps=[step(documents=targets)])
    fill(process, phase(module))

    names = list(links(read(PROCESS), ".todo a"))

    assert names == ["Public page", "Form", "Elsewhere"]


def test_a_tip_names_its_country(process: Any) -> None:
    tip = {"country": CountryFactory(kosovo=True), "text": "Ask early."}
    module = MobilityModulePageFactory(parent=process, steps=[step(tips=[tip])])
    fill(process, phase(module))

    assert "Kosovo* Ask early." in text_of(read(PROCESS).select_one("#step-1"))


def test_hidden_modules_are_not_shown(process: Any) -> None:
    hidden = MobilityModulePageFactory(parent=process, title="Hidden", steps=[step()], draft=True)
    shown = MobilityModulePageFactory(parent=process, title="Shown", steps=[step()])
    fill(process, phase(hidden, shown))

    assert [a.get_text() for a in read(PROCESS).select(".module h3 a")] == ["Shown"]


def test_a_process_without_steps_says_so(process: Any) -> None:
    assert "No step has been described yet." in text_of(read(PROCESS))


def test_a_module_has_a_page_of_its_own(whole: Any) -> None:
    page = read(f"{PROCESS}agreement/")

    assert [h.get_text(strip=True) for h in page.select(".todo h3")] == ["Sign", "Pack", "Ask"]


def test_a_module_leaves_the_addresses_of_the_process_alone(process: Any) -> None:
    module = MobilityModulePage(title="Dates", slug="dates", summary="When.", locale=process.locale)

    with pytest.raises(ValidationError, match="shows something of its own"):
        process.add_child(instance=module)


def test_a_link_has_exactly_one_target() -> None:
    block = StepLinkBlock()
    empty = {"page": None, "document": None, "url": "", "title": ""}

    for wrong in (empty, {**empty, "url": "https://example.org/"}):
        with pytest.raises(ValidationError):
            block.clean(block.to_python(wrong))
    whole = {**empty, "url": "https://example.org/", "title": "Elsewhere"}
    assert block.clean(block.to_python(whole))["title"] == "Elsewhere"


def test_translators_get_every_word_of_a_step(process: Any) -> None:
    tip = {"country": CountryFactory(), "text": "A tip"}
    module = MobilityModulePageFactory(
        parent=process,
        steps=[step("What", text="<p>How</p>", inputs=["Input"], checklist=["Box"], tips=[tip],
                    documents=[{"url": "https://example.org/", "title": "Named"}])],
    )  # fmt: skip
    source, _created = TranslationSource.update_or_create_from_instance(module)

    words = set(source.stringsegment_set.values_list("string__data", flat=True))

    assert {"What", "How", "Input", "Box", "A tip", "Named"} <= words


def test_each_module_is_read_in_the_best_language(whole: Any, site: SiteTree) -> None:
    translate(whole, "it", title="Processo", slug="processo")
    module = MobilityModulePage.objects.get(slug="agreement")
    italian = translate(module, "it", title="Accordo", slug="accordo")

    page = read("/it/processo/")

    assert italian.live
    names = [(text_of(each.h3), each.get("lang")) for each in page.select(".module")]
    assert names == [("Accordo", None), ("Review", "en"), ("Review", "en")]


def test_the_costs_are_the_same_however_many_modules_and_steps(process: Any) -> None:
    country, page = CountryFactory(), StandardPageFactory(parent=process.get_parent())

    def add(modules: int, steps: int) -> None:
        tips = [{"country": country, "text": "Tip"}]
        given: dict[str, Any] = {"documents": [{"page": page}], "tips": tips}
        made = [
            MobilityModulePageFactory(parent=process, steps=[step(**given)] * steps)
            for _number in range(modules)
        ]
        fill(process, *(phase(module) for module in made))

    def queries() -> int:
        Client().get(PROCESS)
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(PROCESS).status_code == 200
        return len(captured)

    add(1, 1)
    few = queries()
    process.refresh_from_db()
    add(4, 5)

    assert queries() == few


def test_the_type_is_one_of_the_sections() -> None:
    assert MobilityProcessPage.clean_parent_page_models()
    assert MobilityModulePage.clean_parent_page_models() == [MobilityProcessPage]
