"""Articles with everything that could cost a query."""

from tests.factories import (
    DocumentFactory,
    ImageFactory,
    NewsPageFactory,
    PartnerFactory,
    PersonConsentFactory,
    TwinningStoryPageFactory,
)
from tests.sites import SiteTree
from v2v_snippets.models import Twinning


def publish_rich_articles(site: SiteTree, number: int) -> None:
    """Articles with everything that could cost a query: people, pictures, files, links, pairs."""
    for index in range(number):
        linked = TwinningStoryPageFactory(parent=site.twinnings)
        links = (
            f'<p><a linktype="page" id="{linked.pk}">story</a> '
            f'<a linktype="document" id="{DocumentFactory().pk}">file</a></p>'
        )
        image = ImageFactory(file__width=32, file__height=20)
        picture = {"image": image, "caption": "", "consents": [PersonConsentFactory()]}
        quote = {"quote": "We met", "consent": PersonConsentFactory(), "source": ""}
        person = {"consent": PersonConsentFactory(), "image": image, "text": ""}
        NewsPageFactory(
            parent=site.news,
            authors=[PartnerFactory()],
            twinnings=Twinning.objects.filter(number=1),
            tags=["visits", f"tag {index}"],
            listing_image=image,
            body=[
                ("paragraph", links),
                ("paragraph", links),
                ("image", picture),
                ("gallery", [picture, picture]),
                ("quote", quote),
                ("people", [person]),
                ("documents", {"heading": "", "documents": [DocumentFactory()]}),
                ("twinnings", {"heading": "", "twinnings": []}),
                ("callout", {"tone": "tip", "heading": "", "text": links}),
            ],
        )
