"""Who may do what with partner sites and their keys."""

from typing import Any


def user_can_view_keys(user: Any) -> bool:
    """Tells whether ``user`` may see which keys a site has, and how much they are used."""
    rights = ("view", "add", "change")
    return any(user.has_perm(f"communication_syndication.{right}_apikey") for right in rights)


def user_can_issue_keys(user: Any) -> bool:
    """Tells whether ``user`` may create keys and replace them."""
    return bool(user.has_perm("communication_syndication.add_apikey"))


def user_can_revoke_keys(user: Any) -> bool:
    """Tells whether ``user`` may end a key."""
    return bool(user.has_perm("communication_syndication.change_apikey"))
