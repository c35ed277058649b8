"""The menus of the site: ``/navigation/``."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from ninja import Query, Router

from v2v_pages.frame import Frame
from v2v_pages.sections import NavigationLink

from ..answers import asked_by, site_of
from ..caching import json_answer
from ..languages import Asked
from ..openapi import answers
from ..representation.addresses import Addresses
from ..representation.kinds import type_name
from ..schemas.parameters import Parameters
from ..schemas.project import NavigationSchema
from ..schemas.selection import selected_fields

router = Router(tags=["site"])


class NavigationParameters(Parameters):
    """What may be asked of the menus."""

    items: ClassVar = (NavigationSchema,)


@router.get(
    "/",
    response=answers(NavigationSchema),
    operation_id="navigation_item",
    summary="Menus of the site",
)
def get_navigation(request: HttpRequest, parameters: Query[NavigationParameters]) -> HttpResponse:
    """The sections in the menu and the pages in the footer, in the order of the site's own."""
    asked, addresses = asked_by(parameters), Addresses(site_of(request))
    with override(asked.language):
        frame = Frame(request)
        links = {"menu": frame.menu, "footer": frame.footer_links}
    navigation = {
        "locale": asked.language,
        "home": addresses.of_home(asked.language),
        **{name: _written(found, asked, addresses) for name, found in links.items()},
    }
    shown = [link.page for found in links.values() for link in found]
    return json_answer(
        {name: navigation[name] for name in selected_fields(NavigationSchema, parameters.fields)},
        languages=[asked.language],
        keys=["navigation", *(f"item-{page.translation_key}" for page in shown)],
    )


def _written(
    links: list[NavigationLink], asked: Asked, addresses: Addresses
) -> list[dict[str, Any]]:
    return [
        {
            "id": link.page.translation_key,
            "type": type_name(link.page.specific_class),
            "title": link.title,
            "url": addresses.of_page(link.page, asked.language),
            "language": link.language,
        }
        for link in links
        if asked.accepts_other or link.language == asked.language
    ]
