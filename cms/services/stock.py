"""What Wagtail's own migrations leave on a new site, and nobody of ours needs."""

from typing import Final

from django.contrib.auth.models import Group
from wagtail.models import Page, Task, TaskState, Workflow, WorkflowState

STOCK_GROUPS: Final = ("Editors", "Moderators")
STOCK_WORKFLOW: Final = "Moderators approval"


def clear_stock_roles() -> None:
    """Removes Wagtail's stock groups and workflow, as far as nobody uses them."""
    for group in Group.objects.filter(name__in=STOCK_GROUPS, user__isnull=True):
        group.delete()
    if not Group.objects.filter(name__in=STOCK_GROUPS).exists():
        clear_stock_workflow()


def clear_stock_workflow() -> None:
    """Removes Wagtail's stock workflow; one with a history is only switched off."""
    in_use = WorkflowState.objects.filter(workflow__name=STOCK_WORKFLOW).exists()
    if in_use or TaskState.objects.filter(task__name=STOCK_WORKFLOW).exists():
        Workflow.objects.filter(name=STOCK_WORKFLOW).update(active=False)
        Task.objects.filter(name=STOCK_WORKFLOW).update(active=False)
        return
    Workflow.objects.filter(name=STOCK_WORKFLOW).delete()
    Task.objects.filter(name=STOCK_WORKFLOW).delete()


def remove_welcome_page() -> None:
    """Removes Wagtail's welcome page, unless somebody has built on it."""
    for page in Page.objects.filter(depth=2, slug="home", numchild=0):
        if page.specific_class is Page and not page.sites_rooted_here.exists():
            page.delete()
