"""Languages of the site: ``/locales/``."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from v2v_snippets.language.fallback import fallback_chain
from v2v_snippets.language.locales import content_languages, default_language, own_name

from ..answers import site_of
from ..caching import json_answer
from ..openapi import answers
from ..representation.addresses import Addresses
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
    languages = [_language(code, addresses) for code in content_languages()]
    items = [{name: language[name] for name in fields} for language in languages]
    return json_answer({"items": items}, languages=content_languages(), keys=["locale-list"])


def _language(code: str, addresses: Addresses) -> dict[str, Any]:
    others = fallback_chain(code)[1:]
    return {
        "code": code,
        "name": own_name(code),
        "url": addresses.of_home(code),
        "is_default": code == default_language(),
        "fallbacks": [other for other in others if other in content_languages()],
    }
