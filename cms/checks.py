"""The architecture as system checks: what every page type and block must have.

They run with every command, so that a page type without API fields never reaches an editor.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.utils.translation import to_locale
from wagtail.blocks import Block, RichTextBlock, StreamBlock
from wagtail.models import Page, get_page_models

import v2v_snippets
from v2v_snippets.language.locales import content_languages

OUR_APPS = frozenset({"v2v_pages", "communication_newsletters"})
LARGEST_BODY = 12


def own_page_models() -> list[type[Page]]:
    """Returns the page types of this product; those of a host site are its own business."""
    return [model for model in get_page_models() if model._meta.app_label in OUR_APPS]


@register("v2v")
def check_page_types(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every page type has API and search fields, tree rules and a description."""
    return [error for model in own_page_models() for error in _page_type_errors(model)]


@register("v2v")
def check_bodies(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every block has a description, a template and a preview; a body has at most twelve."""
    streams: dict[str, StreamBlock] = {}
    for model in own_page_models():
        for field in model._meta.get_fields():
            stream = getattr(field, "stream_block", None)
            if stream is not None:
                streams[f"{model.__name__}.{field.name}"] = stream
    return [error for name, stream in streams.items() for error in _stream_errors(name, stream)]


@register("v2v")
def check_catalogues(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every content language has our compiled catalogue: Django needs one."""
    folder = Path(v2v_snippets.__file__).parent / "locale"
    return [
        Error(
            f"The language {code} has no compiled catalogue: its pages would not be found.",
            hint="Run make, which compiles the catalogues; a new language needs its own first.",
            id="v2v.E010",
        )
        for code in content_languages()
        if code != "en" and not (folder / to_locale(code) / "LC_MESSAGES/django.mo").exists()
    ]


def _page_type_errors(model: type[Page]) -> Iterator[CheckMessage]:
    own = vars(model)
    if not getattr(model, "api_fields", None):
        yield Error(f"{model.__name__} has no api_fields.", obj=model, id="v2v.E001")
    if model.search_fields == Page.search_fields:
        yield Error(f"{model.__name__} adds no search_fields.", obj=model, id="v2v.E002")
    for rule in ("parent_page_types", "subpage_types"):
        if rule not in own:
            yield Error(f"{model.__name__} does not say its {rule}.", obj=model, id="v2v.E003")
    if not own.get("page_description"):
        yield Error(f"{model.__name__} has no page_description.", obj=model, id="v2v.E004")


def _stream_errors(name: str, stream: StreamBlock) -> Iterator[CheckMessage]:
    if len(stream.child_blocks) > LARGEST_BODY:
        yield Error(f"{name} offers more than {LARGEST_BODY} blocks.", id="v2v.E006")
    for block_name, block in stream.child_blocks.items():
        yield from _block_errors(f"{name}.{block_name}", block)


def _block_errors(name: str, block: Block) -> Iterator[CheckMessage]:
    meta = block.meta
    # running text is written as it is; in a template around it Django would spend its time
    needed = ("description",) if isinstance(block, RichTextBlock) else ("description", "template")
    for attribute in needed:
        if not getattr(meta, attribute, None):
            yield Error(f"The block {name} has no {attribute}.", id="v2v.E007")
    if not block.is_previewable:
        yield Error(f"The block {name} has no preview.", id="v2v.E008")
