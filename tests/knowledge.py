"""Hides knowledge of every type, and publishes some that names it in every way it can.

All that is hidden carries a word, by which it is known wherever it is seen.
"""

from typing import Any

from django.contrib.auth import get_user_model
from wagtail.models import Locale, Page, PageViewRestriction

from tests.factories import CountryFactory
from tests.glossary import term_link
from tests.process import MobilityModulePageFactory, MobilityProcessPageFactory, fill, phase, step
from tests.repository import (
    MobilityTopicFactory,
    RepositoryArticlePageFactory,
    RepositoryIndexPageFactory,
)
from tests.sites import SiteTree, translate
from tests.vet_systems import (
    VETSystemIndexPageFactory,
    VETSystemPageFactory,
    programme,
    share_of_learners,
    value,
)
from v2v_pages.models import (
    MobilityModulePage,
    RepositoryArticlePage,
    RepositoryAttachment,
    RepositoryIndexPage,
    VETSystemIndexPage,
    VETSystemPage,
    VETValue,
)
from v2v_snippets.models import GlossaryConcept, NationalEquivalent, VETIndicator

COMPARED = ("HR", "NL", "SI")
"""The countries whose profiles everybody may read."""


def words(word: str, state: str) -> dict[str, Any]:
    """Returns the fields of a hidden page, each with the word; the slug says its state."""
    return {
        "title": f"The {word} of {state}",
        "slug": f"{word}-{state}",
        "summary": f"Summary of the {word} of {state}",
        "seo_title": f"Seo {word}",
        "search_description": f"Description {word}",
    }


def hide_knowledge(tree: SiteTree, word: str) -> list[Page]:
    """Adds articles, profiles and steps that nobody may read, below lists that are public."""
    repository = RepositoryIndexPageFactory(parent=tree.home)
    systems = VETSystemIndexPageFactory(parent=tree.home)
    body = [("paragraph", f"<p>Text of the {word}</p>")]
    return [
        RepositoryArticlePageFactory(
            parent=repository, draft=True, body=body, **words(word, "advice")
        ),
        RepositoryArticlePageFactory(
            parent=repository, restriction="login", body=body, **words(word, "closed-advice")
        ),
        VETSystemPageFactory(
            parent=systems, draft=True, **rows(word), **words(word, "system"), body=body
        ),
        VETSystemPageFactory(
            parent=systems,
            country=CountryFactory(kosovo=True),
            expired=True,
            **rows(word),
            **words(word, "ended-system"),
        ),
        *hide_process(tree, word),
    ]


def rows(word: str) -> dict[str, list[Any]]:
    """Returns a value and a programme, which say the word in all their texts."""
    indicator = VETIndicator.objects.first() or share_of_learners()
    said = {"source": f"Source {word}", "source_url": f"https://{word}.example/"}
    text = {"gloss": word, "leads_to": word, "admission_note": word}
    return {
        "values": [value(indicator, "12", note=f"Note {word}", **said)],
        "programmes": [programme(f"Programme {word}", **text, **said)],
    }


def hide_process(tree: SiteTree, word: str) -> list[Page]:
    """Adds a hidden process, and hidden modules of a public one."""
    process = MobilityProcessPageFactory(parent=tree.home, title="Public process")
    secret = [step(f"Step {word}", text=f"<p>{word}</p>", checklist=[f"Box {word}"])]
    states: dict[str, dict[str, Any]] = {
        "module": {"draft": True},
        "closed-module": {"restriction": "login"},
        "ended-module": {"expired": True},
    }
    hidden = [
        MobilityModulePageFactory(parent=process, steps=secret, **state, **words(word, name))
        for name, state in states.items()
    ]
    shown = MobilityModulePageFactory(parent=process, steps=[step()], title="Public module")
    fill(process, phase(*hidden, shown))
    draft = MobilityProcessPageFactory(
        parent=tree.home, draft=True, phases=[phase(shown)], **words(word, "process")
    )
    return [*hidden, draft]


