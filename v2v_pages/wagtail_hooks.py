"""What the admin learns from this app."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks

from .translating import ALIAS_ACTION, ReviewedUpdateView, decline_alias


@hooks.register("register_admin_urls", order=-1)
def guard_translations() -> list[URLPattern]:
    """Answers before wagtail-localize does, at two of its addresses."""
    return [
        path("localize/page/<int:page_id>/convert_to_alias/", decline_alias),
        path("localize/update/<int:translation_source_id>/", ReviewedUpdateView.as_view()),
    ]


@hooks.register("construct_page_action_menu")
def offer_no_alias(items: list[Any], _request: HttpRequest, _context: dict[str, Any]) -> None:
    """Takes the offer to make an alias from the menu below the form."""
    items[:] = [item for item in items if item.name != ALIAS_ACTION]
