"""A site of which much is not public, each part with a word that must not be seen in the API."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.core.signing import dumps
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction, Page

from tests import knowledge
from tests.events import EventPageFactory, add_events
from tests.factories import (
    DocumentFactory,
    FundingStatementFactory,
    ImageFactory,
    NewsPageFactory,
    PersonConsentFactory,
    ProjectSettingsFactory,
    StandardPageFactory,
    TwinningFactory,
    TwinningStoryPageFactory,
)
from tests.glossary import hide_concepts
from tests.sites import SiteTree, translate
from v2v_pages.models import (
    EventPage,
    HomePage,
    MobilityProcessPage,
    NewsPage,
    RepositoryArticlePage,
    TwinningStoryPage,
    VETSystemPage,
)
from v2v_snippets.models import FooterLink, FundingStatementText, GlossaryConcept
from v2v_snippets.publication.previews import SALT

from .conftest import block
from .test_frame import LISTS, SINGLES

CANARY = "canary"
LANGUAGES = ("en", "it", "fi", "sq")
SHELVES = {
    NewsPage: "news",
    TwinningStoryPage: "stories",
    EventPage: "events",
    RepositoryArticlePage: "repository",
    MobilityProcessPage: "process",
    VETSystemPage: "vet-systems",
}
"""Where pages have addresses of their own; all have one in ``content/``, if any."""

COMPARED = "&".join(f"country={code}" for code in knowledge.COMPARED)


def words(state: str) -> dict[str, Any]:
    """Returns the fields of a hidden page, all with the word that must not be seen."""
    return knowledge.words(CANARY, state)


def article(parent: Page, state: str, **fields: Any) -> Page:
    """Makes a hidden article with text, tag and image of its own."""
    page: Page = NewsPageFactory(
        parent=parent,
        **words(state),
        body=[block("paragraph", f"<p>Text of {CANARY}</p>")],
        tags=[f"{CANARY} {state}"],
        listing_image=ImageFactory(
            description=f"{CANARY} image", file__filename=f"{CANARY}.jpg", file__width=16
        ),
        canonical_address=f"https://{CANARY}.example/",
        **fields,
    )
    return page


def hide_pages(tree: SiteTree) -> dict[str, Page]:
    """Makes a page in each state that is not public."""
    draft_parent = StandardPageFactory(parent=tree.home, **words("draft-parent"))
    expired_parent = StandardPageFactory(parent=tree.home, expired=True, **words("expired-parent"))
    closed_parent = StandardPageFactory(
        parent=tree.home, restriction="login", **words("closed-parent")
    )
    events = add_events(tree)
    hidden = {
        "below a draft": StandardPageFactory(parent=draft_parent, **words("below-draft")),
        "below an expired page": StandardPageFactory(
            parent=expired_parent, **words("below-expired")
        ),
        "below a closed page": StandardPageFactory(parent=closed_parent, **words("below-closed")),
        "expired parent": expired_parent,
        "closed parent": closed_parent,
        "draft": article(tree.news, "draft", draft=True),
        "scheduled": article(tree.news, "scheduled", scheduled=True),
        "expired": article(tree.news, "expired", expired=True),
        "by login": article(tree.news, "login", restriction="login"),
        "by password": article(
            tree.news, "password", restriction="password", restriction__password=CANARY
        ),
        "by group": article(tree.news, "group", restriction="groups"),
        "draft event": EventPageFactory(parent=events, draft=True, **words("event")),
        "closed event": EventPageFactory(
            parent=events,
            restriction="login",
            venue=CANARY,
            agenda=[("entry", {"day": None, "title": CANARY, "text": CANARY})],
            **words("closed-event"),
        ),
        "draft story": TwinningStoryPageFactory(
            parent=tree.twinnings, draft=True, **words("story")
        ),
    }
    draft_parent.unpublish()
    return hidden | {"draft parent": draft_parent}


def hide_versions(tree: SiteTree) -> dict[str, Page]:
    """Makes versions that are not public of pages that are."""
    italian_list = translate(tree.news, "it", slug="notizie")
    public = NewsPageFactory(parent=tree.news, title="Translated")
    draft = public.copy_for_translation(italian_list.locale)
    changed = NewsPageFactory(parent=tree.news, title="Changed")
    for page, state in ((draft, "draft-translation"), (changed, "change")):
        for name, value in words(state).items():
            setattr(page, name, value)
        page.body = [block("paragraph", f"<p>{CANARY}</p>")]
        page.save_revision()
    alias = tree.twinnings.create_alias(
        parent=italian_list.get_parent(),
        update_slug=f"{CANARY}-alias",
        update_locale=italian_list.locale,
    )
    Page.objects.filter(pk=alias.pk).update(title=f"Alias {CANARY}")
    return {"draft translation": draft, "alias": alias}


def speak_of(hidden: list[Page], tree: SiteTree) -> list[Page]:
    """Publishes pages that point to all that is hidden, in every way that a page can.

    Returns what is hidden of these pages.
    """
    document = DocumentFactory(title=CANARY, file__filename=f"{CANARY}.txt")
    document.collection = document.collection.add_child(name=CANARY)
    document.save()
    CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type="password", password=CANARY
    )
    ended = PersonConsentFactory(
        ended=True, person_name=f"Somebody {CANARY}", role=CANARY, evidence=CANARY
    )
    holds = PersonConsentFactory(evidence=f"Folder {CANARY}")
    image = ImageFactory(file__width=16, file__filename=f"{CANARY}-portrait.jpg")
    links = "".join(f'<a linktype="page" id="{page.pk}">see</a> ' for page in hidden)
    links += f'<a linktype="document" id="{document.pk}">file</a>'
    portrait = {"image": image.pk, "alt_text": CANARY, "decorative": False}
    body = [
        block("paragraph", f"<p>{links}</p>"),
        block("callout", {"tone": "note", "heading": "", "text": f"<p>{links}</p>"}),
        block("documents", {"heading": "", "documents": [document.pk]}),
        block("quote", {"quote": f"Said {CANARY}", "consent": ended.pk, "source": ""}),
        block("quote", {"quote": "Said", "consent": holds.pk, "source": ""}),
        block("people", [{"consent": ended.pk, "image": portrait, "text": CANARY}]),
    ]
    NewsPageFactory(parent=tree.news, title="Public", slug="public", body=body)
    TwinningStoryPageFactory(parent=tree.twinnings, title="Story", body=body)
    StandardPageFactory(parent=tree.home, title="About", body=body)
    home = HomePage.objects.get(pk=tree.home.pk)
    home.strands = [
        block("strand", {"title": "Strand", "text": "", "page": page.pk}) for page in hidden[:6]
    ]
    home.save_revision().publish()
    return knowledge.name_in_knowledge(CANARY, body, document)


def hide(tree: SiteTree) -> dict[str, Page]:
    """Hides all that can be, on a site that points to it; returns the pages."""
    TwinningFactory()
    hide_concepts(tree, CANARY)
    pages = hide_pages(tree) | hide_versions(tree)
    pages |= {page.slug: page for page in knowledge.hide_knowledge(tree, CANARY)}
    for page in pages.values():
        Redirect.add_redirect(f"/en/old-{page.pk}", redirect_to=page)
    Redirect.add_redirect("/en/address", redirect_to=f"/en/news/{CANARY}-draft/")
    FundingStatementFactory(texts={"sq": {"emblem_line": CANARY}})
    FundingStatementText.objects.filter(language="sq").update(status="machine")
    project = ProjectSettingsFactory()
    for page in pages.values():
        FooterLink.objects.create(settings=project, page=page)
    more = speak_of(list(pages.values()), tree)
    return pages | {page.slug: page for page in more}


def addresses_of_everything() -> Iterator[str]:
    """Yields ways to have more at once: all of it, in another form, with what it is related to."""
    for code in ("en", "it"):
        yield f"export.ndjson?fields=*&locale={code}"
        yield f"export.ndjson?fields=*&locale={code}&fallback=none"
    for name in ("export.ndjson", "content/", "news/", "stories/", "events/"):
        include = "twinning" if name == "stories/" else "twinnings"
        yield f"{name}?fields=*&rich_text=markdown&include={include}"
    yield "repository/?fields=*&rich_text=markdown&include=topics,host_countries"
    yield "vet-systems/?fields=*&rich_text=markdown&include=country"
    yield "process/?fields=*&rich_text=markdown"
    yield from ("partners/?include=country,twinning", "twinnings/?include=european_school")


def addresses_of_knowledge() -> Iterator[str]:
    """Yields the parts of what the project knows, its comparison, and concepts one by one."""
    asked = ("topic=entry", "sending=IT&host=HR", "audience=learners", "state=due", "valid=true")
    for code in LANGUAGES:
        yield from (f"repository/?fields=*&locale={code}&{part}" for part in asked)
        yield f"vet-systems/compare/?fields=*&locale={code}&{COMPARED}"
        yield f"vet-systems/compare/?locale={code}&country=HR&country=XK"
    for concept in GlossaryConcept.objects.all():
        yield from (f"glossary/{concept.identifier}/?fields=*&locale={c}" for c in ("en", "it"))


def forged_tokens(hidden: dict[str, Page]) -> Iterator[str]:
    """Yields tokens of drafts: made with another key, and made right for nobody's eyes."""
    for page in hidden.values():
        keys = [page.pk, page.latest_revision_id or 0, 0]
        yield from (dumps(keys, salt=SALT), dumps(keys, key="a guess", salt=SALT))


