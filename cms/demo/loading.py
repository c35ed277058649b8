"""Loads the demo, whole or not at all."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from wagtail.models import Page

from cms.services.bootstrap import bootstrap_site
from v2v_pages.models import HomePage
from v2v_snippets.models import (
    Country,
    FundingStatement,
    GlossaryConcept,
    Partner,
    Team,
    Twinning,
    VETIndicator,
)
from v2v_snippets.publication.changes import recording_changes

from .concepts import load_concepts
from .events import event_names, load_events
from .identifiers import identifier
from .issues import issue_names, load_issues
from .newsletters import load_mailing_list
from .pages import (
    EXAMPLE,
    HOME,
    add_english_page,
    add_example,
    english_pages,
    link_from_settings,
    link_strands,
    write_home,
)
from .process import load_process, module_names
from .records import load_records
from .repository import load_repository
from .translations import IN_SERBIAN, LANGUAGES, SERBIAN, translate_page
from .vet_systems import load_indicators

Step = tuple[str, Callable[[], object]]
Progress = Callable[[str, int, int], None]
"""Is told what is done next, how many steps are done, and how many there are."""

REFUSAL: Final = (
    "This site has content of its own, and the demo is for an empty one: choose another database "
    "or, with make run, another folder, as in: make run V2V_DATA_DIR=$HOME/v2v-demo"
)


class SiteInUseError(Exception):
    """Keeps the demo from mixing with what somebody has entered."""


def load_demo(progress: Progress | None = None) -> bool:
    """Loads records and pages, unless anything of the demo is there.

    What editors changed or deleted in the demo stays as they left it.

    Returns:
        Whether the demo was loaded; False when it was there already.

    Raises:
        SiteInUseError: when there is other content; nothing is changed then.
    """
    if demo_is_loaded():
        return False
    with recording_changes():
        home = bootstrap_site().home
        if site_is_in_use(home):
            raise SiteInUseError(REFUSAL)
        todo = steps(home)
        for done, (label, step) in enumerate(todo):
            if progress is not None:
                progress(label, done, len(todo))
            step()
    return True


def demo_is_loaded() -> bool:
    """Tells whether any page of the demo is there, in one query."""
    keys = [identifier("page", name) for name in (*english_pages(), EXAMPLE)]
    return Page.objects.filter(translation_key__in=keys).exists()


def site_is_in_use(home: HomePage) -> bool:
    """Tells whether somebody has entered pages or records already."""
    records = (
        Country,
        FundingStatement,
        GlossaryConcept,
        Partner,
        Team,
        Twinning,
        VETIndicator,
    )
    return home.numchild > 0 or any(model.objects.exists() for model in records)


def steps(home: HomePage) -> list[Step]:
    """Returns what there is to do, in order: records, English pages, translations, the example."""
    names = english_pages()
    all_names = (*names, *event_names(), *module_names(), *issue_names())
    return [
        ("Partners and twinnings", load_records),
        ("Indicators of VET systems", load_indicators),
        ("Concepts of the glossary", load_concepts),
        (HOME, partial(write_home, home)),
        *((name, partial(add_english_page, name)) for name in names if name != HOME),
        ("strands", link_strands),
        ("Repository", load_repository),
        ("Events", load_events),
        ("Mobility process", load_process),
        ("Mailing list", load_mailing_list),
        ("Newsletters", load_issues),
        *(step for language in LANGUAGES for step in translating(all_names, language)),
        *translating(IN_SERBIAN, SERBIAN),
        (f"{EXAMPLE} (sq)", add_example),
        ("footer", link_from_settings),
    ]


def translating(names: Iterable[str], language: str) -> list[Step]:
    """Returns the steps that translate pages into one language."""
    return [(f"{name} ({language})", partial(translate_page, name, language)) for name in names]
