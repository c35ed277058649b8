"""Answers as bytes."""

import json
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.utils.translation import gettext_lazy

from cms.api.caching import encoded


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (Decimal("12.50"), "12.50"),
        (gettext_lazy("News"), "News"),
        ({1: "a"}, {"1": "a"}),
        (10**30, 10**30),
        ("half \ud83d", "half \ud83d"),
        ("whole 😀", "whole 😀"),
    ],
)
def test_whatever_a_site_gives_out_is_written_as_json(value: Any, written: Any) -> None:
    assert json.loads(encoded({"value": value})) == {"value": written}
