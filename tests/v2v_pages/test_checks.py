"""What an incomplete installation is told: each check is shown a planted mistake."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.checks import run_checks
from pytest_django import Settings

from v2v_pages.models import NewsPage


def found() -> dict[str | None, str | None]:
    return {message.id: message.hint for message in run_checks(tags=["v2v"])}


def test_missing_template_says_where_it_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NewsPage, "template", "v2v_pages/nowhere.html")

    assert "DIRS" in (found()["v2v.E005"] or "")


def test_catalogue_that_is_not_compiled_says_what_compiles_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "locale/it/LC_MESSAGES").mkdir(parents=True)
    monkeypatch.setattr(apps.get_app_config("v2v_pages"), "path", str(tmp_path))

    assert "build_catalogues.py" in (found()["v2v.W001"] or "")


def test_a_section_of_home_pages_that_is_nowhere_says_who_names_it(settings: Settings) -> None:
    settings.V2V_HOME_EXTRA_TEMPLATES = ["communication_newsletters/nowhere.html"]

    assert "V2V_HOME_EXTRA_TEMPLATES" in (found()["v2v.E029"] or "")
