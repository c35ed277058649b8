"""What a page is about, as windows, search engines and social networks are told."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .guests import GuestLanguages
    from .languages import PageLanguages

OPEN_GRAPH_LOCALES: Final = {
    "en": "en_GB",
    "it": "it_IT",
    "nl": "nl_NL",
    "fi": "fi_FI",
    "sl": "sl_SI",
    "hr": "hr_HR",
    "bs": "bs_BA",
    "cnr": "cnr_ME",
    "sr-latn": "sr_Latn_RS",
    "sr": "sr_RS",
    "sq": "sq_AL",
    "es": "es_ES",
    "ca": "ca_ES",
}
"""Languages as https://ogp.me writes them: language_TERRITORY."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One page, or one of the pages that a list makes below itself, which have their own names."""

    name: str
    description: str
    data: dict[str, Any] = field(default_factory=dict)
    """What only this page says of itself in schema.org's vocabulary."""
    image: Any = None
    window_title: str = ""
    """Empty: the name."""
    is_indexed: bool = True
    """Whether search engines should list it."""


def open_graph_locale(code: str) -> str:
    """Returns a language as Open Graph writes it; an unknown one as it is."""
    return OPEN_GRAPH_LOCALES.get(code, code.replace("-", "_"))


def open_graph_locales(languages: "PageLanguages | GuestLanguages") -> tuple[str, list[str]]:
    """Returns the language of the text and those of its translations, for ``og:locale``."""
    others = [open_graph_locale(link.code) for link in languages.other_translations]
    return open_graph_locale(languages.served), others
