"""`make run` prepares a site once, and after that leaves it to those who work in it."""

from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings
from wagtail.models import Site

from cms.preflight import SIGN_IN_FILE
from v2v_pages.models import NewsPage


@pytest.fixture
def data_dir(settings: Settings, tmp_path: Path) -> Path:
    """The folder of a site that was never prepared."""
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.mark.slow
@pytest.mark.migrations
@pytest.mark.django_db
def test_a_new_site_has_the_demo_and_what_editors_removed_of_it_does_not_come_back(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("prepare_site", port=8123)

    assert NewsPage.objects.exists()
    assert Site.objects.get(is_default_site=True).root_url == "http://localhost:8123"
    assert (data_dir / SIGN_IN_FILE).exists()

    for page in NewsPage.objects.all():
        page.delete()

    call_command("prepare_site", port=8124)

    assert not NewsPage.objects.exists()
    assert Site.objects.get(is_default_site=True).port == 8124
