"""Reads a file of any format, once nothing in it can do harm."""

from typing import Final

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from .faults import Frame, Parsed, UnreadableFileError
from .formats import FORMATS
from .guarding import refuse_bombs, refuse_large

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
    refuse_large(content, LARGEST_FILE)
    if extension == "xlsx":
        refuse_bombs(content, LARGEST_FILE)
    reader, options = READERS[extension]
    try:
        read = import_string(f"{__package__}.{reader}")
    except ImportError as error:
        message = _("This format is not installed here: pip install 'v2v-cms[glossary]'.")
        raise UnreadableFileError(message) from error
    parsed: Parsed = read(content, frame, **options)
    return parsed
