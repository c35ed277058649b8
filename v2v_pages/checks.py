"""What a site with these pages must have beyond the apps: their templates and catalogues.

Both are missing in an editable install, where they do not lie where the wheel puts them.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail.models import get_page_models

from v2v_snippets.publication.previews import PLACE, front_ends
from v2v_snippets.requirements import PluginConfig

from .models import BasePage


@checks.register("v2v")
def check_templates(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every page type finds its template."""
    models = [model for model in get_page_models() if issubclass(model, BasePage)]
    return [
        checks.Error(
            f"The template {model.template} of {model.__name__} is missing.",
            hint="In an editable install, add the checkout's templates folder to DIRS.",
            obj=model,
            id="v2v.E005",
        )
        for model in models
        if not _exists(model.template)
    ]


@checks.register("v2v")
def check_home_sections(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Every section that other apps add to home pages finds its template."""
    return [
        checks.Error(
            f"The template {name} is missing.",
            hint="V2V_HOME_EXTRA_TEMPLATES names templates of installed apps.",
            id="v2v.E029",
        )
        for name in getattr(settings, "V2V_HOME_EXTRA_TEMPLATES", ())
        if not _exists(name)
    ]


@checks.register("v2v")
def check_front_ends(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every front end that shows drafts has an address that takes the token."""
    return [
        checks.Error(
            f"The preview on {front_end.name} leads to {front_end.address}.",
            hint="Name an http(s) address with {token} in V2V_PREVIEW_FRONT_ENDS.",
            id="v2v.E028",
        )
        for front_end in front_ends()
        if PLACE not in front_end.address
        or urlsplit(front_end.address).scheme not in {"http", "https"}
    ]


@checks.register("v2v")
def check_catalogues(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every message catalogue is compiled."""
    return [
        checks.Warning(
            f"The translations in {folder} are not compiled, so readers see English.",
            hint="Run python requirements/build_catalogues.py in the checkout.",
            id="v2v.W001",
        )
        for folder in _catalogues()
        if not (folder / "django.mo").exists()
    ]


def _catalogues() -> Iterator[Path]:
    for config in apps.get_app_configs():
        if isinstance(config, PluginConfig):
            yield from Path(config.path).glob("locale/*/LC_MESSAGES")


def _exists(template: str) -> bool:
    try:
        get_template(template)
    except TemplateDoesNotExist:
        return False
    return True
