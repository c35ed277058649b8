"""A site with hidden things of every kind, each of which carries a canary word in every field."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page

from tests import factories as make
from tests import knowledge
from tests.events import EventPageFactory, add_events
from tests.glossary import hide_concepts
from tests.knowledge import hide_knowledge, name_in_knowledge
from tests.search import SearchIndexPageFactory
from tests.sites import SiteTree, build_partnership, build_site, translate

CANARY: Final = "canary"


def words(state: str) -> dict[str, Any]:
    """The fields of a hidden page, each with the canary; the slug says in which state it is."""
    return knowledge.words(CANARY, state)


def article(parent: Page, state: str, **kwargs: Any) -> Any:
    body = [("paragraph", f"<p>Text of the {CANARY} of {state}</p>")]
    return make.NewsPageFactory(
        parent=parent, body=body, tags=[f"{CANARY} {state}"], **words(state), **kwargs
    )


def hide(tree: SiteTree) -> list[Page]:
    """Adds hidden articles of every kind to the list of news; returns them."""
    drafted = make.StandardPageFactory(parent=tree.home, **words("drafted-parent"))
    below_draft = make.StandardPageFactory(parent=drafted, **words("below-draft"))
    drafted.unpublish()
    private = make.StandardPageFactory(parent=tree.home, restriction="login", **words("private"))
    below_private = make.StandardPageFactory(parent=private, **words("below-private"))
    expired_parent = make.StandardPageFactory(parent=tree.home, expired=True, **words("ended"))
    below_expired = make.StandardPageFactory(parent=expired_parent, **words("below-ended"))
    return [
        drafted,
        below_draft,
        private,
        below_private,
        expired_parent,
        below_expired,
        article(tree.news, "draft", draft=True),
        article(tree.news, "scheduled", scheduled=True),
        article(tree.news, "expired", expired=True),
        article(tree.news, "login", restriction="login"),
        article(tree.news, "password", restriction="password", restriction__password="x"),
        article(tree.news, "groups", restriction="groups"),
        make.TwinningStoryPageFactory(parent=tree.twinnings, draft=True, **words("story")),
        *hide_events(tree),
        *hide_knowledge(tree, CANARY),
    ]


def hide_events(tree: SiteTree) -> list[Page]:
    """Adds hidden events, in a list that has a public one."""
    events = add_events(tree)
    body = [("paragraph", f"<p>Text of the {CANARY}</p>")]
    agenda = [("entry", {"day": None, "title": f"Item {CANARY}", "text": CANARY})]
    where = {"venue": f"Hall {CANARY}", "city": f"City {CANARY}", "agenda": agenda, "body": body}
    EventPageFactory(parent=events, title="Public event", coming=True)
    return [
        EventPageFactory(parent=events, draft=True, **where, **words("event")),
        EventPageFactory(parent=events, expired=True, **where, **words("ended-event")),
        EventPageFactory(parent=events, restriction="login", **where, **words("closed-event")),
    ]


def quote_of_somebody_who_withdrew() -> tuple[str, Any]:
    consent = make.PersonConsentFactory(
        person_name=f"Somebody {CANARY}",
        role=f"Role {CANARY}",
        evidence=f"Folder {CANARY}",
        given_on=timezone.localdate() - timedelta(days=9),
        withdrawn_on=timezone.localdate(),
    )
    return "quote", {"quote": f"Said by a {CANARY}", "consent": consent, "source": ""}


def speech_on(hidden: Iterable[Page]) -> list[Any]:
    """Returns a body that links to every hidden page, with harmless words as link text."""
    links = "".join(f'<p><a linktype="page" id="{page.pk}">see here</a></p>' for page in hidden)
    return [("paragraph", links), quote_of_somebody_who_withdrew()]


def speak_of(hidden: list[Page], tree: SiteTree) -> Page:
    """Publishes an article that links to every hidden page."""
    body = speech_on(hidden)
    return make.NewsPageFactory(parent=tree.news, title="Public article", body=body)


def picture(state: str, **fields: Any) -> Any:
    """Makes a picture whose words and file name carry the canary, with a version on disk."""
    image = make.ImageFactory(
        title=f"Picture {CANARY} {state}",
        description=f"Description {CANARY} {state}",
        credit=f"Credit {CANARY} {state}",
        file__filename=f"{CANARY}-{state}.jpg",
        **fields,
    )
    image.get_rendition("width-480|format-jpeg")
    return image


def document(state: str, **fields: Any) -> Any:
    """Makes a file whose name and content carry the canary."""
    content = ContentFile(f"Content {CANARY} {state}".encode(), f"{CANARY}-{state}.txt")
    return make.DocumentFactory(title=f"File {CANARY} {state}", file=content, **fields)


def closed_collection() -> Collection:
    """Returns a collection for people who sign in."""
    collection = Collection.get_first_root_node().add_child(name=f"Collection {CANARY}")
    login = CollectionViewRestriction.LOGIN
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=login)
    return collection


def with_files(*documents: Any) -> list[Any]:
    """Returns a body that offers and links to files, with harmless words of its own."""
    links = "".join(f'<a linktype="document" id="{d.pk}">here</a>' for d in documents)
    offered = {"documents": list(documents)}
    return [("paragraph", f"<p>See {links}</p>"), ("documents", offered)]


def hide_media(tree: SiteTree) -> list[Any]:
    """Adds files and pictures that nobody may have; returns them."""
    private = document("private", collection=closed_collection())
    drafted = document("drafted")
    unused, drafted_picture, shared = picture("unused"), picture("drafted"), picture("shared")
    make.NewsPageFactory(parent=tree.news, title="With a private file", body=with_files(private))
    make.NewsPageFactory(
        parent=tree.news,
        draft=True,
        listing_image=drafted_picture,
        social_image=shared,
        body=with_files(drafted),
        **words("draft-with-media"),
    )
    return [private, drafted, unused, drafted_picture, shared]


def hide_versions(tree: SiteTree) -> list[Page]:
    """Adds a draft translation, an alias, and an unpublished change; returns what is hidden."""
    public = speak_of(hide(tree), tree)
    home_it = tree.home.get_translations().get(locale__language_code="it")
    translate(tree.news, "it", title="Notizie", slug="notizie")
    draft = public.copy_for_translation(home_it.locale)
    for field, value in words("draft-translation").items():
        setattr(draft, field, value)
    draft.save_revision()
    knowledge.write_into(
        make.NewsPageFactory(parent=tree.news, title="Other public article"), CANARY
    )
    alias = tree.partners.create_alias(
        parent=home_it, update_slug=f"{CANARY}-alias", update_locale=home_it.locale
    )
    Page.objects.filter(pk=alias.pk).update(title=f"Alias {CANARY}")
    return [draft, alias]


def hide_everything() -> list[Any]:
    """Makes a site that has something to see, and hides something of each kind; returns that."""
    tree = build_site("it", "sq")
    build_partnership()
    hide_concepts(tree, CANARY)
    SearchIndexPageFactory(parent=tree.home)
    call_command("rebuild_search_index", verbosity=0)
    versions, media = hide_versions(tree), hide_media(tree)
    body = speech_on(Page.objects.filter(slug__contains=CANARY)) + with_files(media[0])
    return [*versions, *media, *name_in_knowledge(CANARY, body, media[0])]
