"""VET systems: profiles, their languages, and what they refuse."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from tests.factories import CountryFactory
from tests.sites import SiteTree, translate
from tests.texts import visible_text
from tests.vet_systems import (
    VETIndicatorFactory,
    VETSystemIndexPageFactory,
    VETSystemPageFactory,
    programme,
    share_of_learners,
    value,
)
from v2v_pages.models import VETSystemPage, VETValue
from v2v_snippets.enums import IndicatorKind

CROATIA = "/en/vet-systems/system-hr/"


@pytest.fixture
def systems(site: SiteTree) -> Any:
    return VETSystemIndexPageFactory(parent=site.home)


@pytest.fixture
def share(db: None) -> Any:
    return share_of_learners()


@pytest.fixture
def croatia(systems: Any, share: Any) -> Any:
    return VETSystemPageFactory(
        parent=systems,
        country=CountryFactory(code="HR", name="Croatia"),
        values=[value(share, "69.5", note="Without adults.")],
        programmes=[programme(gloss="Technician", leads_to="University")],
    )


def text_of(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return visible_text(response.content.decode())


def test_a_value_is_shown_with_its_year_its_source_and_its_note(croatia: Any) -> None:
    text = text_of(CROATIA)

    assert "Learners in VET Of all in upper secondary education. 69.5% 2021 · Ministry" in text
    assert "Without adults." in text


def test_what_is_not_documented_says_so(croatia: Any) -> None:
    VETIndicatorFactory(texts={"en": {"label": "Dropout"}})

    assert "Dropout not yet documented" in text_of(CROATIA)


@pytest.mark.parametrize(
    ("kind", "content", "unit", "shown"),
    [
        (IndicatorKind.NUMBER, "1200.5", "learners", "1,200.5 learners"),
        (IndicatorKind.PERCENT, "40", "", "40%"),
        (IndicatorKind.YEARS, "1", "", "1 year"),
        (IndicatorKind.YEARS, "3", "", "3 years"),
        (IndicatorKind.YEARS, "2.5", "", "2.5 years"),
        (IndicatorKind.YES_NO, True, "", "Yes"),
        (IndicatorKind.YES_NO, False, "", "No"),
        (IndicatorKind.TEXT, "The ministry", "", "The ministry"),
    ],
)
def test_each_kind_of_value_is_written_in_its_way(
    systems: Any, kind: str, content: Any, unit: str, shown: str
) -> None:
    indicator = VETIndicatorFactory(kind=kind, texts={"en": {"label": "Thing", "unit": unit}})
    VETSystemPageFactory(parent=systems, values=[value(indicator, content)])

    assert f"Thing {shown} 2021" in text_of("/en/vet-systems/system-it/")


def test_a_sample_says_that_it_is_one(systems: Any, share: Any) -> None:
    VETSystemPageFactory(parent=systems, values=[value(share, "40", source="", is_sample=True)])

    text = text_of("/en/vet-systems/system-it/")

    assert text.count("Sample value of the demo: not a statistic.") == 2, "above, and in the cell"


def wrong_fields(row: Any) -> set[str]:
    """Returns the fields of an unsaved row that a form would refuse."""
    try:
        row.full_clean(exclude=["page", "locale"], validate_constraints=False)
    except ValidationError as error:
        return set(error.message_dict)
    return set()


@pytest.mark.parametrize(
    ("kind", "fields", "wrong"),
    [
        (IndicatorKind.PERCENT, {"text": "many"}, {"number", "text"}),
        (IndicatorKind.PERCENT, {"number": "140"}, {"number"}),
        (IndicatorKind.YEARS, {"number": "-1"}, {"number"}),
        (IndicatorKind.TEXT, {"number": "3"}, {"number", "text"}),
        (IndicatorKind.YES_NO, {"number": "3"}, {"number", "yes_no"}),
        (IndicatorKind.TEXT, {"text": "Yes", "yes_no": True}, {"yes_no"}),
        (IndicatorKind.TEXT, {"text": "Yes", "source": ""}, {"source"}),
        (IndicatorKind.TEXT, {"text": "Yes", "source": "", "is_sample": True}, set()),
        (IndicatorKind.NUMBER, {"number": "0"}, set()),
        (IndicatorKind.YES_NO, {"yes_no": False}, set()),
    ],
)
def test_a_value_is_held_to_the_kind_of_its_indicator(
    db: None, kind: str, fields: dict[str, Any], wrong: set[str]
) -> None:
    row = VETValue(indicator=VETIndicatorFactory(kind=kind), year=2021, source="Ministry")
    for name, content in fields.items():
        setattr(row, name, content)

    assert wrong_fields(row) == wrong


def test_an_indicator_with_values_keeps_its_kind(croatia: Any, share: Any) -> None:
    share.kind = IndicatorKind.TEXT
    with pytest.raises(ValidationError, match="values of this kind"):
        share.full_clean()

    unused = VETIndicatorFactory()
    unused.kind = IndicatorKind.TEXT
    unused.full_clean()


def test_a_country_has_one_profile(croatia: Any, systems: Any) -> None:
    rival = VETSystemPage(
        title="Again", summary="Again.", country=croatia.country, locale=systems.locale
    )

    with pytest.raises(ValidationError, match="has a profile already"):
        systems.add_child(instance=rival)


def test_a_region_stands_below_its_country_and_is_listed_there(croatia: Any) -> None:
    region = VETSystemPageFactory(
        parent=croatia, country=croatia.country, region="Istria", title="VET in Istria", slug="is"
    )

    assert "VET in Istria Croatia: Istria" in text_of(CROATIA)
    assert "VET in Istria" in text_of(f"{CROATIA}is/")
    region.region = ""
    with pytest.raises(ValidationError, match="is about a region"):
        region.clean()
    region.region, region.country = "Istria", CountryFactory(code="BA")
    with pytest.raises(ValidationError, match="another country"):
        region.clean()


def translation_of(page: Any, words: dict[str, str]) -> Any:
    """Publishes the Italian translation of a page as wagtail-localize makes it."""
    source, _created = TranslationSource.update_or_create_from_instance(page)
    locale = Locale.objects.get(language_code="it")
    Translation.objects.get_or_create(source=source, target_locale=locale)
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": words.get(segment.string.data, segment.string.data)},
        )
    translated, _created = source.create_or_update_translation(locale, publish=False)
    translated.get_latest_revision().publish()
    return VETSystemPage.objects.get(pk=translated.pk)


@pytest.fixture
def italian(croatia: Any, systems: Any) -> Any:
    translate(systems, "it", title="Sistemi", slug="sistemi")
    return translation_of(
        croatia,
        {"Without adults.": "Senza adulti.", "Technician": "Tecnico", "system-hr": "croazia"},
    )


def test_notes_and_glosses_are_translated_and_facts_are_not(italian: Any) -> None:
    text = text_of("/it/sistemi/croazia/")

    assert "Studenti nell’IFP" in text
    assert "69,5% 2021 · Ministry" in text
    assert "Senza adulti." in text
    assert "Tehničar Tecnico" in text, "a programme keeps the name of its own country"


def test_a_corrected_number_is_read_in_all_languages_at_once(italian: Any, croatia: Any) -> None:
    row = croatia.vet_values.get()
    row.number, row.year = "70.2", 2022
    croatia.vet_values = [row]
    croatia.save_revision().publish()

    text = text_of("/it/sistemi/croazia/")

    assert "70,2% 2022" in text
    assert "69,5" not in text
    assert "Senza adulti." in text, "the words are still those of the translation"


def test_rows_that_were_added_or_removed_are_so_in_all_languages(
    italian: Any, croatia: Any
) -> None:
    indicator = VETIndicatorFactory(key="new", texts={"en": {"label": "New"}})
    croatia.vet_values = [value(indicator, "5", note="Just added.")]
    croatia.save_revision().publish()

    page = Client().get("/it/sistemi/croazia/").content.decode()

    assert '<small lang="en">Just added.</small>' in page
    assert "69,5" not in page
    assert "Senza adulti." not in page


def test_a_draft_shows_its_own_rows(croatia: Any, share: Any) -> None:
    croatia.vet_values = [value(share, "11")]
    draft = croatia.save_revision().as_object()

    assert [row.facts.number for row in draft.profile.values.values()] == [11]
    assert "69.5%" in text_of(CROATIA)


def test_a_copy_of_the_page_has_rows_of_its_own(croatia: Any, systems: Any) -> None:
    copy = croatia.copy(update_attrs={"slug": "copy"}, keep_live=False)

    assert copy.vet_values.get().number == croatia.vet_values.get().number
    assert copy.vet_values.get().translation_key != croatia.vet_values.get().translation_key


def test_editors_enter_values_and_programmes_in_one_form(
    admin_client: Client, croatia: Any
) -> None:
    response = admin_client.get(reverse("wagtailadmin_pages:edit", args=[croatia.pk]))

    assert response.status_code == 200
    form = response.content.decode()
    assert 'name="vet_values-0-number"' in form
    assert 'name="vet_programmes-0-eqf_level"' in form
