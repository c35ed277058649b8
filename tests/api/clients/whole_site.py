"""A site with one page of each type, each of which says something of its own in every part."""

from datetime import date, time
from typing import Any

from wagtail.contrib.redirects.models import Redirect

from tests.events import EventPageFactory, add_events
from tests.factories import (
    CountryFactory,
    DocumentFactory,
    NewsPageFactory,
    PartnerFactory,
    ProjectSettingsFactory,
    StandardPageFactory,
    TwinningFactory,
    TwinningStoryPageFactory,
)
from tests.glossary import ConceptFactory, GlossaryIndexPageFactory, add_equivalent, relate
from tests.issues import NewsletterIndexPageFactory, NewsletterPageFactory, event, figure
from tests.process import MobilityModulePageFactory, MobilityProcessPageFactory, phase, step
from tests.repository import MobilityTopicFactory, RepositoryArticlePageFactory, add_repository
from tests.sites import SiteTree, build_site, translate
from tests.stories import every_block
from tests.vet_systems import (
    VETSystemIndexPageFactory,
    VETSystemPageFactory,
    programme,
    share_of_learners,
    value,
)
from v2v_pages.models import HomePage
from v2v_pages.models.sources import RepositoryAttachment, RepositorySource
from v2v_snippets.enums import RelationKind


def publish_everything() -> None:
    """Publishes the site, with English pages and some of them in Italian."""
    tree = build_site("it")
    ProjectSettingsFactory()
    about = StandardPageFactory(parent=tree.home, title="About", slug="about")
    translate(tree.news, "it", title="Notizie", slug="notizie")
    _publish_articles(tree)
    _publish_events(tree)
    _publish_repository(tree)
    _publish_process(tree, about)
    _publish_vet_system(tree)
    _publish_issue(tree)
    _publish_glossary(tree)
    _fill_home(tree.home, about)
    Redirect.add_redirect("/en/about-us/", redirect_to=about)


def _publish_articles(tree: SiteTree) -> None:
    article = NewsPageFactory(
        parent=tree.news,
        title="Kick-off <1>",
        slug="kick-off",
        body=every_block(),
        authors=[PartnerFactory(short_name="SEDU")],
        twinnings=[TwinningFactory()],
        is_demo_text=True,
    )
    translate(article, "it", title="Incontro", slug="incontro", translation_origin="machine")
    TwinningStoryPageFactory(parent=tree.twinnings, title="Our story", slug="our-story")


def _publish_events(tree: SiteTree) -> None:
    entry = {"day": "2021-03-15", "starts_at": "10:00", "ends_at": None, "title": "Welcome"}
    visit = EventPageFactory(
        parent=add_events(tree),
        title="Visit",
        slug="visit",
        kind="visit",
        status="cancelled",
        starts_at=time(9, 30),
        ends_on=date(2021, 3, 16),
        ends_at=time(17),
        venue="The workshop",
        city="Ferizaj",
        country=CountryFactory(kosovo=True),
        hosts=[PartnerFactory(short_name="GSC")],
        is_online=True,
        online_url="https://meet.example/room",
        agenda=[("entry", {**entry, "text": "Coffee first."})],
    )
    translate(visit.get_parent().specific, "it", title="Eventi", slug="eventi")
    translate(visit, "it", title="Visita", slug="visita")


def _publish_repository(tree: SiteTree) -> None:
    article = RepositoryArticlePageFactory(
        parent=add_repository(tree),
        title="Insurance",
        slug="insurance",
        outdated=True,
        last_reviewed_on=date(2021, 4, 2),
        topics=[MobilityTopicFactory(slug="cover")],
        host_countries=[CountryFactory()],
        for_staff=True,
    )
    article.sources = [
        RepositorySource(
            title="Zakon", language="hr", publisher="A ministry", checked_on=date(2021, 4, 1)
        )
    ]
    article.attachments = [RepositoryAttachment(document=DocumentFactory(title="The form"))]
    article.save_revision().publish()


def _publish_process(tree: SiteTree, about: Any) -> None:
    module = MobilityModulePageFactory(
        parent=MobilityProcessPageFactory(parent=tree.home),
        title="Agreement",
        slug="agreement",
        steps=[
            step(
                "Sign it",
                roles=["host_school"],
                direction="eu_wb",
                inputs=["The programme"],
                checklist=["All have signed"],
                documents=[{"page": about, "document": None, "url": "", "title": ""}],
                tips=[{"country": CountryFactory(), "text": "Ask the chamber."}],
            )
        ],
    )
    process = module.get_parent().specific
    process.phases = [phase(module, title="Before departure")]
    process.save_revision().publish()


def _publish_vet_system(tree: SiteTree) -> None:
    VETSystemPageFactory(
        parent=VETSystemIndexPageFactory(parent=tree.home),
        values=[value(share_of_learners(), "41.5", is_sample=True)],
        programmes=[programme("Tehničar", duration_years="3.5", source="The register")],
    )


def _publish_issue(tree: SiteTree) -> None:
    body = [
        ("heading", "What is next"),
        ("text", "<p>Words of the issue.</p>"),
        event(title="Fair", place="Podgorica"),
        figure(alt="A lathe", caption="In the workshop"),
    ]
    NewsletterPageFactory(parent=NewsletterIndexPageFactory(parent=tree.home), body=body)


def _publish_glossary(tree: SiteTree) -> None:
    GlossaryIndexPageFactory(parent=tree.home)
    school = ConceptFactory(
        terms={"en": "school", "it": "scuola"}, definitions={"en": "Where one learns."}
    )
    add_equivalent(school, institution="The agency")
    relate(school, RelationKind.BROADER, ConceptFactory(terms={"en": "institution"}))


def _fill_home(home: HomePage, about: Any) -> None:
    entry = {"starts_on": "2021-04-01", "ends_on": None, "precision": "month", "text": ""}
    strand = {"title": "Glossary", "text": "Shared words.", "page": about}
    fields: dict[str, Any] = {
        "dates": [("date", {**entry, "title": "The work begins"})],
        "strands": [("strand", strand)],
    }
    for name, blocks in fields.items():
        setattr(home, name, blocks)
    home.save_revision().publish()
