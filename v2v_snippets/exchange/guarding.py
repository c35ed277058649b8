"""Refuses files that are made to harm, before anything else reads them.

XML may name entities that grow to gigabytes or fetch files and addresses. All of that needs a
document type declaration, which none of our formats has, so a file with one is refused; expat finds
it in every encoding, and stops at the first element. An XLSX is a ZIP: what it would unpack to is
known from its directory, and Python's reader unpacks no more than that.
"""

from io import BytesIO
from typing import Final
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from .faults import UnreadableFileError

UNPACKED_PER_PACKED_LIMIT: Final = 10
"""An XLSX may unpack to as many times the limit of the packed file."""

MOST_MEMBERS: Final = 500
IS_WHOLE: Final = True
"""For expat: nothing follows the bytes that it is given."""


class _RootReachedError(Exception):
    """Ends the search for a declaration where none can follow."""


def refuse_large(content: bytes, limit: int) -> None:
    """Refuses a file of more than ``limit`` bytes.

    Raises:
        UnreadableFileError: with the size in megabytes.
    """
    if len(content) > limit:
        message = _("The file has %(size).1f MB; files of up to %(limit)d MB are read.")
        sizes = {"size": len(content) / 1_000_000, "limit": limit // 1_000_000}
        raise UnreadableFileError(message % sizes)


def refuse_declarations(content: bytes) -> None:
    """Refuses XML with a document type declaration.

    Raises:
        UnreadableFileError: also for what is no XML.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_declaration
    parser.StartElementHandler = _stop_at_root
    try:
        parser.Parse(content, IS_WHOLE)
    except _RootReachedError:
        return
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableFileError(_("This is no XML: %s") % error) from error


def refuse_bombs(content: bytes, limit: int) -> None:
    """Refuses an XLSX that unpacks to too much, or whose parts declare entities.

    Raises:
        UnreadableFileError: also for what is no ZIP.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if unpacked > limit * UNPACKED_PER_PACKED_LIMIT or len(members) > MOST_MEMBERS:
                raise UnreadableFileError(_("The file unpacks to more than is read."))
            for member in members:
                if member.filename.endswith((".xml", ".rels", ".vml")):
                    refuse_declarations(archive.read(member))
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise UnreadableFileError(_("This is no spreadsheet in the format XLSX.")) from error


def _refuse_declaration(*_declaration: object) -> None:
    raise UnreadableFileError(
        _(
            "The file has a document type declaration (DOCTYPE), which can do harm and is not "
            "read. Save it without one."
        )
    )


def _stop_at_root(*_element: object) -> None:
    raise _RootReachedError
