"""Who may see and do what with people who gave us their addresses."""

from collections.abc import Collection
from typing import Any, Final

from django.contrib.auth.models import Permission
from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

APP: Final = "communication_newsletters"


class LimitedPermissionPolicy(ModelPermissionPolicy):
    """Allows some actions to those who have the right, and no other to anybody.

    Administrators have every right there is, but nobody edits a subscriber or a proof.
    """

    def __init__(self, model: type[Model], actions: Collection[str]) -> None:
        super().__init__(model)
        self.actions = frozenset(actions)

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Tells whether ``user`` may do this."""
        return action in self.actions and bool(super().user_has_permission(user, action))


def user_can_see_subscribers(user: Any) -> bool:
    """Tells whether ``user`` may see who reads, with masked addresses."""
    return bool(user.has_perm(f"{APP}.view_subscriber"))


def user_can_see_addresses(user: Any) -> bool:
    """Tells whether ``user`` may see whole addresses, and look for one."""
    return bool(user.has_perm(f"{APP}.see_addresses"))


def user_can_export_subscribers(user: Any) -> bool:
    """Tells whether ``user`` may take all addresses away as a file."""
    return bool(user.has_perm(f"{APP}.export_subscriber"))


def user_can_import_subscribers(user: Any) -> bool:
    """Tells whether ``user`` may bring subscribers in from a file."""
    return bool(user.has_perm(f"{APP}.import_subscriber"))


def user_can_erase_subscribers(user: Any) -> bool:
    """Tells whether ``user`` may erase somebody who asked for it."""
    return bool(user.has_perm(f"{APP}.erase_subscriber"))


def user_can_send(user: Any) -> bool:
    """Tells whether ``user`` may send issues, and pause, resume or cancel what is on its way."""
    return bool(user.has_perm(f"{APP}.send_dispatch"))


def user_can_see_dispatches(user: Any) -> bool:
    """Tells whether ``user`` may see what was sent, in figures; names are another right."""
    return user_can_send(user) or bool(user.has_perm(f"{APP}.view_dispatch"))


class DispatchPermissionPolicy(LimitedPermissionPolicy):
    """Lets those who send see what they have sent."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Tells whether ``user`` may do this."""
        may_see = action == "view" and user_can_see_dispatches(user)
        return may_see or super().user_has_permission(user, action)


def grantable_permissions() -> "QuerySet[Permission]":
    """Returns the rights that administrators can give to groups beside those of the lists."""
    own = Q(content_type__app_label=APP)
    return Permission.objects.filter(own, content_type__model="subscriber")
