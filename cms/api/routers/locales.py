"""Languages of the site: ``/locales/``."""

from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_info
from ninja import Query, Router
from wagtail.models import Page

from v2v_snippets.language.fallback import fallback_chain
from v2v_snippets.language.locales import (
    ENGLISH_NAMES,
    content_languages,
    default_language,
    own_name,
)
from v2v_snippets.publication.published import published_public
from v2v_snippets.publication.sites import below

from ..answers import site_of
from ..caching import json_answer
from ..openapi import answers
from ..representation.addresses import Addresses
from ..representation.kinds import content_types
from ..schemas.parameters import FieldsParameters
from ..schemas.records import LocaleListSchema, LocaleSchema
from ..schemas.selection import selected_fields

router = Router(tags=["locales"])


class LocaleListParameters(FieldsParameters):
    """What may be asked of the list of languages."""

    items: ClassVar = (LocaleSchema,)


@router.get(
    "/", response=answers(LocaleListSchema), operation_id="locales_list", summary="Languages"
)
def list_locales(request: HttpRequest, parameters: Query[LocaleListParameters]) -> HttpResponse:
    """All languages of the site, in its own order."""
    fields = selected_fields(LocaleSchema, parameters.fields)
    addresses = Addresses(site_of(request))
    counts = _item_counts(addresses) if "item_count" in fields else {}
    languages = [_language(code, addresses, counts) for code in content_languages()]
    items = [{name: language[name] for name in fields} for language in languages]
    return json_answer({"items": items}, languages=content_languages(), keys=["locale-list"])


def _item_counts(addresses: Addresses) -> dict[str, int]:
    """Returns how many public items have a text in each language: one query."""
    models = [model for models in content_types().values() for model in models]
    types = ContentType.objects.get_for_models(*models).values()
    pages = Page.objects.filter(below(addresses.roots), content_type__in=types)
    rows = published_public(pages).order_by().values_list("locale__language_code")
    return dict(rows.annotate(Count("pk")))


def _language(code: str, addresses: Addresses, counts: dict[str, int]) -> dict[str, Any]:
    others = fallback_chain(code)[1:]
    return {
        "code": code,
        "name": own_name(code),
        "english_name": ENGLISH_NAMES.get(code, code),
        "direction": _direction(code),
        "url": addresses.of_home(code),
        "is_default": code == default_language(),
        "fallbacks": [other for other in others if other in content_languages()],
        "item_count": counts.get(code, 0),
    }


def _direction(code: str) -> str:
    try:
        return "rtl" if get_language_info(code)["bidi"] else "ltr"
    except KeyError:
        # a language that Django does not know
        return "ltr"
