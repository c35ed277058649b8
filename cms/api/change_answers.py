"""How clients are told what has changed: first everything, then only the difference."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from communication.syndication.change_log import (
    ChangedItem,
    Stretch,
    changed_items,
    state_of_log,
)
from communication.syndication.models import ContentVersion

from .answers import Shelf, asked_by, site_of, specific_pages
from .caching import ALWAYS_ASK, json_answer
from .errors import problem
from .representation.answer import write_pages
from .representation.kinds import content_types, type_name
from .tokens import Token, epoch_of, selection_of

Told = tuple[list[dict[str, Any]], Token, bool]
"""Changes, the token behind them, and whether there are more."""


class Changes:
    """One answer about what has changed in a selection of items."""

    def __init__(self, request: HttpRequest, parameters: Any, shelf: Shelf) -> None:
        self.request = request
        self.parameters = parameters
        self.shelf = shelf
        self.site = site_of(request)
        self.asked = asked_by(parameters)
        self.selection = selection_of(
            self.site.pk, parameters.locale, parameters.fallback, sorted(set(parameters.type))
        )

    def answer(self) -> HttpResponse:
        """Answers a page of all items, or of what has changed since the token.

        Raises:
            BadParameterError: when the token is none of ours, or belongs to another selection.
        """
        log = state_of_log()  # before the items: what changes meanwhile is told the next time
        epoch = epoch_of(log.epoch)
        given = self.parameters.token
        token = (
            Token.read(given, self.selection)
            if given
            else Token(epoch, log.counter, is_snapshot=True)
        )
        if token.epoch != epoch or not log.pruned_to <= token.since <= log.counter:
            return problem(
                410,
                "The changes since this token are not kept any more. Start again without a token, "
                "and drop what you do not get.",
            )
        items, further, has_more = (
            self._snapshot(token) if token.is_snapshot else self._delta(token, log)
        )
        return self._page(items, further.signed(self.selection), has_more=has_more)

    def _snapshot(self, token: Token) -> Told:
        limit = self.parameters.limit
        pages = self.shelf.public(self.site, self.asked).filter(pk__gt=token.place)
        rows = list(pages.select_related("locale").order_by("pk")[: limit + 1])
        has_more, rows = len(rows) > limit, rows[:limit]
        items = [_upsert(page, item) for page, item in self._written(rows)]
        if has_more:
            return items, Token(token.epoch, token.since, rows[-1].pk, is_snapshot=True), True
        return items, Token(token.epoch, token.since), False

    def _delta(self, token: Token, log: ContentVersion) -> Told:
        limit = self.parameters.limit
        stretch = Stretch(
            since=token.since,
            until=log.counter,
            site=self.site.pk,
            types=[model._meta.label_lower for model in self.shelf.types],
            locale="" if self.asked.accepts_other else self.asked.language,
        )
        behind = max(token.place, token.since)
        changed = changed_items(stretch, behind=behind, limit=limit + 1)
        has_more, changed = len(changed) > limit, changed[:limit]
        items = self._told(changed)
        if has_more:
            return items, Token(token.epoch, token.since, changed[-1].last.sequence), True
        return items, Token(token.epoch, log.counter), False

    def _told(self, changed: Sequence[ChangedItem]) -> list[dict[str, Any]]:
        """Returns what each item is now, or that it was withdrawn."""
        keys = [change.public_id for change in changed]
        pages = self.shelf.public(self.site, self.asked).filter(translation_key__in=keys)
        rows = list(pages.select_related("locale")) if keys else []
        written = {page.translation_key: (page, item) for page, item in self._written(rows)}
        told = []
        for change in changed:
            if change.public_id in written:
                told.append(_upsert(*written[change.public_id], change=change))
            elif change.withdrawn is not None:
                told.append(_tombstone(change, self._type_names))
        return told

    def _written(self, rows: Sequence[Any]) -> list[tuple[Page, dict[str, Any]]]:
        pages = specific_pages(rows)
        items = write_pages(
            pages,
            self.parameters.fields,
            request=self.request,
            site=self.site,
            asked=self.asked,
        )
        return list(zip(pages, items, strict=True))

    @cached_property
    def _type_names(self) -> dict[str, str]:
        """What page types are called, by their labels: looked up once for all that is gone."""
        kinds = content_types()
        return {model._meta.label_lower: name for name in kinds for model in kinds[name]}

    def _page(self, items: list[dict[str, Any]], token: str, *, has_more: bool) -> HttpResponse:
        further = None
        if has_more:
            query = self.request.GET.copy()
            query["token"] = token
            address = f"{self.request.path}?{query.urlencode()}"
            further = self.request.build_absolute_uri(address)
        upserts = [change["item"] for change in items if change["operation"] == "upsert"]
        return json_answer(
            {"items": items, "next": further, "token": token},
            languages=[i["locale"]["served"] for i in upserts] or [self.asked.language],
            keys=["changes", *(f"item-{change['id']}" for change in items)],
            cache_control=ALWAYS_ASK,
        )


def _upsert(
    page: Page, item: dict[str, Any], *, change: ChangedItem | None = None
) -> dict[str, Any]:
    return {
        "operation": "upsert",
        "id": page.translation_key,
        "type": type_name(type(page)),
        "reason": change.last.reason if change else None,
        "recorded_at": change.last.recorded_at if change else None,
        "item": item,
    }


def _tombstone(change: ChangedItem, names: Mapping[str, str]) -> dict[str, Any]:
    withdrawn = change.withdrawn or change.last
    return {
        "operation": "delete",
        "id": change.public_id,
        "type": names.get(withdrawn.type, withdrawn.type),
        "locale": withdrawn.locale,
        "reason": withdrawn.reason,
        "recorded_at": withdrawn.recorded_at,
    }
