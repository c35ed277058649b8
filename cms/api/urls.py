"""Mount this below the version: ``path("api/v1/", include("v2v_api.urls"))``."""

from django.urls import path

from .api import build_api

urlpatterns = [path("", build_api().urls)]
