"""Whoever reads docs/plugins.md and nothing else has the plugins running in a site of their own."""

import json
from pathlib import Path
from typing import Any

import pytest

from .host_sites import HostSite, boxes, build_wheel, install

pytestmark = pytest.mark.slow

PLUGINS = (
    "`v2v_snippets`",
    "`v2v_pages`",
    "`v2v_api`",
    "`communication.delivery`",
    "`communication.newsletters`",
    "`communication.syndication`",
)


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment that has the wheel and its dependencies."""
    folder = tmp_path_factory.mktemp("host")
    return install(build_wheel(folder), folder / "environment")


def migrated(site: HostSite) -> HostSite:
    site.manage("check", "--fail-level", "WARNING")
    site.manage("migrate", "--verbosity", "0")
    site.manage("makemigrations", "--check")
    return site


def assert_article_is_read(seen: dict[str, Any]) -> None:
    assert seen["status"] == dict.fromkeys(("page", "list", "home", "form"), 200)
    assert "<h1>We began</h1>" in seen["html"]
    assert "Ten schools met in Podgorica." in seen["html"]
    assert 'href="/static/v2v_pages/site.css"' in seen["html"]
    assert seen["stylesheet"]
    assert seen["robots"] == "", "The site has one language, and the page is in it."
    [item] = seen["news"]
    assert item["title"] == "We began"
    assert item["image"]["credit"] == ""
    assert "Ten schools met in Podgorica." in json.dumps(item["body"])
    assert {("other", "Home"), ("news", "We began")} <= {tuple(pair) for pair in seen["content"]}
    assert seen["italian"] not in {"", "Skip to main content"}


def test_a_site_with_stock_models_publishes_news(python: Path, tmp_path: Path) -> None:
    site = HostSite.start("mysite", tmp_path, python)
    for plugin in ("`v2v_pages`", "`v2v_api`"):
        site.add_plugin(plugin)

    seen = migrated(site).visit()

    assert_article_is_read(seen)


def test_a_site_called_cms_with_images_of_its_own_publishes_news(
    python: Path, tmp_path: Path
) -> None:
    site = HostSite.start("cms", tmp_path, python)
    site.add_images_in_a_second_migration()
    for plugin in ("`v2v_pages`", "`v2v_api`"):
        site.add_plugin(plugin)
    site.let_images_run_before_plugins()

    seen = migrated(site).visit()

    assert_article_is_read(seen)


def test_a_site_in_one_language_has_readers_without_our_pages(python: Path, tmp_path: Path) -> None:
    site = HostSite.start("mysite", tmp_path, python)
    site.add_plugin("`communication.newsletters`")

    seen = migrated(site).visit("host_site_readers")

    assert "Subscribe to our newsletters" in seen["page"]
    assert "News of the house" in seen["page"]
    assert 'name="language"' not in seen["page"], "There is one language."
    assert seen["sent"] == 303
    assert seen["subject"].startswith("Please confirm your subscription")
    assert "You are subscribed" in seen["confirmed"]
    assert (seen["one_click"], seen["state"]) == (200, "unsubscribed")
    assert not {"rdflib", "granian"} & set(seen["loaded"])
    assert not {"v2v_pages", "v2v_snippets", "wagtail_localize"} & set(seen["apps"])
    assert "Newsletters" in seen["admin"]
    assert "Twinnings" not in seen["admin"]


@pytest.mark.parametrize("plugin", PLUGINS)
def test_each_plugin_runs_alone(python: Path, tmp_path: Path, plugin: str) -> None:
    site = HostSite.start("mysite", tmp_path, python)
    site.add_plugin(plugin)

    migrated(site)


def test_a_missing_app_is_named_in_one_sentence(python: Path, tmp_path: Path) -> None:
    site = HostSite.start("mysite", tmp_path, python)
    site.append("settings/base.py", 'INSTALLED_APPS += ["v2v_pages", "v2v_snippets"]\n')

    with pytest.raises(AssertionError, match=r'add "wagtail_localize", .* to INSTALLED_APPS'):
        site.manage("check")


def test_the_guide_has_a_box_for_each_plugin() -> None:
    assert all("settings/base.py" in boxes(plugin) for plugin in PLUGINS)
