"""Makes indicators, profiles of VET systems and their rows."""

from decimal import Decimal
from typing import Any

import factory

from tests.factories import CountryFactory, MultilingualFactory, PageFactory
from v2v_pages.models import VETProgramme, VETSystemIndexPage, VETSystemPage, VETValue
from v2v_pages.models.vet_rows import FIELD_OF_KIND
from v2v_snippets.enums import IndicatorGroup, IndicatorKind
from v2v_snippets.models import VETIndicator


class VETIndicatorFactory(MultilingualFactory):
    """A percentage without words; ``texts={"en": {"label": "Share"}}`` adds some."""

    key = factory.Sequence(lambda n: f"indicator-{n}")
    group = IndicatorGroup.STRUCTURE
    kind = IndicatorKind.PERCENT

    class Meta:
        model = VETIndicator


class VETSystemIndexPageFactory(PageFactory):
    """The list of systems, in the menu."""

    title = "VET systems"
    slug = "vet-systems"
    show_in_menus = True

    class Meta:
        model = VETSystemIndexPage


class VETSystemPageFactory(PageFactory):
    """The profile of Italy; ``values=[value(…)]`` and ``programmes=[programme(…)]`` fill it."""

    title = factory.LazyAttribute(lambda page: f"VET in {page.country.code}")
    slug = factory.LazyAttribute(lambda page: f"system-{page.country.code.lower()}")
    country = factory.SubFactory(CountryFactory)

    class Meta:
        model = VETSystemPage

    @classmethod
    def _create_instance(cls, model_class: Any, parent: Any, kwargs: dict[str, Any]) -> Any:
        kwargs["vet_values"] = kwargs.pop("values", [])
        kwargs["vet_programmes"] = kwargs.pop("programmes", [])
        return super()._create_instance(model_class, parent, kwargs)


def value(indicator: VETIndicator, content: Any, **fields: Any) -> VETValue:
    """Returns an unsaved value; numbers are given in digits."""
    name = FIELD_OF_KIND[IndicatorKind(indicator.kind)]
    content = Decimal(content) if name == "number" else content
    return VETValue(
        **{"indicator": indicator, name: content, "year": 2021, "source": "Ministry", **fields}
    )


def programme(name: str = "Tehničar", **fields: Any) -> VETProgramme:
    """Returns an unsaved programme in Croatian."""
    usual = {"language": "hr", "eqf_level": 4, "age_from": 15, "age_to": 19}
    return VETProgramme(**{"name": name, "year": 2021, "source": "Ministry", **usual, **fields})


def share_of_learners() -> Any:
    """Returns the indicator that most tests use."""
    texts = {
        "en": {"label": "Learners in VET", "explanation": "Of all in upper secondary education."},
        "it": {"label": "Studenti nell’IFP"},
    }
    return VETIndicatorFactory(key="learners-in-vet", texts=texts)
