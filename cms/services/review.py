"""The one workflow: what a partner editor submits, the communication team approves."""

from typing import Final

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

REVIEW: Final = "Review by the communication team"


def ensure_review(reviewers: Group) -> Workflow:
    """Makes the workflow for the whole page tree, where ``reviewers`` approve; returns it.

    Another workflow on the root is replaced; one that somebody put on a branch stays there.
    """
    workflow, _created = Workflow.objects.get_or_create(name=REVIEW)
    task, _created = GroupApprovalTask.objects.get_or_create(name=REVIEW)
    task.groups.set([reviewers])
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    root = Page.get_first_root_node()
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    return workflow
