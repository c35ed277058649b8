"""Who signs in: somebody of either role."""

from django.contrib.auth.models import Group
from django.test import Client

from cms.models import User


def somebody_of(role: str, password: str | None = None) -> User:
    """Returns a new user of the group named ``role``; one without password cannot sign in."""
    user = User.objects.create_user(
        username=role.replace(" ", "-").lower(),
        email=f"{role.split(maxsplit=1)[0].lower()}@v2v.example",
        password=password,
    )
    user.groups.add(Group.objects.get(name=role))
    return user


def signed_in(role: str) -> Client:
    """Returns a browser in which somebody of this role is signed in."""
    client = Client()
    client.force_login(somebody_of(role))
    return client
