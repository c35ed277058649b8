"""Whoever may edit a page is told when a person in it must not be shown any more."""

from datetime import date, timedelta

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from cms.demo.pages import find_page
from cms.services.roles import COMMUNICATION_TEAM, PARTNER_EDITOR
from tests.cms.editing.people import signed_in
from tests.factories import NewsPageFactory, PersonConsentFactory
from v2v_snippets.models import PersonConsent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

HEADING = "Consents that have ended"


def quoting(consent: PersonConsent, title: str) -> None:
    quotation = {"quote": "We built a bench.", "consent": consent, "source": ""}
    page = NewsPageFactory(
        parent=find_page("news"), title=title, slug="bench", body=[("quote", quotation)]
    )
    page.save()


@pytest.mark.parametrize("field", ["valid_until", "withdrawn_on"])
def test_the_start_page_names_page_and_person_once_a_consent_has_ended(field: str) -> None:
    today = timezone.localdate()
    consent = PersonConsentFactory(person_name="Ana Example", given_on=date(2020, 1, 1))
    quoting(consent, "A bench")
    editor = signed_in(PARTNER_EDITOR)
    assert HEADING not in editor.get("/admin/").content.decode()

    setattr(consent, field, today - timedelta(days=1))
    consent.save()

    html = editor.get("/admin/").content.decode()
    assert HEADING in html
    assert "Ana Example" in html
    assert "A bench" in html


@pytest.mark.parametrize("way", ["delete", "bulk"])
def test_a_consent_that_a_page_names_is_not_deleted_but_withdrawn(way: str) -> None:
    consent = PersonConsentFactory(person_name="Ana Example", given_on=date(2020, 1, 1))
    quoting(consent, "A bench")
    team = signed_in(COMMUNICATION_TEAM)
    path = f"/admin/snippets/v2v_snippets/personconsent/delete/{consent.pk}/"
    if way == "bulk":
        path = f"/admin/bulk/v2v_snippets/personconsent/delete/?id={consent.pk}"

    answer = team.post(path, follow=True)

    assert PersonConsent.objects.filter(pk=consent.pk).exists()
    assert "withdrawn on" in answer.content.decode()
    assert "A bench" in answer.content.decode(), "It says where."


def test_code_that_deletes_a_consent_is_told_so() -> None:
    consent = PersonConsentFactory()
    quoting(consent, "A bench")

    with pytest.raises(ProtectedError):
        PersonConsent.objects.all().delete()


def test_a_consent_that_no_page_names_can_be_deleted() -> None:
    consent = PersonConsentFactory()

    signed_in(COMMUNICATION_TEAM).post(
        f"/admin/snippets/v2v_snippets/personconsent/delete/{consent.pk}/"
    )

    assert not PersonConsent.objects.filter(pk=consent.pk).exists()
