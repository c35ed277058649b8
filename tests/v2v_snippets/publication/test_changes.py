"""Changes of content are made as a whole and recorded, by whichever recorder a site has."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings
from wagtail.models import Locale

from tests.v2v_snippets.publication.remembered import RECORDED
from v2v_snippets.publication.changes import RecordingMiddleware, recording_changes


@pytest.fixture
def records(settings: Settings) -> list[str]:
    """What the recorder of the site has recorded."""
    settings.V2V_CHANGE_RECORDER = "tests.v2v_snippets.publication.remembered.remember"
    RECORDED.clear()
    return RECORDED


def has_language(code: str) -> bool:
    return bool(Locale.objects.filter(language_code=code).exists())


def ask(
    view: Callable[[HttpRequest], HttpResponse], method: str = "POST", *, user: Any = None
) -> HttpResponse:
    """Sends a request of somebody signed in through the middleware, as Django does."""
    request = RequestFactory().generic(method, "/admin/")
    request.user = user or get_user_model()(pk=1)

    def answer(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except ZeroDivisionError as error:
            middleware.process_exception(request, error)
            return HttpResponse("Somebody else made an answer of it.")

    middleware = RecordingMiddleware(answer)
    return middleware(request)


def add_german(request: HttpRequest) -> HttpResponse:
    Locale.objects.create(language_code="de")
    return HttpResponse(status=302)


def fail(request: HttpRequest) -> HttpResponse:
    add_german(request)
    raise ZeroDivisionError


def break_down(request: HttpRequest) -> HttpResponse:
    add_german(request)
    return HttpResponse("Broken", status=500)


@pytest.mark.django_db
def test_without_a_recorder_there_is_a_transaction(settings: Settings) -> None:
    del settings.V2V_CHANGE_RECORDER

    with pytest.raises(ZeroDivisionError), recording_changes():
        fail(HttpRequest())

    assert not has_language("de")


@pytest.mark.django_db
def test_a_service_may_wear_it_as_a_decorator(records: list[str]) -> None:
    @recording_changes()
    def add() -> HttpResponse:
        return add_german(HttpRequest())

    add()

    assert records == ["done"]
    assert has_language("de")


@pytest.mark.django_db
def test_what_somebody_signed_in_changes_is_recorded(records: list[str]) -> None:
    answer = ask(add_german)

    assert answer.status_code == 302
    assert records == ["done"]
    assert has_language("de")


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_opens_no_transaction(records: list[str], method: str) -> None:
    depth = len(connection.savepoint_ids)
    seen = []

    def read(request: HttpRequest) -> HttpResponse:
        seen.append(len(connection.savepoint_ids))
        return HttpResponse()

    ask(read, method)

    assert records == []
    assert seen == [depth]


@pytest.mark.django_db
def test_what_visitors_send_takes_no_lock(records: list[str]) -> None:
    ask(add_german, user=AnonymousUser())

    assert records == []
    assert has_language("de")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("view", "text"), [(fail, "Somebody else made an answer of it."), (break_down, "Broken")]
)
def test_a_view_that_fails_leaves_nothing_behind_but_its_answer(
    records: list[str], view: Callable[[HttpRequest], HttpResponse], text: str
) -> None:
    answer = ask(view)

    assert answer.content.decode() == text
    assert records == ["failed"]
    assert not has_language("de")
