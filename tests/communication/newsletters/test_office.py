"""What the office sees and does in the admin, each with the rights for it."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from wagtail.users.forms import GroupForm

from cms.models import User
from cms.services.roles import COMMUNICATION_TEAM, ensure_roles
from communication.newsletters.models import (
    ConsentText,
    MailingList,
    Subscriber,
    Suppression,
)
from tests.newsletters import (
    ADDRESS,
    run_answers,
    send_form,
    state_of,
    subscribed,
)

from .office import APP, FILES, SUBSCRIBERS, path, someone


@pytest.fixture
def administrator(site: None) -> Client:
    """The browser of somebody who may do everything that anybody may."""
    client = Client()
    client.force_login(User.objects.create_superuser("root", "root@school.example", "pw"))
    return client


def test_addresses_are_masked_for_those_who_need_not_write_to_them(news: Any) -> None:
    one = subscribed(ADDRESS, news).subscriber
    seer, looker = someone("view_subscriber"), someone("view_subscriber", "see_addresses")

    for place in (path(f"{SUBSCRIBERS}:index"), path(f"{SUBSCRIBERS}:inspect", one.pk)):
        masked, whole = seer.get(place).content.decode(), looker.get(place).content.decode()
        assert ("a•••@school.example" in masked, ADDRESS in masked) == (True, False)
        assert ADDRESS in whole


def test_only_those_who_see_addresses_can_look_for_one(news: Any) -> None:
    subscribed(ADDRESS, news)
    subscribed("ben@school.example", news)
    index = path(f"{SUBSCRIBERS}:index")

    found = someone("view_subscriber", "see_addresses").get(index, {"q": "ben@"})
    asked = someone("view_subscriber").get(index, {"q": "ben@"})

    assert ADDRESS not in found.content.decode()
    assert "a•••@school.example" in asked.content.decode(), "Nothing was searched for."


@pytest.mark.parametrize(
    ("place", "right"),
    [
        ((f"{SUBSCRIBERS}:index",), "view_subscriber"),
        ((f"{FILES}:export",), "export_subscriber"),
        ((f"{FILES}:list",), "import_subscriber"),
        ((f"{FILES}:mails",), "see_addresses"),
        ((f"{APP}_suppression:index",), "view_suppression"),
        ((f"{APP}_suppression:add",), "add_suppression"),
        ((f"{APP}_consenttext:index",), "view_consenttext"),
        ((f"{APP}_consenttext:add",), "add_consenttext"),
        ((f"{APP}_mailinglist:add",), "add_mailinglist"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_each_place_has_a_right_of_its_own(site: None, place: tuple[str], right: str) -> None:
    """Somebody with all other rights is kept out."""
    others = Permission.objects.filter(content_type__app_label=APP).exclude(codename=right)
    names = others.values_list("codename", flat=True)

    assert someone(right).get(path(*place)).status_code == 200
    stranger = someone(*names).get(path(*place))
    # a list can also be seen by those who may add to it
    may_look = {"view_suppression", "view_consenttext"}
    assert stranger.status_code == (200 if right in may_look else 302)


def test_nobody_edits_subscribers_or_proofs(administrator: Client, news: Any) -> None:
    one = subscribed(ADDRESS, news).subscriber
    text = ConsentText.objects.create(version=1, locale="en", text="I agree.")
    places = [
        path(f"{SUBSCRIBERS}:add"),
        path(f"{SUBSCRIBERS}:edit", one.pk),
        path(f"{SUBSCRIBERS}:delete", one.pk),
        path(f"{APP}_consenttext:edit", text.pk),
        path(f"{APP}_consenttext:delete", text.pk),
        path(f"{APP}_mailinglist:delete", news.pk),
    ]

    for place in places:
        assert administrator.get(place).status_code == 302, place
        assert administrator.post(place).status_code == 302, place
    assert (Subscriber.objects.count(), ConsentText.objects.count()) == (1, 1)
    assert MailingList.objects.count() == 1


def test_a_list_is_made_with_its_names(administrator: Client) -> None:
    form = {
        "slug": "visits", "sort_order": 1, "is_open": "on", "texts-TOTAL_FORMS": 1,
        "texts-INITIAL_FORMS": 0, "texts-MIN_NUM_FORMS": 1, "texts-MAX_NUM_FORMS": 1000,
        "texts-0-language": "en", "texts-0-name": "Visits", "texts-0-description": "",
    }  # fmt: skip

    answer = administrator.post(path(f"{APP}_mailinglist:add"), form, follow=True)

    assert MailingList.objects.get().name == "Visits"
    assert "Visits" in answer.content.decode()


def test_a_wording_is_a_new_version_or_another_language_of_the_latest(
    administrator: Client,
) -> None:
    add = path(f"{APP}_consenttext:add")
    administrator.post(add, {"locale": "en", "text": "First.", "of_version": ""})
    administrator.post(add, {"locale": "en", "text": "Second.", "of_version": ""})
    administrator.post(add, {"locale": "sq", "text": "E dyta.", "of_version": "2"})
    refused = administrator.post(add, {"locale": "sq", "text": "Tjetër.", "of_version": "2"})

    kept = ConsentText.objects.order_by("pk").values_list("version", "locale", "text")
    assert list(kept) == [(1, "en", "First."), (2, "en", "Second."), (2, "sq", "E dyta.")]
    assert "has a text in this language already" in refused.content.decode()


def test_an_address_is_suppressed_and_lifted_by_hand(administrator: Client, news: Any) -> None:
    subscribed(ADDRESS, news)
    form = {"address": " Ana@School.example", "reason": "requested"}

    answer = administrator.post(path(f"{APP}_suppression:add"), form, follow=True)

    html = answer.content.decode()
    assert "does not want any mail" in html
    assert "chool.example" not in html
    assert state_of() == {"news": "unsubscribed"}
    found = administrator.get(path(f"{APP}_suppression:index"), {"q": ADDRESS})
    assert "does not want any mail" in found.content.decode()
    administrator.post(path(f"{APP}_suppression:delete", Suppression.objects.get().pk))
    assert not Suppression.objects.exists()


def test_the_office_erases_whoever_asks_for_it(news: Any) -> None:
    one = subscribed(ADDRESS, news).subscriber
    place = path(f"{FILES}:erase", one.pk)
    office = someone("view_subscriber", "erase_subscriber")

    assert place in office.get(path(f"{SUBSCRIBERS}:inspect", one.pk)).content.decode()
    assert someone("view_subscriber", "see_addresses").post(place).status_code == 302
    office.get(place)
    assert Subscriber.objects.exists()
    office.post(place)

    assert not Subscriber.objects.exists()
    assert Suppression.objects.get().reason == "erased"


def test_letters_in_files_can_be_looked_at(
    client: Client, news: Any, settings: Any, tmp_path: Path
) -> None:
    settings.V2V_MAIL_TRANSPORT = "communication.newsletters.transports.files.FileTransport"
    settings.V2V_MAIL_FOLDER = tmp_path
    office = someone("see_addresses")
    assert "There is no mail yet." in office.get(path(f"{FILES}:mails")).content.decode()
    send_form(client)
    run_answers()

    listed = office.get(path(f"{FILES}:mails")).content.decode()
    [name] = [file.stem for file in tmp_path.glob("*.eml")]
    assert ADDRESS in listed
    shown = office.get(path(f"{FILES}:mail", name)).content.decode()
    assert "Please confirm your subscription" in shown
    assert "Auto-Submitted" in shown
    assert "sandbox" in shown
    assert "See and confirm" in shown
    assert office.get(path(f"{FILES}:mail", "other")).status_code != 200
    assert someone("view_subscriber").get(path(f"{FILES}:mail", name)).status_code == 302


def test_without_the_file_transport_there_are_no_files_to_show(administrator: Client) -> None:
    assert "There is no mail yet." in administrator.get(path(f"{FILES}:mails")).content.decode()
    assert path(f"{FILES}:mails") not in administrator.get("/admin/").content.decode()


def test_the_communication_team_writes_to_readers_but_takes_no_list_away(site: None) -> None:
    team = ensure_roles()[COMMUNICATION_TEAM]

    held = team.permissions.filter(content_type__app_label=APP).values_list("codename", flat=True)

    assert {"view_subscriber", "see_addresses", "erase_subscriber", "add_mailinglist"} <= set(held)
    assert not {"export_subscriber", "import_subscriber", "delete_suppression"} & set(held)


def test_administrators_can_give_each_right_to_a_group(site: None) -> None:
    offered = {permission.codename for permission in GroupForm().registered_permissions}

    assert {
        "view_subscriber", "see_addresses", "export_subscriber", "import_subscriber",
        "erase_subscriber", "add_suppression", "delete_suppression", "add_consenttext",
        "change_mailinglist", "send_dispatch", "view_dispatch",
    } <= offered  # fmt: skip


def test_the_list_of_subscribers_costs_the_same_for_one_and_for_many(
    news: Any, django_assert_num_queries: Any
) -> None:
    office = someone("view_subscriber", "see_addresses")
    index = path(f"{SUBSCRIBERS}:index")
    subscribed(ADDRESS, news)
    office.get(index)
    with django_assert_num_queries(12):
        office.get(index)
    for number in range(15):
        subscribed(f"reader{number}@school.example", news)
    with django_assert_num_queries(12):
        office.get(index)
