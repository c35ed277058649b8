"""Addresses of embeds; a project includes them at its root, since other sites write them down."""

from django.urls import path, re_path

from .views import (
    answer_oembed,
    serve_component,
    show_cards,
    show_item,
    show_list,
    show_nothing,
)

app_name = "communication_embeds"

LIST = r"^embed/(?P<locale>[a-z-]+)/(?P<listing_type>[-\w]+)"
PART = r"(?P<filter_name>[-\w]+)/(?P<value>[-\w]+)"

urlpatterns = [
    path("oembed/", answer_oembed, name="oembed"),
    path("embed.js", serve_component, name="component"),
    path("embed/<slug:locale>/item/<uuid:key>/", show_item, name="item"),
    path("embed/<slug:locale>/item/<uuid:key>/<path:route>", show_item, name="route"),
    re_path(rf"{LIST}(?:/{PART})?\.json$", show_cards, name="cards"),
    # "newest/3/" is no part of a list, and comes last
    re_path(rf"{LIST}/(?:{PART}/)??(?:newest/(?P<number>10|[3-9])/)?$", show_list, name="list"),
    re_path(r"^embed/", show_nothing),
]
