"""A site has two keys at most, each of which ends when it is told to."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connections, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.models import User
from communication.syndication.enums import ApiScope, KeyState
from communication.syndication.models import ApiKey, PartnerSite
from communication.syndication.services.api_keys import (
    KeyIsNotActiveError,
    TooManyKeysError,
    create_api_key,
    revoke_api_key,
    rotate_api_key,
)
from tests.partner_sites import PartnerSiteFactory, new_key

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


@pytest.fixture
def site(db: None) -> PartnerSite:
    """A site without keys."""
    made: PartnerSite = PartnerSiteFactory()
    return made


def states(site: PartnerSite) -> list[str]:
    now = timezone.now()
    return [key.state_at(now) for key in site.keys.order_by("pk")]


def test_nothing_that_is_stored_is_the_key(site: PartnerSite) -> None:
    new = new_key(site)

    [row] = ApiKey.objects.values()
    assert new.text not in str(row)
    assert new.text[12:] not in str(row)
    assert str(new.key) == f"{new.text[:12]}…"


def test_a_third_key_is_refused_until_one_is_revoked(site: PartnerSite) -> None:
    first, second = new_key(site), new_key(site)

    with pytest.raises(TooManyKeysError, match=f"{second.key}, {first.key}: revoke one"):
        new_key(site)
    revoke_api_key(key=first.key)
    third = new_key(site)

    assert states(site) == [KeyState.REVOKED, KeyState.ACTIVE, KeyState.ACTIVE]
    assert {second.key.slot, third.key.slot} == {1, 2}


def test_a_key_that_has_expired_takes_no_place(site: PartnerSite) -> None:
    new_key(site, expires_at=timezone.now() + WEEK)
    new_key(site)

    with time_machine.travel(timezone.now() + WEEK, tick=False):
        new_key(site)
        assert states(site) == [KeyState.EXPIRED, KeyState.ACTIVE, KeyState.ACTIVE]


@pytest.mark.parametrize(
    "wrong", [{"slot": 1}, {"slot": 3}, {"slot": 2, "revoked_at": timezone.now()}]
)
def test_the_database_itself_lets_no_third_key_in(site: PartnerSite, wrong: dict[str, Any]) -> None:
    new_key(site)

    with pytest.raises(IntegrityError), transaction.atomic():
        ApiKey.objects.create(partner_site=site, public_id="12345678", digest="0" * 64, **wrong)


def test_a_replaced_key_goes_on_for_the_days_of_grace(site: PartnerSite) -> None:
    old = new_key(site, scopes=[ApiScope.READ, ApiScope.CHANGES], label="News")

    new = rotate_api_key(key=old.key, grace=WEEK)

    assert states(site) == [KeyState.ACTIVE, KeyState.ACTIVE]
    assert (new.key.scopes, new.key.label) == (["read", "changes"], "News")
    with time_machine.travel(timezone.now() + WEEK):
        assert states(site) == [KeyState.EXPIRED, KeyState.ACTIVE]


def test_grace_lets_no_key_live_longer_than_it_would_have(site: PartnerSite) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    old = new_key(site, expires_at=tomorrow)

    rotate_api_key(key=old.key, grace=WEEK)

    old.key.refresh_from_db()
    assert old.key.expires_at == tomorrow


def test_a_key_is_replaced_at_once_where_there_is_no_time_to_lose(site: PartnerSite) -> None:
    other, old = new_key(site), new_key(site)

    new = rotate_api_key(key=old.key, grace=timedelta())

    assert states(site) == [KeyState.ACTIVE, KeyState.REVOKED, KeyState.ACTIVE]
    assert {other.key.slot, new.key.slot} == {1, 2}


def test_with_two_keys_none_is_replaced_by_a_third(site: PartnerSite) -> None:
    old, _other = new_key(site), new_key(site)

    with pytest.raises(TooManyKeysError):
        rotate_api_key(key=old.key, grace=WEEK)

    old.key.refresh_from_db()
    assert old.key.expires_at is None, "The refusal changes nothing."


def test_a_revoked_key_can_be_neither_revoked_nor_replaced(site: PartnerSite) -> None:
    key = revoke_api_key(key=new_key(site).key)

    with pytest.raises(KeyIsNotActiveError, match=r"v2v_.* opens nothing any more"):
        revoke_api_key(key=key)
    with pytest.raises(KeyIsNotActiveError):
        rotate_api_key(key=key, grace=WEEK)


def test_the_log_says_who_did_what_to_which_key(site: PartnerSite) -> None:
    ada = User.objects.create_user("ada")

    first = create_api_key(partner_site=site, user=ada)
    second = rotate_api_key(key=first.key, grace=WEEK, user=ada)
    revoke_api_key(key=second.key, user=ada)

    entries = ModelLogEntry.objects.for_instance(site).order_by("pk")
    assert [entry.message for entry in entries] == [
        f"Created the key {first.key}",
        f"Replaced the key {first.key} by {second.key}",
        f"Revoked the key {second.key}",
    ]
    assert {entry.user for entry in entries} == {ada}
    assert first.text not in str([entry.data for entry in entries])


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_two_get_a_key() -> None:
    site = PartnerSiteFactory()

    def ask(number: int) -> str:
        try:
            return create_api_key(partner_site=site, label=str(number)).text
        except TooManyKeysError:
            return ""
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as threads:
        made = list(threads.map(ask, range(6)))

    assert len([text for text in made if text]) == 2
    assert sorted(site.keys.values_list("slot", flat=True)) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_a_key_is_revoked_by_one_of_those_who_try_at_once() -> None:
    key = new_key().key
    attempts: list[Callable[[], Any]] = [
        lambda: revoke_api_key(key=key),
        lambda: rotate_api_key(key=key, grace=timedelta()),
    ]

    def attempt(act: Callable[[], Any]) -> bool:
        try:
            act()
        except KeyIsNotActiveError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(attempt, attempts))

    assert sorted(done) == [False, True]
