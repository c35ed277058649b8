"""A real issue goes the whole way: checked, tested, sent, corrected, and shown with a note."""

from email import message_from_bytes
from email.policy import SMTP
from typing import Any

from django.test import Client
from django.utils import timezone

from communication.newsletters.enums import DispatchState
from communication.newsletters.models import Dispatch
from communication.newsletters.transports.memory import outbox
from tests.communication.newsletters.operating.places import NOW, done, shown, where
from tests.dispatches import Days
from tests.issues import NewsletterPageFactory
from tests.newsletters import subscribed


def published(issue: Any) -> Any:
    """Publishes an issue as an editor does, so that it has a revision."""
    issue.save_revision().publish()
    issue.refresh_from_db()
    return issue


def subjects() -> list[str]:
    return [message_from_bytes(mail.content, policy=SMTP)["Subject"] for mail in outbox]


def test_an_issue_is_checked_tested_sent_and_corrected(
    editor: Client, archive: Any, news: Any
) -> None:
    subscribed("ana@school.example", news)
    issue = published(NewsletterPageFactory(parent=archive, mailing_list=news))
    test = {"test-addresses": "me@school.example", "test-languages": ["en"], "test": ""}

    assert "accepted" in done(editor, "send", issue, **test)
    done(editor, "send", issue, lists=[news.pk], **NOW)
    dispatch = Dispatch.objects.get()
    Days(dispatch.scheduled_for).run_until_done(dispatch)
    assert dispatch.state == DispatchState.SENT
    issue.subject = "Correction: another day"
    issue.correction_note = "The mail of Monday named a wrong day."
    published(issue)
    done(editor, "correct", dispatch)
    correction = Dispatch.objects.exclude(pk=dispatch.pk).get()
    done(editor, "plan", correction, **NOW)
    Days(correction.scheduled_for).run_until_done(correction)

    assert [subject.startswith("[Test] ") for subject in subjects()] == [True, False, False]
    assert subjects()[2] == "Correction: another day"
    assert "The mail of Monday named a wrong day." in Client().get(issue.url).content.decode()
    assert "The mail of Monday named a wrong day." in issue.body_html()
    assert timezone.now() > dispatch.created_at


def test_an_issue_without_lead_text_is_not_sent(editor: Client, archive: Any, news: Any) -> None:
    issue = published(NewsletterPageFactory(parent=archive, mailing_list=news, lead=""))

    page = shown(editor, "send", issue)

    assert "There is no lead text" in page
    assert "keep this issue from being sent" in page or "keeps this issue" in page
    assert 'name="send"' not in page


def test_the_menu_of_an_issue_leads_to_its_sending(editor: Client, archive: Any, news: Any) -> None:
    issue = published(NewsletterPageFactory(parent=archive, mailing_list=news))

    assert where("send", issue) in editor.get(f"/admin/pages/{issue.pk}/edit/").content.decode()
    assert where("send", issue) in shown(editor, "issues")
    assert (
        where("send", archive)
        not in editor.get(f"/admin/pages/{archive.pk}/edit/").content.decode()
    )