def addresses(hidden: dict[str, Page]) -> Iterator[str]:
    """Yields every way to ask."""
    yield from ("", "docs/", "openapi.json")
    for name in SINGLES:
        for code in LANGUAGES:
            yield f"{name}/?fields=*&locale={code}"
            yield f"{name}/?fields=*&locale={code}&fallback=none"
    for name in LISTS:
        yield f"{name}/?fields=*" if name == "locales" else f"{name}/?fields=*&limit=100"
        for code in LANGUAGES if name not in {"locales", "redirects"} else ():
            yield f"{name}/?fields=*&limit=100&locale={code}"
            yield f"{name}/?fields=*&limit=1&locale={code}&fallback=none"
    yield from (f"news/?fields=*&tag={CANARY}-{state}" for state in ("draft", "login", "expired"))
    yield from addresses_of_everything()
    yield from addresses_of_knowledge()
    yield from (f"preview/{token}/" for token in forged_tokens(hidden))
    yield from ("news/?order=title", "news/?order=-updated_at", "content/?order=updated_at")
    for name, model in (("images", get_image_model()), ("documents", get_document_model())):
        yield from (f"{name}/{record.public_id}/" for record in model.objects.all())
    yield from (f"changes/?fields=*&limit=100&locale={code}" for code in LANGUAGES)
    for page in hidden.values():
        for code in LANGUAGES:
            below = page.url_path.split("/", 2)[-1]
            yield f"resolve/?{urlencode({'path': f'/{code}/{below}'})}"
            yield f"resolve/?{urlencode({'path': f'/{code}/old-{page.pk}/'})}"
        for name in dict.fromkeys(("content", SHELVES.get(type(page), "content"))):
            for code in ("en", "it"):
                yield f"{name}/{page.translation_key}/?fields=*&locale={code}"
