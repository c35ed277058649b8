"""An issue goes out from its own page: looked at, tested, and given its time."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupPagePermission, PageLogEntry

from cms.models import User
from communication.delivery.models import Installation
from communication.newsletters.enums import DispatchState
from communication.newsletters.models import Delivery, Dispatch
from communication.newsletters.transports.memory import outbox
from tests import dispatches
from tests.newsletters import MailingListFactory, subscribed, suppressed

from ..office import someone
from .places import NOW, Finding, done, findings, remembered, shown, where

MINUTE = timedelta(minutes=1)


def letters() -> list[Any]:
    return [message_from_bytes(mail.content, policy=SMTP) for mail in outbox]


def test_an_issue_is_sent_now_with_ten_minutes_to_undo(
    sender: Client, issue: Any, news: Any
) -> None:
    subscribed("ana@school.example", news)

    page = done(sender, "send", issue, lists=[news.pk], **NOW)

    dispatch = Dispatch.objects.get()
    assert dispatch.state == DispatchState.SCHEDULED
    assert dispatch.variants.get().subject == "News in November"
    assert timezone.now() + 9 * MINUTE < dispatch.scheduled_for < timezone.now() + 11 * MINUTE
    assert "Undo: do not send this" in page
    assert "to 1 reader" in page
    assert remembered() == [("schedule", issue.title)]


def test_an_issue_is_sent_at_a_time_in_somebodys_time_zone(
    sender: Client, issue: Any, news: Any
) -> None:
    later = {"when": "later", "day": "2031-07-01", "time": "09:30", "time_zone": "Europe/Tirane"}

    page = done(sender, "send", issue, lists=[news.pk], send="", **later)

    assert Dispatch.objects.get().scheduled_for.isoformat() == "2031-07-01T07:30:00+00:00"
    assert "9:30" in page
    assert "(Europe/Tirane)" in page


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"when": "later", "time": "09:30"}, "This field is required"),
        ({"when": "later", "day": "2020-01-01", "time": "09:30"}, "This time has passed."),
        ({"time_zone": "Atlantis/Capital"}, "Select a valid choice"),
        ({"lists": []}, "This field is required"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_sent(
    sender: Client, issue: Any, news: Any, form: dict[str, Any], message: str
) -> None:
    page = done(sender, "send", issue, **{"lists": [news.pk], **NOW, **form})

    assert message in page
    assert not Dispatch.objects.exists()


def test_findings_that_block_keep_an_issue_from_being_sent(
    sender: Client, issue: Any, news: Any
) -> None:
    advice = Finding("The subject is long.", is_blocking=False, language="it")
    findings.extend([advice, Finding("No list.", is_blocking=True)])

    page = shown(sender, "send", issue)
    assert "1 thing keeps this issue from being sent." in page
    assert page.index("No list.") < page.index("italiano: The subject is long.")
    assert 'name="send"' not in page
    assert "keeps this issue" in done(sender, "send", issue, lists=[news.pk], **NOW)
    assert not Dispatch.objects.exists()

    findings.pop()
    assert 'name="send"' in shown(sender, "send", issue)


def test_what_is_not_published_is_not_sent(sender: Client, issue: Any, news: Any) -> None:
    issue = issue.specific
    issue.title = "Better"
    issue.save_revision()

    assert "Publish the latest changes first" in done(sender, "send", issue, lists=[news.pk], **NOW)
    issue.unpublish()
    assert "Publish the issue first" in done(sender, "send", issue, lists=[news.pk], **NOW)
    assert not Dispatch.objects.exists()


def test_the_page_says_who_gets_which_language(sender: Client, issue: Any, news: Any) -> None:
    dispatches.written[:] = ["en", "it"]
    for address, locale in {"a": "it", "b": "it", "c": "sq", "d": "en"}.items():
        subscribed(f"{address}@school.example", news, subscriber__locale=locale)
    suppressed("a@school.example")

    page = shown(sender, "send", issue)
    assert '<td class="title" lang="it">italiano</td> <td>1</td> <td> – </td>' in page
    assert '<td class="title" lang="en">English</td> <td>2</td> <td> shqip: 1 </td>' in page
    assert "News (3 readers)" in page


def test_the_page_costs_the_same_for_one_reader_and_for_many(
    sender: Client, issue: Any, news: Any, count_queries: Any
) -> None:
    subscribed("ana@school.example", news)
    few = count_queries(lambda: shown(sender, "send", issue))
    for number in range(15):
        subscribed(f"r{number}@school.example", news)
    assert count_queries(lambda: shown(sender, "send", issue)) == few


def test_nobody_gets_an_issue_twice_by_a_second_press(
    sender: Client, issue: Any, news: Any
) -> None:
    done(sender, "send", issue, lists=[news.pk], **NOW)
    page = done(sender, "send", issue, lists=[news.pk], again="on", **NOW)

    assert "on its way to these readers already" in page
    assert Dispatch.objects.count() == 1
    others = MailingListFactory(slug="visits")
    done(sender, "send", issue, lists=[others.pk], **NOW)
    assert Dispatch.objects.count() == 2, "Other readers are others."


def test_what_was_sent_is_sent_again_only_if_somebody_means_it(
    sender: Client, issue: Any, news: Any, sent: Dispatch
) -> None:
    page = done(sender, "send", issue, lists=[news.pk], **NOW)
    assert "have got this issue before" in page
    assert Dispatch.objects.count() == 1

    assert 'name="again"' in shown(sender, "send", issue)
    done(sender, "send", issue, lists=[news.pk], again="on", **NOW)
    assert Dispatch.objects.count() == 2


def test_a_test_is_marked_answered_inline_and_harmless_when_repeated(
    sender: Client, issue: Any, news: Any
) -> None:
    dispatches.written[:] = ["en", "it"]
    to = {"test-addresses": "Ana@school.example, ben@school.example", "test": ""}

    page = done(sender, "send", issue, **{"test-languages": ["en", "it"]}, **to)
    done(sender, "send", issue, **{"test-languages": ["en", "it"]}, **to)

    first, second = letters()[:4], letters()[4:]
    assert [mail["Subject"] for mail in first] == [
        "[Test] News in November",
        "[Test] News in November",
        "[Test] Notizie di novembre",
        "[Test] Notizie di novembre",
    ]
    assert [mail["Message-ID"] for mail in first] == [mail["Message-ID"] for mail in second]
    assert len({mail["Message-ID"] for mail in first}) == 4
    assert page.count("accepted") == 4
    assert not Delivery.objects.exists()
    assert not Dispatch.objects.exists()
    entries = PageLogEntry.objects.filter(action="newsletters.test")
    assert [entry.data for entry in entries] == [{"number": 4}, {"number": 4}]


def test_the_links_of_a_test_unsubscribe_nobody(sender: Client, issue: Any, news: Any) -> None:
    subscription = subscribed("ana@school.example", news)
    form = {"test-addresses": "ana@school.example", "test-languages": ["en"], "test": ""}
    done(sender, "send", issue, **form)

    link = letters()[0]["List-Unsubscribe"].strip("<>")
    assert Client().post(link, {"List-Unsubscribe": "One-Click"}).status_code < 500
    subscription.refresh_from_db()
    assert subscription.state == "confirmed"


def test_a_test_says_what_the_mail_server_said(sender: Client, issue: Any, sink: Any) -> None:
    suppressed("never@school.example")
    sink.answers = lambda stage, _letter: "550 5.1.1 no" if stage == "RCPT" else None
    addresses = "ana@school.example, never@school.example"

    page = done(
        sender, "send", issue,
        **{"test-addresses": addresses, "test-languages": ["en"], "test": ""},
    )  # fmt: skip

    assert "refused (550 5.1.1)" in page
    assert "left out: this address gets no mail from us" in page


@pytest.mark.parametrize(
    ("addresses", "message"),
    [
        ("nobody", "This is no mail address."),
        (",".join(f"r{n}@school.example" for n in range(6)), "At most five addresses"),
    ],
)
def test_a_test_goes_to_few_whole_addresses(
    sender: Client, issue: Any, addresses: str, message: str
) -> None:
    form = {"test-addresses": addresses, "test-languages": ["en"], "test": ""}

    assert message in done(sender, "send", issue, **form)
    assert not outbox


def test_whoever_edits_an_issue_tests_it_but_sends_it_to_nobody(issue: Any, news: Any) -> None:
    editor = User.objects.create_user("editor", "editor@school.example", "pw")
    editor.user_permissions.add(*_rights_of_an_editor(issue, editor))
    client = Client()
    client.force_login(editor)
    form = {"test-addresses": "other@school.example", "test-languages": ["en"], "test": ""}

    page = done(client, "send", issue, **form)
    refused = client.post(where("send", issue), {"lists": [news.pk], **NOW})

    assert [mail.recipient for mail in outbox] == ["editor@school.example"]
    assert "Send to readers" not in page
    assert refused.status_code == 302
    assert not Dispatch.objects.exists()


def _rights_of_an_editor(issue: Any, editor: Any) -> list[Any]:
    group = Group.objects.create(name="Editors of the issue")
    editor.groups.add(group)
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=issue, permission=change)
    return [Permission.objects.get(codename="access_admin")]


def test_a_copy_of_the_database_sends_no_test(sender: Client, issue: Any) -> None:
    Installation.objects.update(digest="0" * 64)
    form = {"test-addresses": "ana@school.example", "test-languages": ["en"], "test": ""}

    assert "This database is a copy" in done(sender, "send", issue, **form)
    assert not outbox


def test_an_issue_leads_to_its_sending(sender: Client, issue: Any, site: None) -> None:
    administrator = Client()
    administrator.force_login(User.objects.create_superuser("root", "root@school.example", "pw"))

    edit = administrator.get(f"/admin/pages/{issue.pk}/edit/").content.decode()

    assert where("send", issue) in edit
    assert where("send", issue) in shown(sender, "issues")


def test_pages_that_are_no_issues_are_not_sent(sender: Client, issue: Any, settings: Any) -> None:
    settings.V2V_ISSUE_TYPE = "v2v_pages.StoryPage"
    assert sender.get(where("send", issue), follow=True).status_code == 404
    settings.V2V_ISSUE_TYPE = "nowhere.NoPage"
    assert sender.get(where("send", issue), follow=True).status_code == 404
    assert "There is no issue yet" in shown(sender, "issues")


def test_strangers_see_nothing_of_an_issue(issue: Any, news: Any) -> None:
    stranger = someone("view_subscriber", "view_dispatch", "export_subscriber")
    for method in (stranger.get, stranger.post):
        assert method(where("send", issue)).status_code == 302
    assert not Dispatch.objects.exists()
