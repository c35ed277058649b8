"""Addresses of the cards; a project includes them below ``sharing/``."""

from django.urls import path, re_path

from .views import show_card, show_nothing

app_name = "v2v_sharing"

urlpatterns = [
    path("<path:path>.png", show_card, name="card"),
    re_path("", show_nothing),
]
