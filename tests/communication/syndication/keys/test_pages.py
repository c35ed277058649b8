"""Those who look after partner sites see what they may, and a new key exactly once."""

import re
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.models import User
from communication.syndication.enums import KeyState
from communication.syndication.models import ApiKey, PartnerSite
from communication.syndication.services.usage import add_usage
from tests.factories import PartnerFactory
from tests.partner_sites import PartnerSiteFactory, bearer, new_key

pytestmark = pytest.mark.django_db

KEY = re.compile(r"v2v_[0-9A-Za-z]{46}")
RIGHTS = ("add", "change", "view", "delete")


def url(name: str, *args: Any) -> str:
    return reverse(f"communication_partner_sites:{name}", args=args)


def somebody_who_may(*rights: str) -> Client:
    """Returns a browser of somebody with these rights alone ("view_apikey")."""
    user = User.objects.create_user(f"somebody-{User.objects.count()}")
    group = Group.objects.create(name=user.username)
    group.permissions.set(Permission.objects.filter(codename__in=[*rights, "access_admin"]))
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def keeper(db: None) -> Client:
    """A browser of somebody who may do everything with sites and keys."""
    rights = [f"{verb}_{model}" for verb in RIGHTS for model in ("partnersite", "apikey")]
    return somebody_who_may(*rights)


@pytest.fixture
def site(db: None) -> PartnerSite:
    """A site without keys."""
    made: PartnerSite = PartnerSiteFactory(name="Site of SIC Lab")
    return made


def test_a_site_is_entered_with_what_its_keys_are_for(keeper: Client) -> None:
    form = {
        "name": "Site of SIC Lab",
        "partner": PartnerFactory().pk,
        "contact_name": "Ada",
        "contact_email": "ada@sic.example",
        "is_active": "on",
        "allowed_origins": "https://WWW.sic.example/\nhttp://localhost:4321",
        "locales": ["en", "sl"],
        "types": ["news", "events"],
        "requests_per_minute": "60",
    }

    answer = keeper.post(url("add"), form)

    assert answer.status_code == 302
    site = PartnerSite.objects.get()
    assert site.allowed_origins == ["https://www.sic.example", "http://localhost:4321"]
    assert (site.locales, site.types) == (["en", "sl"], ["news", "events"])
    page = keeper.get(url("inspect", site.pk)).content.decode()
    assert "https://www.sic.example, http://localhost:4321" in page
    assert "English, slovenščina" in page
    edited = keeper.get(url("edit", site.pk)).content.decode()
    assert "https://www.sic.example\nhttp://localhost:4321</textarea>" in edited


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("allowed_origins", "http://sic.example", "is not encrypted"),
        ("allowed_origins", "https://sic.example/news", "is no origin"),
        ("locales", ["xx"], "xx is not one of the available choices"),
        ("types", ["podcasts"], "podcasts is not one of the available choices"),
        ("requests_per_minute", "0", "greater than or equal to 1"),
        ("name", "Taken", "already exists"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    keeper: Client, field: str, value: Any, message: str
) -> None:
    PartnerSiteFactory(name="Taken")
    form = {"name": "New", "contact_email": "a@b.example", "is_active": "on", field: value}

    answer = keeper.post(url("add"), form)

    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert PartnerSite.objects.count() == 1


def test_a_new_key_is_shown_once_and_opens_the_api(keeper: Client, site: PartnerSite) -> None:
    form = {"label": "News", "scopes": ["read", "changes"], "valid_until": "2099-12-31"}

    answer = keeper.post(url("create_key", site.pk), form)

    [text] = set(KEY.findall(answer.content.decode()))
    assert answer["Cache-Control"] == "private, no-store"
    key = ApiKey.objects.get()
    assert (key.label, key.scopes) == ("News", ["read", "changes"])
    assert timezone.localtime(key.expires_at).strftime("%Y-%m-%d %H:%M") == "2100-01-01 00:00"
    assert key.created_by == answer.wsgi_request.user
    assert Client().get("/api/v1/locales/", headers=bearer(text)).status_code == 200
    for page in ("inspect", "history"):
        shown = keeper.get(url(page, site.pk)).content.decode()
        assert str(key) in shown
        assert not KEY.findall(shown)


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"scopes": ["read"], "valid_until": "2020-01-01"}, "That day is over"),
        ({"scopes": ["read"], "valid_until": "9999-12-31"}, "less than or equal to"),
        ({"scopes": []}, "This field is required"),
        ({"scopes": ["everything"]}, "everything is not one of the available choices"),
    ],
)
def test_a_key_that_would_open_nothing_is_not_made(
    keeper: Client, site: PartnerSite, form: dict[str, Any], message: str
) -> None:
    answer = keeper.post(url("create_key", site.pk), form)

    assert message in answer.content.decode()
    assert not ApiKey.objects.exists()


def test_a_third_key_is_refused_on_the_page_of_the_site(keeper: Client, site: PartnerSite) -> None:
    new_key(site)
    new_key(site)

    answer = keeper.post(url("create_key", site.pk), {"scopes": ["read"]}, follow=True)

    assert answer.redirect_chain == [(url("inspect", site.pk), 302)]
    assert "Site of SIC Lab has two active keys" in answer.content.decode()
    assert ApiKey.objects.count() == 2


