"""What panels and previews of an issue show in the admin."""

from typing import Any

from django import template
from django.http import HttpRequest

from v2v_snippets.publication.urls import root_url

from ..issues.coverage import LanguageCoverage, coverage_of
from ..rendering.issues import IssueLetter, render_issue
from ..services.checking import Finding, checklist, language_name
from ..services.picking import last_issue_before

register = template.Library()


@register.simple_tag
def issue_letter(issue: Any, language: str, request: HttpRequest) -> IssueLetter:
    """Returns the letter as it would be sent, with pictures from where the preview is."""
    return render_issue(issue, language, site_url=root_url(request).rstrip("/"))


@register.simple_tag
def issue_coverage(issue: Any) -> list[LanguageCoverage]:
    """Returns who gets an issue in which language."""
    return coverage_of(issue)


@register.simple_tag
def issue_checklist(issue: Any) -> list[tuple[Finding, str]]:
    """Returns what is wrong with an issue, with the names of languages."""
    return [(finding, language_name(finding)) for finding in checklist(issue)]


@register.simple_tag
def last_issue(issue: Any) -> Any:
    """Returns the issue that came out before; None if there was none."""
    return last_issue_before(issue)
