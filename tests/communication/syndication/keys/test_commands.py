"""Operators make and end keys from the shell: only the key is printed, faults say what to do."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from communication.syndication.enums import KeyState
from communication.syndication.models import ApiKey, PartnerSite
from tests.partner_sites import PartnerSiteFactory, bearer, new_key

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> tuple[str, str]:
    """Runs a command; returns what it prints, and what it says besides."""
    printed, said = StringIO(), StringIO()
    call_command(*arguments, stdout=printed, stderr=said)
    return printed.getvalue().strip(), said.getvalue()


def test_a_key_is_printed_alone_so_that_it_can_be_piped(client: Client) -> None:
    PartnerSiteFactory(name="Site of SIC Lab")

    text, said = run("create_api_key", "Site of SIC Lab", "--scope=read", "--scope=export")

    key = ApiKey.objects.get()
    assert client.get("/api/v1/locales/", headers=bearer(text)).status_code == 200
    assert key.scopes == ["read", "export"]
    assert f"{key} of Site of SIC Lab: read, export, until" in said
    assert text not in said


def test_a_key_for_ever_and_a_new_site_in_one_go() -> None:
    run("create_api_key", "New", "--days=0", "--new-site=a@b.example", "--origin=https://B.example")

    site = PartnerSite.objects.get()
    assert (site.contact_email, site.allowed_origins) == ("a@b.example", ["https://b.example"])
    assert ApiKey.objects.get().expires_at is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Nowhere"], "There are: Here. Add --new-site EMAIL"),
        (["New", "--new-site=nobody"], "Enter a valid email address"),
        (["New", "--new-site=a@b.example", "--origin=b.example"], "is no origin"),
        (["Here", "--days=-1"], "--days is a number up to 36500"),
        (["Here", "--days=9999999"], "--days is a number up to 36500"),
        (["Here", f"--label={'x' * 81}"], "80 characters at most"),
        (["Here", "--origin=https://here.example"], "for new ones"),
        (["Here", "--new-site=a@b.example"], "for new ones"),
        (["Here", "--scope=all"], "invalid choice: 'all'"),
        (["Full"], "Full has two active keys"),
    ],
)
def test_what_cannot_be_made_is_refused_with_what_to_do(arguments: list[str], message: str) -> None:
    full: Any = PartnerSiteFactory(name="Full") if arguments == ["Full"] else None
    for _number in range(2 if full else 0):
        new_key(full)
    if not full:
        PartnerSiteFactory(name="Here")
    before = ApiKey.objects.count()

    with pytest.raises(CommandError, match=message):
        run("create_api_key", *arguments)

    assert (PartnerSite.objects.count(), ApiKey.objects.count()) == (1, before)


@pytest.mark.parametrize("named_by", ["text", "beginning", "shown"])
def test_a_key_is_revoked_however_it_was_found(named_by: str) -> None:
    new = new_key()
    names = {"text": new.text, "beginning": new.text[:12], "shown": str(new.key)}

    printed, _said = run("revoke_api_key", names[named_by])

    assert printed == f"{new.key} of {new.key.partner_site} is revoked."
    assert ApiKey.objects.get().state_at(timezone.now()) == KeyState.REVOKED
    with pytest.raises(CommandError, match="opens nothing any more"):
        run("revoke_api_key", names[named_by])


def test_revoking_what_is_not_there_says_so() -> None:
    with pytest.raises(CommandError, match="no key that begins with v2v_nothing"):
        run("revoke_api_key", "v2v_nothing-at-all")
