"""Reference data: facts once, words per language, and rules that hold whoever writes."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from v2v_snippets.enums import (
    ConsentScope,
    FundingTextKind,
    PartnerKind,
    PlacePrecision,
    Side,
    WordingStatus,
)
from v2v_snippets.models import (
    Country,
    CountryText,
    FundingStatement,
    FundingStatementText,
    Partner,
    PersonConsent,
    ProjectSettings,
    Twinning,
)
from v2v_snippets.selectors import country_footnotes, funding_texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def kosovo() -> Country:
    country = Country.objects.create(code="XK", footnote_mark="*", latitude=42.6, longitude=20.9)
    country.texts.add(
        CountryText(language="en", name="Kosovo", footnote="Without prejudice."),
        CountryText(language="sq", name="Kosova", footnote="Pa paragjykuar."),
    )
    country.save()
    return country


def make_school(country: Country, name: str, side: Side) -> Partner:
    return Partner.objects.create(short_name=name, slug=name.lower(), country=country, side=side)


@pytest.fixture
def pair(kosovo: Country) -> tuple[Partner, Partner]:
    return make_school(kosovo, "Here", Side.EUROPEAN), make_school(
        kosovo, "There", Side.WESTERN_BALKAN
    )


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Kosovo*"), ("sq", "Kosova*"), ("fi", "Kosovo*")]
)
def test_country_is_named_in_the_readers_language_and_never_without_its_mark(
    kosovo: Country, language: str, name: str
) -> None:
    with override(language):
        assert kosovo.name == name
        assert str(kosovo) == name


def test_footnotes_follow_the_reader_and_say_their_language(kosovo: Country) -> None:
    assert [(note.text, note.language) for note in country_footnotes("sq")] == [
        ("* Pa paragjykuar.", "sq")
    ]
    assert [(note.text, note.language) for note in country_footnotes("fi")] == [
        ("* Without prejudice.", "en")
    ]


def test_a_country_has_one_name_in_a_language(kosovo: Country) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CountryText.objects.create(country=kosovo, language="en", name="Kosovo again")


def test_a_school_is_in_one_pair(pair: tuple[Partner, Partner], kosovo: Country) -> None:
    here, there = pair
    Twinning.objects.create(number=1, european_school=here, balkan_school=there)
    other = make_school(kosovo, "Other", Side.EUROPEAN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Twinning.objects.create(number=2, european_school=other, balkan_school=there)


def test_a_school_cannot_be_twinned_with_itself(pair: tuple[Partner, Partner]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Twinning.objects.create(number=1, european_school=pair[0], balkan_school=pair[0])


def test_schools_of_the_wrong_side_are_refused_on_their_fields(
    pair: tuple[Partner, Partner],
) -> None:
    here, there = pair
    with pytest.raises(ValidationError) as refusal:
        Twinning(number=1, european_school=there, balkan_school=here).full_clean()
    assert {"european_school", "balkan_school"} <= set(refusal.value.message_dict)


def test_twinning_cannot_end_before_it_starts(pair: tuple[Partner, Partner]) -> None:
    twinning = Twinning(
        number=1,
        european_school=pair[0],
        balkan_school=pair[1],
        started_on=date(2021, 4, 1),
        ended_on=date(2021, 3, 1),
    )
    with pytest.raises(ValidationError, match="end lies before the start"):
        twinning.full_clean()


@pytest.mark.parametrize(
    ("kind", "side"), [(PartnerKind.NETWORK, Side.EUROPEAN), (PartnerKind.VET_PROVIDER, "")]
)
def test_schools_have_a_side_and_networks_none(kosovo: Country, kind: str, side: str) -> None:
    partner = Partner(short_name="X", slug="x", country=kosovo, kind=kind, side=side)
    with pytest.raises(ValidationError) as refusal:
        partner.full_clean()
    assert "side" in refusal.value.message_dict


def test_one_partner_leads(kosovo: Country) -> None:
    make_school(kosovo, "Lead", Side.EUROPEAN)
    Partner.objects.update(is_lead=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Partner.objects.create(
            short_name="Second", slug="second", country=kosovo, side=Side.EUROPEAN, is_lead=True
        )


def test_place_without_a_city_is_the_middle_of_the_country(pair: tuple[Partner, Partner]) -> None:
    school = pair[0]
    assert str(school.place_precision) == PlacePrecision.COUNTRY.value
    assert school.position == (20.9, 42.6)
    school.city, school.latitude, school.longitude = "Ferizaj", 42, 21
    assert str(school.place_precision) == PlacePrecision.CITY.value
    assert school.position == (21.0, 42.0)
    assert school.place == "Ferizaj, Kosovo*"


def test_half_a_position_is_refused(kosovo: Country) -> None:
    partner = Partner(
        short_name="X", slug="x", country=kosovo, side=Side.EUROPEAN, latitude=42, longitude=None
    )
    with pytest.raises(ValidationError, match="both latitude and longitude"):
        partner.full_clean()


@pytest.fixture
def statement() -> FundingStatement:
    statement = FundingStatement.objects.create(grant="Pilot call")
    texts = [
        ("en", FundingTextKind.EMBLEM_LINE, "Funded.", WordingStatus.OFFICIAL),
        ("it", FundingTextKind.EMBLEM_LINE, "Finanziato.", WordingStatus.MACHINE),
        ("en", FundingTextKind.DISCLAIMER, "Views only.", WordingStatus.OFFICIAL),
        ("it", FundingTextKind.DISCLAIMER, "Solo opinioni.", WordingStatus.PROJECT),
    ]
    for language, kind, text, status in texts:
        statement.texts.add(
            FundingStatementText(language=language, kind=kind, text=text, status=status)
        )
    statement.save()
    return statement


def test_wording_that_nobody_vouches_for_gives_way_to_english(statement: FundingStatement) -> None:
    ProjectSettings.objects.create(funding_statement=statement)
    assert [(wording.text, wording.language) for wording in funding_texts(None, "it")] == [
        ("Funded.", "en"),
        ("Solo opinioni.", "it"),
    ]


def test_site_without_settings_is_read_without_writing_any() -> None:
    assert funding_texts(None, "en") == []
    assert not ProjectSettings.objects.exists()


TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({}, True),
        ({"valid_until": TODAY}, True),
        ({"valid_until": TODAY - timedelta(days=1)}, False),
        ({"withdrawn_on": TODAY}, False),
        ({"withdrawn_on": TODAY + timedelta(days=1)}, True),
        ({"given_on": TODAY + timedelta(days=1)}, False),
    ],
)
def test_consent_holds_from_its_first_to_its_last_day(
    changes: dict[str, date], holds: bool
) -> None:
    facts = {"given_on": date(2026, 1, 1), **changes}
    consent = PersonConsent.objects.create(
        person_name="Example Person", scope=ConsentScope.QUOTE, **facts
    )
    assert consent.is_valid_on(TODAY) is holds
    assert PersonConsent.objects.valid_on(TODAY).exists() is holds
