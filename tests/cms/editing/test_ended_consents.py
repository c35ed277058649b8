"""Whoever may edit a page is told when a person in it must not be shown any more."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cms.demo.pages import find_page
from cms.services.roles import PARTNER_EDITOR
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
