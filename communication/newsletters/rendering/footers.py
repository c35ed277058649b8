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
    names_controller: bool
    """Whether the site has told both; without them, no issue may go out."""


def mail_footer(language: str) -> MailFooter:
    """Returns the footer of mails in ``language``.

    ``V2V_MAIL_FOOTER`` names a function of the language, which returns the lines of the controller
    and the sentences about funding; without it, the name of the site stands there alone. The first
    line is the name, and may be empty where nobody has told it.
    """
    told, funding = controller_and_funding(language)
    lines = [line for line in told if line.strip()]
    names_controller = len(lines) > 1 and lines[0] == told[0]
    return MailFooter(lines or [site_name()], funding, names_controller)
