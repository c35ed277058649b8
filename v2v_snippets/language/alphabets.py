"""The order of letters and signs, as the Unicode CLDR has it, and what each language changes in it.

Root order and tailorings are those of CLDR 48 (``und.xml``, ``hr.xml``, …), cut to the scripts that
the partnership writes. The CLDR knows no Montenegrin: its alphabet here is that of the orthography
of 2009, which is the Croatian one with ś after š and ź after ž.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

SIGNS: Final = (
    "\t\n\v\f\r\x85\u2028\u2029 _-‐‒–—―,;:!¡?¿.·'‘’‚‛‹›“”„‟«»()[]{}‖§¶@*/\\&#%‰†‡•′`´^¯¨°©®←→↑↓"
    "+±÷×<=>¬|¦~−⁄¤¢$£¥₠₡₢₣₤₥₦₧₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿"
)
"""Blanks, marks, symbols and currencies: they come before digits and letters."""

DIGITS: Final = "0123456789"
LATIN: Final = (
    "abƀƃcȼƈdƌȡeɇǝəɛfƒgǥƣhƕʻʽiıjȷɉkƙlƚȴƛmnƞȵŋoɔȣpƥqɋĸrɍsȿtŧƫƭȶuvwxyɏƴȝzƶȥɀʒƹƺþƿƻƨƽƅɂˀʼʾʿˁ"
)
GREEK: Final = "αβγδεζηθικλμνξοπρσςτυφχψω"
CYRILLIC: Final = "абвгґдђеєжзѕийіјклљмнњопрстћуфхцчџшщъыьэюя"

ACCENTS: Final = (
    "\u0332\u0313\u0314\u0301\u0300\u0306\u0302\u030c\u030a\u0342\u0308\u030b\u0303\u0307\u0338"
    "\u0327\u0328\u0304\u030d\u0316\u0336\u0337\u0335\u0305\u0309\u030f\u0310\u0311\u031b\u0321"
    "\u0322\u0323\u0324\u0325\u0326\u032d\u032e\u0330\u0331\u0334\u0339\u0345\ue001"
)
"""Marks on letters, in the order in which they count where the letters are equal."""

MIDDLE_DOT: Final = ACCENTS[-1]
"""The dot of the Catalan l·l as an accent."""
VARIANT: Final = "\ue000"
"""Stands, in the tables below, for "another form of the sign before": less than any accent.

Two of them stand for yet another form. Both signs are for private use: no text has them.
"""

ROOT_LETTERS: Final[Mapping[str, str]] = {
    "æ": f"a{VARIANT}e",
    "ð": f"d{VARIANT}",
    "đ": "d\u0335",
    "ħ": "h\u0335",
    "l·": f"l{MIDDLE_DOT}",
    "ŀ": f"l{MIDDLE_DOT}",
    "ł": "l\u0335",
    "œ": f"o{VARIANT}e",
    "ø": "o\u0338",
    "ß": f"s{VARIANT}s",
    "ẞ": f"S{VARIANT}S",
    **{quote: f"'{VARIANT * form}" for form, quote in enumerate("‘’‚‛", 1)},
    **{quote: f'"{VARIANT * form}' for form, quote in enumerate("“”„‟", 1)},
}
"""Letters that are sorted as others, although Unicode does not decompose them."""


@dataclass(frozen=True, slots=True)
class Alphabet:
    """What a language changes in the root order, and under which letters it lists words."""

    index: str
    """The letters of an index, in their order, with spaces between."""
    after: Mapping[str, str] = field(default_factory=dict)
    """Letters of their own by the letter they follow; "dž đ" after "d"."""
    like: Mapping[str, str] = field(default_factory=dict)
    """Letters that are sorted as others."""
    scripts: tuple[str, ...] = (LATIN, GREEK, CYRILLIC)


A_TO_Z: Final = "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z"
LATIN_FIRST: Final = (LATIN, CYRILLIC, GREEK)
CROATIAN: Final = {"c": "č ć", "d": "dž đ", "l": "lj", "n": "nj", "s": "š", "z": "ž"}

ROOT: Final = Alphabet(A_TO_Z)

ALPHABETS: Final[Mapping[str, Alphabet]] = {
    "fi": Alphabet(
        f"{A_TO_Z} Å Ä Ö",
        after={LATIN[-1]: "å ä ö"},
        like={
            "æ": f"ä{VARIANT}",
            "ø": f"ö{VARIANT}",
            "ü": f"y{VARIANT}",
            **{letter: f"{base}\u0335" for letter, base in zip("ǥŋŧʒ", "gntz", strict=True)},
        },
    ),
    "sl": Alphabet(
        "A B C Č Ć D Đ E F G H I J K L M N O P Q R S Š T U V W X Y Z Ž",
        after={"c": "č ć", "d": "đ", "s": "š", "z": "ž"},
    ),
    "hr": Alphabet(
        "A B C Č Ć D DŽ Đ E F G H I J K L LJ M N NJ O P Q R S Š T U V W X Y Z Ž",
        after=CROATIAN,
        scripts=LATIN_FIRST,
    ),
    # The CLDR forgets Đ in the index
    "bs": Alphabet(
        "A B C Č Ć D DŽ Đ E F G H I J K L LJ M N NJ O P Q R S Š T U V W X Y Z Ž",
        after=CROATIAN,
        scripts=LATIN_FIRST,
    ),
    "cnr": Alphabet(
        "A B C Č Ć D DŽ Đ E F G H I J K L LJ M N NJ O P Q R S Š Ś T U V W X Y Z Ž Ź",
        after=CROATIAN | {"s": "š ś", "z": "ž ź"},
        scripts=LATIN_FIRST,
    ),
    # … and here
    "sr-latn": Alphabet(
        "A B C Č Ć D DŽ Đ E F G H I J K L LJ M N NJ O P Q R S Š T U V W X Y Z Ž",
        after=CROATIAN,
        scripts=LATIN_FIRST,
    ),
    "sr": Alphabet(
        "А Б В Г Д Ђ Е Ж З И Ј К Л Љ М Н Њ О П Р С Т Ћ У Ф Х Ц Ч Џ Ш",
        like={"й": "и\u0306"},
        scripts=(CYRILLIC, LATIN, GREEK),
    ),
    "sq": Alphabet(
        "A B C Ç D DH E Ë F G GJ H I J K L LL M N NJ O P Q R RR S SH T TH U V X XH Y Z ZH",
        # each at the end of its group, as the CLDR has it: only phoneticians' letters lie between
        after={
            "ƈ": "ç",
            "ȡ": "dh",
            "ɛ": "ë",
            "ƣ": "gj",
            "ƛ": "ll",
            "ŋ": "nj",
            "ɍ": "rr",
            "ȿ": "sh",
            "ȶ": "th",
            "x": "xh",
            "ɀ": "zh",
        },
    ),
    "es": Alphabet("A B C D E F G H I J K L M N Ñ O P Q R S T U V W X Y Z", after={"n": "ñ"}),
}
"""By language code. English, Italian, Dutch and Catalan keep the root order."""


def alphabet_of(language: str) -> Alphabet:
    """Returns the alphabet of a language code; a region falls back to its language, else A to Z."""
    code = language.lower()
    return ALPHABETS.get(code) or ALPHABETS.get(code.partition("-")[0]) or ROOT
