"""Makes the demo's pages from ``pages.toml``, and publishes them as an editor does."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from wagtail.models import Page

from v2v_pages.models import HomePage
from v2v_snippets.models import FooterLink, ProjectSettings, Twinning

from .article import Block, article_blocks, read_article
from .identifiers import identifier
from .illustration import save_illustration
from .streams import stream
from .vet_systems import system_fields

PAGES: Final = Path(__file__).parent / "pages.toml"
HOME: Final = "home"
ARTICLE: Final = "kick-off"
EXAMPLE: Final = "example"
PRIVACY: Final = "privacy"
IN_THE_FOOTER: Final = {"AccessibilityStatementPage", "StandardPage"}


@cache
def content() -> dict[str, Any]:
    """Returns what ``pages.toml`` says."""
    return tomllib.loads(PAGES.read_text(encoding="utf-8"))


def english_pages() -> list[str]:
    """Returns the names of the English pages, parents first."""
    return [HOME, *content()["pages"]]


def find_page(name: str, language: str = "en") -> Any:
    """Returns a page of the demo by its name in ``pages.toml``.

    Raises:
        Page.DoesNotExist: when there is none in this language.
    """
    key = identifier("page", name)
    return Page.objects.get(translation_key=key, locale__language_code=language).specific


def write_home(home: HomePage) -> None:
    """Turns the empty home page into that of the project."""
    home.translation_key = identifier("page", HOME)
    fields = {
        **content()["home"],
        "dates": stream("home/dates", [("date", entry) for entry in timeline()]),
        "strands": strands(linked=False),
    }
    for field, value in fields.items():
        setattr(home, field, value)
    publish(home)


def link_strands() -> None:
    """Lets the strands of the home page lead to their pages, once these are there."""
    home = find_page(HOME)
    home.strands = strands(linked=True)
    publish(home)


def strands(*, linked: bool) -> Any:
    """Returns what the partners build, with or without the pages that tell more of it."""
    rows = [dict(strand) for strand in content()["strands"]]
    for row in rows:
        name = row.pop("page", None)
        row["page"] = find_page(name).pk if linked and name else None
    return stream("home/strands", [("strand", row) for row in rows])


def add_english_page(name: str) -> Page:
    """Adds one of the pages below the home page."""
    if name == ARTICLE:
        return add_article()
    fields = dict(content()["pages"][name])
    return add_page(name, {"slug": name, **fields, **system_fields(name)})


def add_article() -> Page:
    """Adds the article with its picture, its pairs and its tags."""
    article = read_article()
    twinnings = list(Twinning.objects.all())
    blocks = article_blocks(article, [twinning.pk for twinning in twinnings], timeline())
    fields = {
        "slug": ARTICLE,
        "title": article.title,
        "listing_image": save_illustration(),
        "twinnings": twinnings,
        **content()["pages"][ARTICLE],
    }
    return add_page(ARTICLE, fields, blocks)


def add_example() -> Page:
    """Adds the story that was born in Albanian, below the Albanian list of twinnings."""
    fields = dict(content()[EXAMPLE])
    fields["twinning"] = Twinning.objects.get(number=fields["twinning"])
    return add_page(EXAMPLE, fields)


def link_from_settings() -> None:
    """Puts the pages that are in no menu into the footer, and says which is about privacy."""
    settings = ProjectSettings.objects.get()
    settings.privacy_page = find_page(PRIVACY).page_ptr
    settings.save()
    for name, page in content()["pages"].items():
        if not page.get("show_in_menus") and page["model"] in IN_THE_FOOTER:
            FooterLink.objects.create(settings=settings, page=find_page(name).page_ptr)


def add_page(name: str, fields: dict[str, Any], blocks: list[Block] | None = None) -> Page:
    """Adds a page below its parent, publishes it through a revision, and returns it."""
    model = apps.get_model("v2v_pages", fields.pop("model"))
    parent = find_page(fields.pop("parent"), fields.pop("language", "en"))
    tags = fields.pop("tags", ())
    body = blocks or body_blocks(fields.pop("body", []))
    if body:
        fields["body"] = stream(name, body)
    related = {key: fields.pop(key) for key in ("twinnings",) if key in fields}
    page = model(
        locale=parent.locale, translation_key=identifier("page", name), live=False, **fields
    )
    for key, records in related.items():
        setattr(page, key, records)
    if tags:
        page.tags.set(tags)
    parent.add_child(instance=page)
    publish(page)
    return page


def body_blocks(rows: list[dict[str, Any]]) -> list[Block]:
    """Returns the blocks of a body, with the project's dates in its timeline."""
    blocks = []
    for row in rows:
        value = row["value"]
        if row["block"] == "timeline":
            value = {**value, "entries": timeline()}
        blocks.append((row["block"], value))
    return blocks


def timeline() -> list[dict[str, Any]]:
    """Returns the dates of the project as entries of a timeline."""
    return [
        {"ends_on": None, **{key: _stored(value) for key, value in entry.items()}}
        for entry in content()["dates"]
    ]


def publish(page: Page) -> None:
    """Publishes a page as an editor does, so that the scheduler knows its live revision."""
    page.save_revision(log_action=True).publish()


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
