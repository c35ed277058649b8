"""Which vocabulary a concept of another house belongs to, told by the beginning of its URI."""

from typing import Final

BEGINNINGS: Final = {
    "http://eurovoc.europa.eu/": "eurovoc",
    "http://data.europa.eu/esco/": "esco",
    "http://vocabularies.unesco.org/thesaurus/": "unesco",
}
"""The URIs as the vocabularies themselves give them; with https they are meant as well."""


def vocabulary_of(uri: str) -> str:
    """Returns the vocabulary of a URI, "other" where it is none that we name."""
    plain = uri.replace("https://", "http://", 1)
    for beginning, vocabulary in BEGINNINGS.items():
        if plain.startswith(beginning):
            return vocabulary
    return "other"
