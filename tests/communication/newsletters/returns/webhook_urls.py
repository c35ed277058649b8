"""The addresses of the project, with those of the provider's webhooks."""

from django.urls import include, path

from cms.urls import handler404, handler500
from cms.urls import urlpatterns as project

__all__ = ["handler404", "handler500", "urlpatterns"]

urlpatterns = [path("anymail/", include("anymail.urls")), *project]
