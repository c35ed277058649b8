"""Both APIs of Wagtail before its pages."""

from django.urls import path
from stock.urls import urlpatterns as urls_of_the_project
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.api.v3.urls import api
from wagtail.images.api.v2.views import ImagesAPIViewSet

router = WagtailAPIRouter("wagtailapi")
router.register_endpoint("pages", PagesAPIViewSet)
router.register_endpoint("images", ImagesAPIViewSet)

urlpatterns = [path("api/v2/", router.urls), path("api/v3/", api.urls), *urls_of_the_project]
