from django.apps import AppConfig


class YourMediaConfig(AppConfig):
    name = "your_media"
    default_auto_field = "django.db.models.AutoField"
