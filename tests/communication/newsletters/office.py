"""People of the office, each with rights of their own, and where they go in the admin."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from cms.models import User

APP = "communication_newsletters"
SUBSCRIBERS = f"{APP}_subscriber"
FILES = f"{APP}_files"


def someone(*rights: str) -> Client:
    """Returns the browser of somebody with these rights and no other."""
    name = f"somebody-{User.objects.count()}"
    user = User.objects.create_user(name, "x@school.example", "pw")
    group = Group.objects.create(name=user.username)
    wanted = Permission.objects.filter(content_type__app_label=APP, codename__in=rights)
    assert len(wanted) == len(rights)
    access = Permission.objects.get(codename="access_admin")
    group.permissions.set([*wanted, access])
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


def path(name: str, *args: Any) -> str:
    return reverse(name, args=args)
