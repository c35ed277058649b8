"""Writes each language's names in ICU's order, each after its letter in ICU's AlphabeticIndex.

Reads what ``make_order.mjs`` prints. Needs Debian's python3-icu, once; no test does. ICU knows no
Montenegrin, so that its order is made here of the rules for Croatian and two more letters, and
forgets Đ in the index of Bosnian and of Serbian in Latin letters.
"""

import json
import sys
from pathlib import Path
from typing import Any

import icu

FORGOTTEN = {"bs": "[Đ]", "sr-latn": "[Đ]"}
MONTENEGRIN = "&[before 1]T<ś<<<Ś&Ž<ź<<<Ź"
MONTENEGRIN_LETTERS = "[A-Z Č Ć {DŽ} Đ {LJ} {NJ} Š Ś Ž Ź]"


def montenegrin_collator() -> Any:
    croatian = icu.Collator.createInstance(icu.Locale("hr")).getRules()
    return icu.RuleBasedCollator(croatian + MONTENEGRIN)


def index_of(language: str) -> Any:
    if language == "cnr":
        index = icu.AlphabeticIndex(montenegrin_collator())
        return index.addLabels(icu.UnicodeSet(MONTENEGRIN_LETTERS))
    index = icu.AlphabeticIndex(icu.Locale(language.replace("sr-latn", "sr_Latn")))
    return index.addLabels(icu.UnicodeSet(FORGOTTEN.get(language, "[]")))


def main() -> None:
    orders = json.load(sys.stdin)
    newer = orders.pop("icu")
    version = f"Order: ICU {newer}. Letters, and the order of cnr: ICU {icu.ICU_VERSION}.\n"
    folder = Path(__file__).parent
    (folder / "version.txt").write_text(version, encoding="utf-8")
    orders["cnr"].sort(key=montenegrin_collator().getSortKey)
    for language, names in orders.items():
        index = index_of(language)
        labels = list(index)
        lines = [f"{labels[index.getBucketIndex(name)][0]}\t{name}\n" for name in names]
        (folder / f"{language}.tsv").write_text("".join(lines), encoding="utf-8")


main()
