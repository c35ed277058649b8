"""Whoever reads docs/plugins.md and nothing else has the plugins running in a site of their own."""

import json
from pathlib import Path
from typing import Any

import pytest

from .host_sites import HostSite, boxes, build_wheel, install, install_extra, installed

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
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment that has the wheel and its dependencies."""
    return install(wheel, tmp_path_factory.mktemp("host") / "environment")


@pytest.fixture(scope="module")
def mail_python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of one that has what newsletters need, and nothing else of ours."""
    return install_extra(wheel, "newsletters", tmp_path_factory.mktemp("mail") / "environment")


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
    assert not {"v2v_pages", "v2v_snippets", "wagtail_localize"} & set(seen["apps"])
    assert "Newsletters" in seen["admin"]
    assert "Twinnings" not in seen["admin"]


def test_newsletters_alone_install_and_load_nothing_they_do_not_need(
    mail_python: Path, tmp_path: Path
) -> None:
    stock = HostSite.start("stock", tmp_path, mail_python)
    site = HostSite.start("mysite", tmp_path, mail_python)
    site.add_plugin("`communication.newsletters`")

    added = set(site.visit("host_site_start")) - set(stock.visit("host_site_start"))

    assert not {"rdflib", "granian", "orjson", "psycopg"} & installed(mail_python)
    assert "communication" in added
    # Wagtail's own start loads ninja; ours adds nothing to it
    unwanted = {"ninja", "pydantic", "v2v_api", "v2v_pages", "wagtail_localize"}
    assert not unwanted & added


@pytest.fixture(scope="module")
def issue(mail_python: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What was seen of an issue in a site in one language, which has templates of its own."""
    site = HostSite.start("mysite", tmp_path_factory.mktemp("issue"), mail_python)
    site.add_plugin("`communication.newsletters`")
    site.add_plugin("A first issue")
    site.override_newsletters()
    site.manage("makemigrations", "home")
    seen: dict[str, Any] = migrated(site).visit("host_site_issues")
    return seen


def test_a_site_in_one_language_sends_an_issue_made_of_its_own_pages(issue: dict[str, Any]) -> None:
    assert "keeps this issue from being sent" not in issue["checked"]
    assert issue["state"] == "sent"
    assert issue["headers"]["To"] == "ana@school.example"
    assert issue["headers"]["Subject"] == "Spring"
    assert issue["defects"] == []
    for output in ("html", "text", "archive"):
        assert all(words in issue[output] for words in ("We began", "Ten schools.", "From us"))
    assert "First" in issue["list"]
    assert (issue["left"], issue["subscription"]) == (200, "unsubscribed")


def test_footer_lists_blocks_and_mail_template_can_be_the_sites_own(issue: dict[str, Any]) -> None:
    assert "You get: News of the house" in " ".join(issue["confirmed"].split())
    assert all("We learned – Ana" in issue[output] for output in ("html", "text", "archive"))
    assert all('class="your-heading"' in issue[output] for output in ("html", "archive"))
    assert "Read in the browser" not in issue["html"], "The head is the site's own."
    for words in ("Your own footer", "1 School Lane, Sampleton", "Paid for by the Sampleton Fund."):
        assert words in issue["html"]


def test_newsletters_alone_show_no_countries_or_twinnings(issue: dict[str, Any]) -> None:
    assert not {"v2v_api", "v2v_pages", "v2v_snippets", "wagtail_localize"} & set(issue["apps"])
    assert "Newsletters" in issue["admin"]
    assert not [name for name in ("Twinning", "Countr", "Partner") if name in issue["admin"]]


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
