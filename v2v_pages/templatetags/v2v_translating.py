"""What the translation editor is told."""

import json
from typing import Any

from django import template
from django.contrib.auth.models import AbstractBaseUser
from wagtail.models import Page
from wagtail_localize.models import Translation

from ..selectors import Steps, next_steps

register = template.Library()


@register.filter
def without_alias(props: str) -> str:
    """Returns the settings of wagtail-localize's editor without the offer to make an alias."""
    settings: dict[str, Any] = json.loads(props)
    settings["links"]["convertToAliasUrl"] = None
    return json.dumps(settings)


@register.simple_tag
def translation_progress(translation: Translation, page: Page, user: AbstractBaseUser) -> Steps:
    """Returns how far a translation is, and what this user may do with it."""
    return next_steps(translation, page=page, user=user)
