"""Subscribing to newsletters from other sites: ``/subscriptions/``."""

from http import HTTPStatus
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from ninja import Body, Query, Router
from pydantic import Field

from communication.newsletters.enums import ConsentSource
from communication.newsletters.selectors import consent_text, open_lists
from communication.newsletters.services.signing_up import (
    Request,
    TooManySignUpsError,
    agreed_text,
    sign_up,
)
from communication.newsletters.subscribers.addresses import normalised
from communication.newsletters.subscribers.networks import network_of
from communication.newsletters.subscribers.stamps import StaleStampError, make_stamp, read_stamp
from v2v_snippets.language.locales import content_languages, default_language

from ..caching import ALWAYS_ASK, json_answer
from ..errors import BadBodyError, mistake, problem
from ..openapi import answers, answers_to_post
from ..schemas.parameters import FieldsParameters, Language
from ..schemas.selection import selected_fields
from ..schemas.subscriptions import (
    SubscriptionAnswerSchema,
    SubscriptionFormSchema,
    SubscriptionRequestSchema,
)

router = Router(tags=["subscriptions"])

A_DAY: Final = 24 * 60 * 60
TAKEN: Final = (
    "If the address can receive our letters, one is on its way. Nothing is sent before the link in "
    "it was confirmed."
)


class FormParameters(FieldsParameters):
    """What may be asked of the form."""

    items: ClassVar = (SubscriptionFormSchema,)

    locale: Language = Field(
        default_factory=default_language,
        description="The language of the form; without it, the site's own.",
    )


@router.get(
    "/",
    response=answers(SubscriptionFormSchema),
    operation_id="subscriptions_item",
    summary="What a form to subscribe shows",
    url_name="subscriptions",
)
def read_form(request: HttpRequest, parameters: Query[FormParameters]) -> HttpResponse:
    """Lists, languages, the words to agree to, and the stamp that a form sends along."""
    language = parameters.locale
    text = consent_text(language)
    with override(language):
        url = request.build_absolute_uri(reverse("communication_newsletters:subscribe"))
    form = {
        "lists": [_written(each, language) for each in open_lists()],
        "languages": content_languages(),
        "consent": {"text": text.text, "language": text.locale, "version": text.version},
        "stamp": make_stamp(text.version, text.locale, text.hash),
        "url": url,
    }
    fields = selected_fields(SubscriptionFormSchema, parameters.fields)
    return json_answer(
        {name: form[name] for name in fields},
        languages=[language],
        keys=["subscriptions"],
        cache_control=ALWAYS_ASK,  # whoever is told that a stamp is too old must get another one
    )


@router.post(
    "/",
    response=answers_to_post(SubscriptionAnswerSchema),
    operation_id="subscriptions_create",
    summary="Subscribe an address",
)
def subscribe(request: HttpRequest, form: Body[SubscriptionRequestSchema]) -> HttpResponse:
    """Sends the address a letter with a link, by which its owner confirms.

    The answer is the same whether or not the address is known. An address gets one letter a day
    and three a month at most.
    """
    now = timezone.now()
    try:
        text = agreed_text(wording=read_stamp(form.stamp))
        wanted = _wanted(form, text)
        if not form.website:
            sign_up(request=wanted, network=network_of(request, now.date()), now=now)
    except StaleStampError:
        return problem(409, "The stamp is too old or not ours. Read the form again, and send it.")
    except TooManySignUpsError:
        response = problem(429, "Many forms came from this network today. Try again tomorrow.")
        response["Retry-After"] = str(A_DAY)
        return response
    return json_answer({"detail": TAKEN}, languages=["en"], keys=[], status=HTTPStatus.ACCEPTED)


def _wanted(form: SubscriptionRequestSchema, text: Any) -> Request:
    offered = {each.slug: each for each in open_lists()}
    errors = [
        mistake("lists", f"There is no list {slug!r} to subscribe to.", sorted(offered))
        for slug in form.lists
        if slug not in offered
    ]
    address = ""
    try:
        address = normalised(form.email)
    except ValidationError:
        errors.append(mistake("email", "This is no mail address."))
    if errors:
        raise BadBodyError(errors)
    lists = [offered[slug] for slug in dict.fromkeys(form.lists)]
    return Request(address, form.language, lists, text, ConsentSource.API)


def _written(mailing_list: Any, language: str) -> dict[str, Any]:
    text = mailing_list.text_in(language)
    return {
        "slug": mailing_list.slug,
        "name": text.name if text else mailing_list.slug,
        "description": text.description if text else "",
        "language": text.language if text else language,
    }
