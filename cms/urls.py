"""Three groups of addresses: what editors use, what machines read, what visitors read."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from v2v_snippets.publication.serving import FILES_PATTERN, serve
from v2v_snippets.publication.sitemaps import sitemap

from .headers import for_editors, for_machines, for_visitors
from .llms import llms_txt
from .views import choose_language, favicon, robots_txt, serve_document, serve_rendition

handler404 = "v2v_pages.views.page_not_found"
handler500 = "v2v_pages.views.server_error"

editors = decorate_urlpatterns(
    [
        path("admin/", include(wagtailadmin_urls)),
    ],
    for_editors,
)

machines = decorate_urlpatterns(
    [
        path("api/v1/", include("cms.api.urls")),
        path("id/", include("v2v_pages.urls")),
        path("calendars/", include("v2v_pages.calendars.urls")),
        path("sharing/", include("v2v_pages.sharing.urls")),
        path("feeds/", include("communication.syndication.urls")),
        path("", include("communication.syndication.embeds.urls")),
        # by the name that Wagtail's own view has, so that documents know their address
        re_path(
            r"^documents/(?P<document_id>[0-9]{1,18})/(?P<filename>[^/]*)$",
            serve_document,
            name="wagtaildocs_serve",
        ),
        path("media/images/<path:path>", serve_rendition, name="rendition"),
        path("sitemap.xml", sitemap, name="sitemap"),
        path("robots.txt", robots_txt, name="robots"),
        path("llms.txt", llms_txt, name="llms"),
        path("favicon.ico", favicon, name="favicon"),
    ],
    for_machines,
)

public = decorate_urlpatterns(
    [
        path("", choose_language),
        *i18n_patterns(
            path("subscriptions/", include("communication.newsletters.urls")),
            # where those sign in, or give a password, who may read what is for some alone
            path("", include(wagtail_urls.urlpatterns[:-1])),
            re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
            re_path(FILES_PATTERN, serve),
            path("", include(wagtail_urls)),
        ),
    ],
    for_visitors,
)

urlpatterns = [*editors, *machines, *public]
