"""Every type of page comes from the byte cache when somebody asks for it again."""

import pytest

from communication.syndication.services.change_log import refresh_change_log
from tests.browser.page_types import REPORTED
from tests.byte_cache import KeptAnswers

pytestmark = [pytest.mark.crawl, pytest.mark.django_db, pytest.mark.usefixtures("demo")]

KEPT = {name: path for name, path in REPORTED.items() if name != "not found"}


def test_each_type_of_page_is_kept_for_the_next_reader() -> None:
    refresh_change_log()
    web = KeptAnswers()
    wrong = {}
    for name, path in KEPT.items():
        first, second = (web.browser().get(path) for _ in range(2))
        said = [answer.headers.get("Cache-Status") for answer in (first, second)]
        if second.status_code != 200 or said[1] != "V2V; hit" or first.content != second.content:
            wrong[name] = (second.status_code, said)

    assert wrong == {}
    assert web.hits == len(KEPT)
