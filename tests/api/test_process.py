"""The mobility process for other sites."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.api.schemas.lists import ProcessListSchema
from tests.factories import CountryFactory, DocumentFactory, StandardPageFactory
from tests.process import (
    MobilityModulePageFactory,
    MobilityProcessPageFactory,
    fill,
    phase,
    step,
)
from tests.sites import SiteTree

Get = Callable[..., Any]


def whole_process(tree: SiteTree, steps: int = 1, modules: int = 1) -> Any:
    """Makes a process whose steps have everything."""
    process = MobilityProcessPageFactory(parent=tree.home)
    page = StandardPageFactory(parent=process, title="Rules")
    draft = StandardPageFactory(parent=process, title="Draft", draft=True)
    given = step(
        roles=["learner", "company"],
        direction="eu_wb",
        inputs=["Papers"],
        checklist=["Signed"],
        documents=[{"page": page}, {"page": draft}, {"document": DocumentFactory()},
                   {"url": "https://example.org/", "title": "Elsewhere"}],
        tips=[{"country": CountryFactory(kosovo=True), "text": "Ask."}],
    )  # fmt: skip
    made = [
        MobilityModulePageFactory(parent=process, steps=[given] * steps)
        for _number in range(modules)
    ]
    return fill(process, phase(*made), phase(made[0], title="After"))


def test_a_process_has_the_steps_of_its_modules(get: Get, tree: SiteTree) -> None:
    process = whole_process(tree)

    item = get(f"process/{process.translation_key}/").json()

    assert item["type"] == "process"
    assert [each["title"] for each in item["phases"]] == ["Before", "After"]
    first, again = (each["modules"][0] for each in item["phases"])
    assert first == again, "a module may stand in several phases"
    (written,) = first["steps"]
    assert written["roles"] == ["learner", "company"]
    assert written["direction"] == "eu_wb"
    assert written["deadline"] == {"amount": 8, "unit": "weeks", "side": "before", "days": -56}
    assert written["html"] == "<p>Together.</p>"
    assert (written["inputs"], written["checklist"]) == (["Papers"], ["Signed"])
    assert [tip["country"]["name"] for tip in written["tips"]] == ["Kosovo*"]
    page, document, elsewhere = written["documents"]
    assert page["page"]["title"] == "Rules"
    assert document["document"]["url"]
    assert elsewhere["url"] == "https://example.org/"


def test_answers_hold_what_their_schemas_say(get: Get, tree: SiteTree) -> None:
    whole_process(tree)

    ProcessListSchema.model_validate(get("process/", fields="*").json(), extra="forbid")


def test_a_module_is_content_of_its_own(get: Get, tree: SiteTree) -> None:
    whole_process(tree)

    (item,) = get("content/", type="process-modules").json()["items"]

    module = get(f"content/{item['id']}/").json()
    assert [each["title"] for each in module["steps"]] == ["Agree"]


@pytest.mark.parametrize("hidden", [{"draft": True}, {"restriction": "login"}])
def test_hidden_modules_are_left_out(get: Get, tree: SiteTree, hidden: dict[str, Any]) -> None:
    process = MobilityProcessPageFactory(parent=tree.home)
    module = MobilityModulePageFactory(parent=process, steps=[step("Secret")], **hidden)
    fill(process, phase(module))

    answer = get("process/", fields="*")

    assert answer.json()["items"][0]["phases"][0]["modules"] == []
    assert b"Secret" not in answer.content


def test_the_costs_are_the_same_however_many_modules_and_steps(get: Get, tree: SiteTree) -> None:
    def queries() -> int:
        get("process/")
        with CaptureQueriesContext(connection) as captured:
            assert get("process/").status_code == 200
        return len(captured)

    small = whole_process(tree)
    few = queries()
    small.delete()
    whole_process(tree, steps=4, modules=5)

    assert queries() == few
