"""Who may do what with partner sites, their keys and their webhooks."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


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


def user_can_view_webhooks(user: Any) -> bool:
    """Tells whether ``user`` may see where webhooks go, and what became of each."""
    rights = ("view", "add", "change")
    return any(
        user.has_perm(f"communication_syndication.{right}_webhookendpoint") for right in rights
    )


def user_can_run_webhooks(user: Any) -> bool:
    """Tells whether ``user`` may switch webhooks on and off, try them and send again."""
    return bool(user.has_perm("communication_syndication.change_webhookendpoint"))


def user_can_view_deliveries(user: Any) -> bool:
    """Tells whether ``user`` may see what was sent."""
    may_view = user.has_perm("communication_syndication.view_webhookdelivery")
    return bool(may_view or user_can_view_webhooks(user))


class DeliveryPolicy(ModelPermissionPolicy):
    """Shows deliveries to whoever sees their webhooks, too."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Tells whether ``user`` may do this to what was sent."""
        if action == "view":
            return user_can_view_deliveries(user)
        return bool(super().user_has_permission(user, action))
