"""Addresses for readers; a project includes them below ``subscriptions/``, in each language."""

from django.urls import path

from .views.confirming import confirm_subscription
from .views.preferences import download_data, erase_data, send_link, show_preferences
from .views.subscribing import show_sent, subscribe
from .views.unsubscribing import end_subscription

app_name = "communication_newsletters"

urlpatterns = [
    path("", subscribe, name="subscribe"),
    path("sent/", show_sent, name="sent"),
    path("confirm/<str:token>/", confirm_subscription, name="confirm"),
    path("preferences/<str:token>/", show_preferences, name="preferences"),
    path("preferences/<str:token>/data.json", download_data, name="data"),
    path("preferences/<str:token>/erase/", erase_data, name="erase"),
    path("preferences/<str:token>/link/", send_link, name="link"),
    path("unsubscribe/<str:token>/", end_subscription, name="unsubscribe"),
]
