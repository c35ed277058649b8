"""The one workflow: what a partner editor submits, the communication team approves."""

from typing import Final

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from v2v_snippets.models import GlossaryConcept

REVIEW: Final = "Review by the communication team"


def ensure_review(reviewers: Group) -> Workflow:
    """Makes the workflow for all pages and concepts, where ``reviewers`` approve; returns it.

    Another workflow on the root or on concepts is replaced; one that somebody put on a branch of
    the tree stays there.
    """
    workflow, _created = Workflow.objects.get_or_create(name=REVIEW)
    task, _created = GroupApprovalTask.objects.get_or_create(name=REVIEW)
    task.groups.set([reviewers])
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    root = Page.get_first_root_node()
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    concepts = ContentType.objects.get_for_model(GlossaryConcept)
    WorkflowContentType.objects.update_or_create(
        content_type=concepts, defaults={"workflow": workflow}
    )
    return workflow
