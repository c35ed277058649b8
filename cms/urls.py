"""Three groups of addresses: what editors use, what machines read, what visitors read."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from v2v_snippets.publication.serving import serve

editors = [
    path("admin/", include(wagtailadmin_urls)),
]

machines = [
    path("documents/", include(wagtaildocs_urls)),
]

public = i18n_patterns(
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
)

urlpatterns = [*editors, *machines, *public]
