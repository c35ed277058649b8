"""Refuses documents that are something else than their names say.

A file that a browser might run is the danger, so the first bytes decide. What is inside an office
file is not judged: nobody but its reader's own program opens it.
"""

import re
import zipfile
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_OFFICE_PARTS: Final = {
    "docx": "word/document.xml",
    "pptx": "ppt/presentation.xml",
    "xlsx": "xl/workbook.xml",
}
_OPEN_DOCUMENT: Final = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
_TEXTS: Final = frozenset(["csv", "txt"])
_MARKUP = re.compile(
    rb"\s*<\s*(!doctype|!--|\?xml|html|head|body|script|svg|iframe)", re.IGNORECASE
)
_BEGINNING: Final = 4096
_LARGEST_DIRECTORY: Final = 1024 * 1024
"""Of an archive, in bytes: its parts' names, of which the largest books have some thousands."""


def check_document(file: Any, name: str) -> None:
    """Accepts a file whose content fits its extension; leaves it at its beginning.

    Extensions of no known content pass: which ones are allowed is ``WAGTAILDOCS_EXTENSIONS``.

    Raises:
        ValidationError: with a sentence for the editor, when the content does not fit.
    """
    extension = name.rpartition(".")[2].lower()
    try:
        fits = _fits(file, extension)
    except (zipfile.BadZipFile, LookupError, NotImplementedError, OSError, ValueError):
        fits = False
    file.seek(0)
    if not fits:
        raise ValidationError(
            _(
                "This file is no %(extension)s, whatever its name says, or it is broken: save it "
                "anew as %(extension)s and upload it again."
            ),
            code="content_does_not_fit",
            params={"extension": extension.upper()},
        )


def _fits(file: Any, extension: str) -> bool:
    file.seek(0)
    beginning: bytes = file.read(_BEGINNING)
    if extension == "pdf":
        return beginning.startswith(b"%PDF-")
    if extension in _OFFICE_PARTS:
        return beginning.startswith(b"PK\x03\x04") and _holds(file, _OFFICE_PARTS[extension])
    if extension in _OPEN_DOCUMENT:
        # the format wants this entry first and uncompressed, so that it can be told by it
        return beginning.startswith(b"PK\x03\x04") and (
            beginning[30:].startswith(b"mimetype" + _OPEN_DOCUMENT[extension])
        )
    if extension in _TEXTS:
        text = beginning.removeprefix(b"\xef\xbb\xbf")
        return b"\0" not in text and _MARKUP.match(text) is None
    return True


def _holds(file: Any, part: str) -> bool:
    directory: Any = _Sips(file)
    with zipfile.ZipFile(directory) as archive:
        archive.getinfo("[Content_Types].xml")
        archive.getinfo(part)
    return True


class _Sips:
    """A file that is read in small pieces only.

    A list of parts is read at once, and each part then takes many times the bytes of its name.
    """

    def __init__(self, file: Any) -> None:
        self._file = file
        self.seek = file.seek
        self.tell = file.tell

    def read(self, size: int = -1) -> bytes:
        """Reads as files do.

        Raises:
            zipfile.BadZipFile: when more is asked for than the list of parts of an honest file.
        """
        if size > _LARGEST_DIRECTORY:
            raise zipfile.BadZipFile("The list of parts is too long.")
        content: bytes = self._file.read(size)
        return content
