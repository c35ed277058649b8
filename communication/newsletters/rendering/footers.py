"""What stands below every mail: who sends it, and who pays for it. Editors cannot remove it."""

from dataclasses import dataclass

from v2v_snippets.publication.listing import ListingText
from v2v_snippets.publication.site_name import site_name

from ..sender import controller_and_funding


@dataclass(frozen=True, slots=True)
class MailFooter:
    """The controller of the data (GDPR, article 13.1 a), and the sentences of those who fund."""

    controller: list[str]
    """Name and postal address, line by line."""
    funding: list[ListingText]


def mail_footer(language: str) -> MailFooter:
    """Returns the footer of mails in ``language``.

    ``V2V_MAIL_FOOTER`` names a function of the language, which returns the lines of the controller
    and the sentences about funding; without it, the name of the site stands there alone.
    """
    controller, funding = controller_and_funding(language)
    return MailFooter(controller or [site_name()], funding)
