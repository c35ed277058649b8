"""The sign-ins of a new embedded site: made up on its first run, told until they are changed."""

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.models import Group

from .roles import COMMUNICATION_TEAM, PARTNER_EDITOR

ACCOUNTS: Final = {"communication": COMMUNICATION_TEAM, "partner": PARTNER_EDITOR}
"""One account for each side of the review: who approves and publishes, and who submits."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """What somebody needs who signs in for the first time."""

    username: str
    password: str
    role: str


def keep_sign_ins(path: Path) -> list[SignIn]:
    """Returns the sign-ins that still work, and keeps them, alone, in a file for the owner's eyes.

    A site without users gets an account of each role, with a fresh password. As soon as a password
    is changed, or its account closed, there is nothing left to tell: the file forgets it.
    """
    if path.exists():
        known = [SignIn(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))]
        working = [sign_in for sign_in in known if works(sign_in)]
    else:
        known = []
        has_users = get_user_model().objects.exists()
        working = [] if has_users else [create(*account) for account in ACCOUNTS.items()]
    if working != known:
        write(path, working)
    return working


def works(sign_in: SignIn) -> bool:
    """Tells whether somebody can sign in with this."""
    return authenticate(username=sign_in.username, password=sign_in.password) is not None


def create(username: str, role: str) -> SignIn:
    """Opens an account with a password that nobody has seen yet."""
    password = secrets.token_urlsafe(12)
    user = get_user_model().objects.create_user(username=username, password=password)
    user.groups.add(Group.objects.get(name=role))
    return SignIn(username, password, role)


def write(path: Path, sign_ins: list[SignIn]) -> None:
    """Keeps the sign-ins in a file that its owner alone can read; without any, there is none."""
    path.unlink(missing_ok=True)
    if sign_ins:
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(json.dumps([asdict(sign_in) for sign_in in sign_ins]), encoding="utf-8")
