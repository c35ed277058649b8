"""The demo's VET systems: samples that say what they are, in everything that leaves the site."""

from typing import Any

import pytest
from django.test import Client

from tests.texts import visible_text
from v2v_pages.models import VETProgramme, VETSystemPage, VETValue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

MARK = "Sample value of the demo: not a statistic."


def test_all_values_and_programmes_are_samples_of_two_countries() -> None:
    for model in (VETValue, VETProgramme):
        rows: Any = model._default_manager.all()
        countries = set(rows.values_list("page__country__code", flat=True))

        assert countries == {"BA", "HR"}, model
        assert not rows.filter(is_sample=False).exists(), model
    assert set(VETSystemPage.objects.values_list("country__code", flat=True)) == {"BA", "HR"}


def test_readers_of_pages_and_of_feeds_are_told_so(client: Client) -> None:
    items = client.get("/feeds/en/vet-systems.json").json()["items"]

    assert len(items) == 3, "two countries and a region"
    for item in items:
        page = client.get(item["url"]).content.decode()
        rows = VETSystemPage.objects.get(title=item["title"], locale__language_code="en")
        number = rows.vet_values.count() + rows.vet_programmes.count()
        for html in (page, item["content_html"]):
            assert visible_text(html).count(MARK) == number + 1, "each row, and all above them"
