"""Reads a file of any format, once nothing in it can do harm."""

import logging
from typing import Final

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from .faults import Frame, Parsed, UnreadableFileError
from .formats import FORMATS
from .guarding import refuse_bombs, refuse_declarations, refuse_large

logger = logging.getLogger(__name__)

LARGEST_FILE: Final = 20_000_000
"""Bytes. SKOS of 4,000 concepts in four languages has about 5 MB."""

READERS: Final = {
    "ttl": ("skos_reading.read_skos", {"syntax": "turtle"}),
    "jsonld": ("skos_reading.read_skos", {"syntax": "json-ld"}),
    "rdf": ("skos_reading.read_skos", {"syntax": "xml"}),
    "tbx": ("tbx_reading.read_tbx", {}),
    "csv": ("csv_files.read_csv", {}),
    "xlsx": ("xlsx_files.read_xlsx", {}),
}
"""By the endings of ``FORMATS``; what each needs is imported when it is first used."""


def format_of(name: str) -> str:
    """Returns the format by the ending of a file's name.

    Raises:
        UnreadableFileError: naming the endings that there are.
    """
    ending = name.rpartition(".")[2].lower()
    if ending not in FORMATS:
        message = _("The name of the file has to end in one of: %s.")
        raise UnreadableFileError(message % ", ".join(f".{known}" for known in FORMATS))
    return ending


def read_glossary(content: bytes, extension: str, frame: Frame) -> Parsed:
    """Reads concepts.

    Args:
        content: the file.
        extension: of a format in ``FORMATS``.
        frame: what is known of site and file.

    Raises:
        UnreadableFileError: when it is too large, made to harm, or of another format.
    """
    refuse_harm(content, extension)
    reader, options = READERS[extension]
    try:
        read = import_string(f"{__package__}.{reader}")
    except ImportError as error:
        message = _("This format is not installed here: pip install 'v2v-cms[glossary]'.")
        raise UnreadableFileError(message) from error
    try:
        parsed: Parsed = read(content, frame, **options)
    except UnreadableFileError:
        raise
    except Exception as error:  # libraries say in many ways that a file is broken
        logger.warning("A file for the glossary cannot be read", exc_info=True)
        message = _("This file is broken, or no %s: save it anew, and upload it again.")
        raise UnreadableFileError(message % extension.upper()) from error
    return parsed


def refuse_harm(content: bytes, extension: str) -> None:
    """Refuses what is too large or made to harm, without reading the file itself.

    Raises:
        UnreadableFileError: with a sentence for people.
    """
    refuse_large(content, LARGEST_FILE)
    if extension == "xlsx":
        refuse_bombs(content, LARGEST_FILE)
    elif extension in {"rdf", "tbx"}:
        refuse_declarations(content)
