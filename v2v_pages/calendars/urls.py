"""Addresses of the calendars; a project includes them below ``calendars/``."""

from django.urls import path, re_path

from .views import show_event, show_events, show_nothing

app_name = "v2v_calendars"

urlpatterns = [
    path("<slug:locale>/events/<uuid:key>.ics", show_event, name="event"),
    re_path(
        r"^(?P<locale>[a-z-]+)/(?P<filters>(?:(?:kind|partner|twinning)/[a-z0-9-]+/){0,3})events\.ics$",
        show_events,
        name="events",
    ),
    re_path("", show_nothing),
]
