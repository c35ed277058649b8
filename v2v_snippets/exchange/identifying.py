"""Finds out which concept a file means: one of ours, or one of another house.

Ours are named "C-0001", or by a URI that begins with that of our glossary. All others keep the URI
by which their house knows them; the import keeps it as an exact mapping, and finds the concept by
it the next time. A file whose names are no URIs (TBX, CSV) needs their beginning, which the person
who imports it gives.
"""

from django.utils.translation import gettext as _

from .faults import Frame
from .records import is_own
from .values import WEB_ADDRESS

LONGEST_URI = 200
"""What a mapping has room for."""


class UnknownIdentifierError(Exception):
    """Says why a name in a file names no concept."""


class Identifier:
    """Turns names in a file into identifiers of ours, or URIs of others."""

    def __init__(self, frame: Frame) -> None:
        self._ours = f"{frame.glossary.rstrip('/')}/"
        self._source = frame.source

    def __call__(self, name: str) -> str:
        """Returns the identifier or URI for a name in the file.

        Raises:
            UnknownIdentifierError: when it is neither, and no beginning was given.
        """
        name = name.strip()
        ours = name.removeprefix(self._ours)
        if is_own(ours):
            return ours
        uri = name if "://" in name or not self._source else self._source + name
        if not WEB_ADDRESS.fullmatch(uri):
            raise UnknownIdentifierError(_refusal(name))
        if len(uri) > LONGEST_URI:
            raise UnknownIdentifierError(_("This URI is longer than %d characters.") % LONGEST_URI)
        return uri


def _refusal(name: str) -> str:
    if not name:
        return _("The identifier of the concept is missing.")
    message = _(
        "“%s” is no identifier of ours, such as C-0001, and no web address. If the file comes from "
        "another house, say with which address its identifiers begin."
    )
    return message % name
