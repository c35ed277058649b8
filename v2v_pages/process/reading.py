"""Reads a process with all its modules, each kind of thing once, however many steps there are."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.http import HttpRequest
from django.utils.safestring import SafeString
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from v2v_snippets.language.reading import text_in
from v2v_snippets.links import documents_by_key, load_links, page_versions_by_key
from v2v_snippets.models import Country
from v2v_snippets.publication.languages import best_version, in_language
from v2v_snippets.publication.urls import url_in
from v2v_snippets.remembering import remembering

from ..blocks.consent import list_item_value
from .deadlines import Deadline
from .kinds import DeadlineSide, DeadlineUnit, Direction, MobilityRole
from .steps import CountryTip, Module, Phase, Step, StepLink

if TYPE_CHECKING:
    from ..models.process import MobilityProcessPage
    from ..models.process_modules import MobilityModulePage

Raw = dict[str, Any]


def read_process(
    page: "MobilityProcessPage", request: HttpRequest | None, reader: str
) -> tuple[Phase, ...]:
    """Returns the phases of a process with its public modules, each in the reader's best language.

    Args:
        page: The process.
        request: For which addresses are made.
        reader: The language of the reader.
    """
    stored = [block["value"] or {} for block in page.phases.raw_data]
    chosen = [items(value, "modules") for value in stored]
    modules = modules_by_key({key for keys in chosen for key in keys if key}, reader)
    with remembering():
        writer = _Writer(modules.values(), request, reader)
        return tuple(
            Phase(
                value.get("title") or "",
                value.get("text") or "",
                tuple(writer.module(modules[key]) for key in keys if key in modules),
            )
            for value, keys in zip(stored, chosen, strict=True)
        )


def read_module(
    page: "MobilityModulePage", request: HttpRequest | None, reader: str
) -> tuple[Phase, ...]:
    """Returns a module as the only one of a process, whether or not it is public."""
    with remembering():
        return (Phase("", "", (_Writer([page], request, reader).module(page),)),)


def modules_by_key(keys: Collection[int], reader: str) -> dict[int, "MobilityModulePage"]:
    """Returns the public modules behind these primary keys, in the reader's best language.

    Two queries; any version of a module may have been chosen.
    """
    if not keys:
        return {}
    model = apps.get_model("v2v_pages", "MobilityModulePage")
    rows = Page.objects.filter(pk__in=keys).values_list("pk", "translation_key")
    translation_keys = dict(rows)
    wanted = model.objects.filter(translation_key__in=set(translation_keys.values()))
    found = in_language(wanted, reader).select_related("locale")
    best = {module.translation_key: module for module in found}
    return {pk: best[key] for pk, key in translation_keys.items() if key in best}


def items(value: Raw, name: str) -> list[Any]:
    """Returns the values of a stored list."""
    return [list_item_value(item) for item in value.get(name) or ()]


@dataclass
class _Targets:
    """What the steps of all modules point to."""

    pages: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    countries: set[int] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)

    def add(self, value: Raw) -> None:
        """Adds those of one step."""
        self.texts.append(value.get("text") or "")
        for link in items(value, "documents"):
            if link.get("page"):
                self.pages.add(str(link["page"]))
            if link.get("document"):
                self.documents.add(str(link["document"]))
        self.countries.update(tip["country"] for tip in items(value, "tips") if tip.get("country"))


class _Writer:
    """Numbers the steps of one process."""

    def __init__(
        self, modules: Iterable["MobilityModulePage"], request: HttpRequest | None, reader: str
    ) -> None:
        self.request = request
        self.reader = reader
        self.numbers = count(1)
        targets = _Targets()
        for value in _values(modules):
            targets.add(value)
        load_links(targets.texts)
        self.pages = page_versions_by_key(targets.pages)
        self.documents = documents_by_key(targets.documents)
        countries = Country.objects.filter(pk__in=targets.countries).prefetch_related("texts")
        self.countries = {country.pk: country for country in countries}

    def module(self, page: "MobilityModulePage") -> Module:
        """Returns a module with the next numbers."""
        url = url_in(page, self.reader, self.request)
        with text_in(page.language):
            steps = tuple(
                self.step(str(block.get("id") or ""), block["value"] or {}, page.language)
                for block in page.steps.raw_data
            )
        return Module(page.title, page.summary, url, page.language, steps)

    def step(self, key: str, value: Raw, language: str) -> Step:
        """Returns a step with the next number."""
        return Step(
            key=key,
            number=next(self.numbers),
            title=value.get("title") or "",
            html=SafeString(expand_db_html(value.get("text") or "")),
            roles=roles_of(value),
            direction=direction_of(value),
            deadline=deadline_of(value),
            inputs=tuple(filter(None, items(value, "inputs"))),
            checklist=tuple(filter(None, items(value, "checklist"))),
            links=tuple(filter(None, map(self.link, items(value, "documents")))),
            tips=tuple(self._tips(items(value, "tips"))),
            language=language,
        )

    def link(self, value: Raw) -> StepLink | None:
        """Returns where a link leads; None where to nothing public."""
        title = value.get("title") or ""
        if value.get("page"):
            best = best_version(self.pages.get(str(value["page"]), ()), self.reader)
            url = url_in(best, self.reader, self.request) if best else ""
            if best is None or not url:
                return None
            return StepLink(title or best.title, url, "" if title else best.locale.language_code)
        if value.get("document"):
            document = self.documents.get(str(value["document"]))
            if document is None:
                return None
            details = document.file_extension.upper()
            return StepLink(title or document.title, document.url, details=details)
        return StepLink(title, value["url"]) if value.get("url") else None

    def _tips(self, values: Sequence[Raw]) -> Iterator[CountryTip]:
        for value in values:
            country = self.countries.get(value.get("country"))
            if country and value.get("text"):
                yield CountryTip(country, value["text"])


def roles_of(value: Raw) -> tuple[MobilityRole, ...]:
    """Returns who has to do a step; what is no role any more is left out."""
    return tuple(
        MobilityRole(role) for role in value.get("roles") or () if role in MobilityRole.values
    )


def direction_of(value: Raw) -> Direction | None:
    """Returns the only direction of a step; None for both."""
    direction = value.get("direction")
    return Direction(direction) if direction in Direction.values else None


def deadline_of(value: Raw) -> Deadline | None:
    """Returns until when a step is to be done; None where it has no deadline."""
    if value.get("amount") is None:
        return None
    return Deadline(
        int(value["amount"]),
        DeadlineUnit(value.get("unit") or DeadlineUnit.WEEKS),
        DeadlineSide(value.get("side") or DeadlineSide.BEFORE),
    )


def _values(modules: Iterable["MobilityModulePage"]) -> Iterator[Raw]:
    for module in modules:
        for block in module.steps.raw_data:
            yield block["value"] or {}