def test_a_key_is_replaced_with_days_of_both(keeper: Client, site: PartnerSite) -> None:
    old = new_key(site, label="News")

    answer = keeper.post(url("rotate_key", old.key.pk), {"label": "News", "grace_days": "7"})

    [text] = set(KEY.findall(answer.content.decode()))
    assert text != old.text
    old.key.refresh_from_db()
    assert old.key.expires_at is not None
    assert timedelta(days=6) < old.key.expires_at - timezone.now() <= timedelta(days=7)
    assert ApiKey.objects.latest("pk").expires_at is None


def test_a_key_is_revoked_after_a_question(keeper: Client, site: PartnerSite) -> None:
    new = new_key(site)

    question = keeper.get(url("revoke_key", new.key.pk)).content.decode()
    assert "That cannot be undone" in question
    assert ApiKey.objects.get().state_at(timezone.now()) == KeyState.ACTIVE
    keeper.post(url("revoke_key", new.key.pk))
    again = keeper.post(url("revoke_key", new.key.pk), follow=True)

    assert ApiKey.objects.get().state_at(timezone.now()) == KeyState.REVOKED
    assert "opens nothing any more" in again.content.decode()


@pytest.mark.parametrize(
    ("rights", "allowed"),
    [
        ((), ()),
        (("view_partnersite",), ("inspect",)),
        (("view_partnersite", "view_apikey"), ("inspect", "keys")),
        (("change_partnersite",), ("inspect", "edit")),
        (("add_partnersite",), ("inspect", "add")),
        (("view_partnersite", "add_apikey"), ("inspect", "keys", "create_key", "rotate_key")),
        (("view_partnersite", "change_apikey"), ("inspect", "keys", "revoke_key")),
        (("delete_partnersite",), ("inspect", "delete")),
    ],
)
def test_nobody_does_what_they_may_not(
    site: PartnerSite, rights: tuple[str, ...], allowed: tuple[str, ...]
) -> None:
    key = new_key(site).key
    client = somebody_who_may(*rights)
    addresses = {
        "inspect": url("inspect", site.pk),
        "edit": url("edit", site.pk),
        "add": url("add"),
        "delete": url("delete", site.pk),
        "create_key": url("create_key", site.pk),
        "rotate_key": url("rotate_key", key.pk),
        "revoke_key": url("revoke_key", key.pk),
    }

    reached = {
        name for name, address in addresses.items() if client.get(address).status_code == 200
    }
    refused = [name for name in addresses if name not in reached]
    for name in refused:
        client.post(addresses[name], {"scopes": ["read"], "grace_days": "0"})

    if str(key) in client.get(addresses["inspect"]).content.decode():
        reached.add("keys")
    assert reached == set(allowed)
    assert [row.pk for row in ApiKey.objects.active(timezone.now())] == [key.pk]
    assert PartnerSite.objects.count() == 1


@pytest.mark.parametrize("verb", ["get", "post"])
def test_keys_cannot_be_edited_or_deleted_around_their_services(keeper: Client, verb: str) -> None:
    key = new_key().key

    for path in (f"edit/{key.pk}/", f"delete/{key.pk}/", "new/", f"copy/{key.pk}/"):
        answer = getattr(keeper, verb)(f"/admin/api-keys/{path}", follow=True)
        assert answer.status_code == 404


def test_lists_cost_the_same_queries_for_one_site_and_for_five(keeper: Client) -> None:
    lists = (url("index"), reverse("communication_api_keys:index"))

    def costs() -> list[int]:
        found = []
        for address in lists:
            with CaptureQueriesContext(connection) as captured:
                assert keeper.get(address).status_code == 200
            found.append(len(captured))
        return found

    new_key(PartnerSiteFactory(partner=PartnerFactory()))
    keeper.get(lists[0])
    before = costs()
    for _number in range(4):
        new_key(PartnerSiteFactory(partner=PartnerFactory()))

    assert costs() == before


def test_the_page_of_a_site_draws_its_usage_and_says_the_same_in_tables(
    keeper: Client, site: PartnerSite
) -> None:
    key = new_key(site).key
    today = timezone.localdate()
    for age in range(3):
        counts = Counter(requests=40 + age, refused=4, limited=1)
        add_usage(key_id=key.pk, day=today - timedelta(days=age), counts=counts)
    queries = []
    for number in range(2):
        with CaptureQueriesContext(connection) as captured:
            page = keeper.get(url("inspect", site.pk)).content.decode()
        queries.append(len(captured))
        if not number:
            new_key(site)

    assert page.count('role="img"') == 2
    assert page.count('<rect class="answered"') >= 4
    for words in ("<td>42</td>", "<td>41</td>", "<td>40</td>", "<td>123</td>"):
        assert words in page
    assert queries[0] == queries[1]


def test_a_site_that_nobody_uses_has_no_chart(keeper: Client, site: PartnerSite) -> None:
    page = keeper.get(url("inspect", site.pk)).content.decode()

    assert page.count("Nobody has asked for anything.") == 2
    assert "<svg viewBox" not in page
    assert "The site has no key yet." in page


def test_the_menu_leads_there(keeper: Client) -> None:
    home = keeper.get("/admin/").content.decode()

    assert "/admin/partner-sites/" in home
    assert "/admin/api-keys/" in home
    assert "/admin/partner-sites/" not in somebody_who_may().get("/admin/").content.decode()