def name_in_knowledge(word: str, body: list[Any], document: Any) -> list[Page]:
    """Publishes knowledge that names what ``hide_knowledge()`` has hidden.

    ``body`` links to pages that are hidden, ``document`` is one that nobody may have. Returns the
    regions and versions of it that are hidden themselves.
    """
    page = RepositoryArticlePage.objects.filter(slug__contains=word)[0]
    terms = " ".join(map(term_link, GlossaryConcept.objects.all()))
    module = MobilityModulePage.objects.get(title="Public module")
    named = [{"page": page}, {"document": document}]
    module.steps = [step("Agree", documents=named, text=f"<p>{terms}</p>")]
    module.save_revision().publish()
    articles = publish_articles(word, body, document)
    return [*articles, *publish_systems(word, body)]


def publish_articles(word: str, body: list[Any], document: Any) -> list[Page]:
    """Publishes two articles that a reader can filter; returns a translation that is hidden."""
    index = RepositoryIndexPage.objects.get(locale=Locale.get_default())
    reviewer = get_user_model().objects.create_user(
        f"{word}-reviewer", f"{word}@school.example", first_name=word, last_name=word
    )
    article = RepositoryArticlePageFactory(
        parent=index,
        title="Public advice",
        body=body,
        due=True,
        for_learners=True,
        sending_countries=[CountryFactory(code="IT")],
        host_countries=[CountryFactory(code="HR")],
        attachments=[RepositoryAttachment(document=document)],
        responsible=reviewer,
        owner=reviewer,
    )
    topics = [MobilityTopicFactory(slug="insurance")]
    RepositoryArticlePageFactory(parent=index, title="Public advice for all", topics=topics)
    translate(index, "it", slug="repertorio")
    draft = draft_translation(article, word)
    write_into(article, word)
    return [draft]


def publish_systems(word: str, body: list[Any]) -> list[Page]:
    """Publishes three profiles that can be compared; returns their hidden regions and versions.

    The third is public in Italian alone: its original is closed.
    """
    index = VETSystemIndexPage.objects.get(locale=Locale.get_default())
    indicator = VETIndicator.objects.get()
    equivalents = NationalEquivalent.objects.order_by("pk")
    translate(index, "it", slug="sistemi")
    pages = [
        VETSystemPageFactory(
            parent=index,
            country=CountryFactory(code=code),
            body=body,
            values=[value(indicator, "69.5", note="Without adults.")],
            programmes=[
                programme(f"Public programme {number}", equivalent=equivalent)
                for number, equivalent in enumerate(equivalents, start=1)
            ],
        )
        for code in COMPARED
    ]
    regions = [
        VETSystemPageFactory(
            parent=pages[0],
            country=pages[0].country,
            region=f"Region {word}",
            **state,
            **rows(word),
            **words(word, name),
        )
        for name, state in (("region", {"draft": True}), ("our-region", {"restriction": "login"}))
    ]
    draft = draft_translation(pages[1], word)
    VETValue.objects.filter(page=draft.pk).update(note=f"Note {word}")
    write_into(pages[0], word, **rows(word))
    translate(pages[2], "it", title="Sistema sloveno", slug="sloveno")
    write_into(pages[2], word, **rows(word)).publish()
    PageViewRestriction.objects.create(page=pages[2], restriction_type="login")
    return [*regions, draft, VETSystemPage.objects.get(pk=pages[2].pk)]


def write_into(page: Any, word: str, **rows_of_system: list[Any]) -> Any:
    """Writes the word into all fields and rows of a page; returns the revision, as a draft."""
    for field, text in words(word, f"change-{page.pk}").items():
        setattr(page, field, text)
    page.body = [("paragraph", f"<p>Unpublished {word}</p>")]
    for name, changed in rows_of_system.items():
        setattr(page, f"vet_{name}", changed)
    return page.save_revision()


def draft_translation(page: Any, word: str) -> Any:
    """Adds an Italian translation that nobody has published."""
    draft = page.copy_for_translation(Locale.objects.get(language_code="it"))
    write_into(draft, word)
    draft.save()
    return draft
