"""Those who look after webhooks see what they may, and a new secret exactly once."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from cms.models import User
from cms.services.roles import COMMUNICATION_TEAM, PARTNER_EDITOR, ROLES
from communication.syndication.models import WebhookDelivery, WebhookEndpoint, WebhookSecret
from tests.partner_sites import PartnerSiteFactory
from tests.receiver import Receiver, status
from tests.webhooks import WebhookEndpointFactory, changes, verified, webhook_to, work

pytestmark = pytest.mark.django_db

SECRET = re.compile(r"whsec_[0-9A-Za-z+/]{43}=")
EVERY_RIGHT = [
    *(f"{verb}_webhookendpoint" for verb in ("add", "change", "view", "delete")),
    "view_webhookdelivery",
]


def url(name: str, *args: Any) -> str:
    return reverse(f"communication_webhooks:{name}", args=args)


def delivery_page(name: str, *args: Any) -> str:
    return reverse(f"communication_webhook_deliveries:{name}", args=args)


def somebody_who_may(*rights: str) -> Client:
    """Returns a browser of somebody with these rights alone."""
    user = User.objects.create_user(f"somebody-{User.objects.count()}")
    group = Group.objects.create(name=user.username)
    group.permissions.set(Permission.objects.filter(codename__in=[*rights, "access_admin"]))
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def keeper(db: None) -> Client:
    """A browser of somebody who may do everything with webhooks."""
    return somebody_who_may(*EVERY_RIGHT, "change_partnersite")


def said(answer: Any) -> str:
    """Returns the message above the page to which an answer leads."""
    items = re.compile(r"<li class=\"(?:success|error|warning)\">(.*?)</li>", re.DOTALL)
    return " ".join(items.findall(text_of(answer)))


def text_of(answer: Any) -> str:
    content: str = answer.content.decode()
    return content


def test_a_new_webhook_shows_its_secret_once_and_works(keeper: Client, receiver: Receiver) -> None:
    site = PartnerSiteFactory()
    form = {
        "partner_site": site.pk,
        "label": "News",
        "url": receiver.url,
        "event_types": ["content.upserted"],
        "locales": ["en", "sl"],
        "types": ["news"],
    }

    answer = keeper.post(url("add"), form)

    [secret] = set(SECRET.findall(text_of(answer)))
    assert answer["Cache-Control"] == "private, no-store"
    endpoint = WebhookEndpoint.objects.get()
    assert (endpoint.event_types, endpoint.locales) == (["content.upserted"], ["en", "sl"])
    for page in (url("inspect", endpoint.pk), url("edit", endpoint.pk), url("index")):
        shown = text_of(keeper.get(page))
        assert "News" in shown
        assert not SECRET.findall(shown)
    changes(1)
    changes(1, operation="delete")
    work()
    [request] = receiver.requests
    assert verified(request, secret)["type"] == "content.upserted"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"url": "http://www.school.eu/"}, "begin the address with https"),
        ({"url": "https://192.168.0.1/"}, "no address of the open internet"),
        ({"url": ""}, "This field is required"),
        ({"event_types": ["ping"]}, "ping is not one of the available choices"),
        ({"locales": ["xx"]}, "xx is not one of the available choices"),
        ({"url": "https://taken.example/"}, "has a webhook with this address already"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    keeper: Client, fields: dict[str, Any], message: str
) -> None:
    site = PartnerSiteFactory()
    WebhookEndpointFactory(partner_site=site, url="https://taken.example/")
    form = {"partner_site": site.pk, "label": "News", "url": "https://a.example/", **fields}

    answer = keeper.post(url("add"), form)

    assert answer.status_code == 200
    assert message in text_of(answer)
    assert (WebhookEndpoint.objects.count(), WebhookSecret.objects.count()) == (1, 0)


def test_a_secret_is_replaced_and_shown_once(keeper: Client, receiver: Receiver) -> None:
    endpoint, old = webhook_to(receiver)

    answer = keeper.post(url("secret", endpoint.pk), {"grace_days": "7"})

    [new] = set(SECRET.findall(text_of(answer)))
    assert new != old
    assert answer["Cache-Control"] == "private, no-store"
    shown = text_of(keeper.get(url("inspect", endpoint.pk)))
    assert shown.count("A secret of") == 2
    assert not SECRET.findall(shown)


def test_a_webhook_is_switched_off_and_on(keeper: Client, receiver: Receiver) -> None:
    endpoint, _secret = webhook_to(receiver)
    assert "is left out" in text_of(keeper.get(url("disable", endpoint.pk)))

    keeper.post(url("disable", endpoint.pk))
    changes(2)
    again = keeper.post(url("disable", endpoint.pk), follow=True)
    assert "switched off already" in said(again)
    assert "Nothing is sent." in text_of(again)

    answer = keeper.post(url("enable", endpoint.pk), {"catch_up": "on"}, follow=True)
    assert "2 events are sent again." in said(answer)
    work()
    assert len(receiver.requests) == 2


def test_a_test_leads_to_its_answer(keeper: Client, receiver: Receiver) -> None:
    receiver.answers = [status(418)]
    endpoint, _secret = webhook_to(receiver)

    answer = keeper.post(url("test", endpoint.pk), follow=True)
    assert "The test is on its way." in said(answer)
    assert "It was not tried yet." in text_of(answer)
    work()

    page = text_of(keeper.get(answer.redirect_chain[0][0]))
    assert "Answered with 418: said the receiver" in page
    assert "&quot;type&quot;: &quot;ping&quot;" in page


def test_one_delivery_or_a_time_is_sent_again(keeper: Client, receiver: Receiver) -> None:
    endpoint, _secret = webhook_to(receiver)
    changes(2)
    work()
    delivery = WebhookDelivery.objects.latest("pk")

    one = keeper.post(delivery_page("replay", delivery.pk), follow=True)
    form = {"since": "2020-01-01 00:00", "until": "", "everything": "on"}
    all_of_it = keeper.post(url("replay", endpoint.pk), form, follow=True)

    assert "1 event is sent again." in said(one)
    assert "1 event is sent again." in said(all_of_it)  # the other is on its way already
    work()
    assert len(receiver.requests) == 4
    for since, message in (("2020-01-02", "to end after"), ("0001-01-01", "greater than or equal")):
        form = {"since": f"{since} 00:00", "until": "2020-01-01 00:00"}
        assert message in text_of(keeper.post(url("replay", endpoint.pk), form))


@pytest.mark.parametrize(
    ("rights", "allowed"),
    [
        ((), set()),
        (("view_webhookendpoint",), {"inspect", "index", "delivery", "deliveries"}),
        (("view_webhookdelivery",), {"delivery", "deliveries"}),
        (("add_webhookendpoint",), {"inspect", "index", "add", "delivery", "deliveries"}),
        (("delete_webhookendpoint",), {"inspect", "index", "delete"}),
        (("change_webhookendpoint",), {
            "inspect", "index", "edit", "test", "secret", "disable", "enable", "replay",
            "replay_one", "delivery", "deliveries",
        }),
    ],
)  # fmt: skip
def test_nobody_does_what_they_may_not(
    receiver: Receiver, rights: tuple[str, ...], allowed: set[str]
) -> None:
    endpoint, _secret = webhook_to(receiver)
    changes(1)
    work()
    delivery = WebhookDelivery.objects.get()
    names = ("inspect", "edit", "delete", "test", "secret", "disable", "enable", "replay")
    addresses = {name: url(name, endpoint.pk) for name in names}
    addresses |= {"index": url("index"), "add": url("add")}
    addresses |= {
        "deliveries": delivery_page("index"),
        "delivery": delivery_page("inspect", delivery.pk),
        "replay_one": delivery_page("replay", delivery.pk),
    }
    client = somebody_who_may(*rights)

    reached = {n for n, address in addresses.items() if client.get(address).status_code == 200}
    for name in addresses.keys() - reached:
        client.post(addresses[name], {"grace_days": "1", "since": "2020-01-01 00:00"})

    assert reached == allowed
    endpoint.refresh_from_db()
    assert (endpoint.is_enabled, WebhookSecret.objects.count()) == (True, 1)
    assert [d.state for d in WebhookDelivery.objects.all()] == ["accepted"]


def test_visitors_are_asked_to_sign_in(receiver: Receiver) -> None:
    endpoint, _secret = webhook_to(receiver)

    for address in (url("index"), url("inspect", endpoint.pk), delivery_page("index")):
        assert reverse("wagtailadmin_login") in Client().get(address)["Location"]


def test_the_communication_team_looks_after_webhooks_and_partner_editors_do_not() -> None:
    rights = {role.name: set(role.rights) for role in ROLES}
    ours = {f"communication_syndication.{name}" for name in EVERY_RIGHT}

    assert ours - rights[COMMUNICATION_TEAM] == {"communication_syndication.delete_webhookendpoint"}
    assert not ours & rights[PARTNER_EDITOR]


def test_deliveries_cannot_be_written_by_hand(keeper: Client) -> None:
    for path in ("new/", "edit/1/", "delete/1/", "copy/1/"):
        assert keeper.post(f"/admin/webhook-deliveries/{path}", follow=True).status_code == 404


def test_lists_and_pages_cost_the_same_queries_for_one_and_for_five(
    keeper: Client, receiver: Receiver
) -> None:
    endpoint, _secret = webhook_to(receiver)
    pages = (url("index"), delivery_page("index"), url("inspect", endpoint.pk))

    def costs() -> list[int]:
        found = []
        for address in pages:
            with CaptureQueriesContext(connection) as captured:
                assert keeper.get(address).status_code == 200
            found.append(len(captured))
        return found

    changes(1)
    work()
    keeper.get(pages[0])
    before = costs()
    for number in range(4):
        WebhookEndpointFactory(url=f"https://{number}.example/")
    changes(4)
    work()

    assert costs() == before


def test_what_a_receiver_says_is_shown_as_text(keeper: Client, receiver: Receiver) -> None:
    receiver.answers = [lambda handler: handler.answer(500, b"<script>alert(1)</script>\0")]
    webhook_to(receiver, label="<b>News</b>")
    changes(1)
    work()

    page = text_of(keeper.get(delivery_page("inspect", WebhookDelivery.objects.get().pk)))

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
    assert "<b>News</b>" not in page


def test_the_menu_leads_there_and_the_history_tells_of_it(
    keeper: Client, receiver: Receiver
) -> None:
    endpoint, _secret = webhook_to(receiver)
    keeper.post(url("test", endpoint.pk))

    home = text_of(keeper.get("/admin/"))
    history = text_of(
        keeper.get(reverse("communication_partner_sites:history", args=[endpoint.partner_site_id]))
    )

    assert "/admin/webhooks/" in home
    assert "/admin/webhook-deliveries/" in home
    assert "Sent a test to the webhook" in history
    assert "/admin/webhooks/" not in text_of(somebody_who_may().get("/admin/"))
    assert (
        ModelLogEntry.objects.filter(action__startswith="communication_syndication.").count() == 2
    )
