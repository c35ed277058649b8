"""Countries, schools and pairs, as other items name them: each kind loaded once an answer."""

from collections.abc import Collection
from datetime import date
from typing import Any

from v2v_snippets.keeping import kept
from v2v_snippets.language.fallback import best_of
from v2v_snippets.models import Country, CountryText, Partner, PersonConsent, Twinning

from .versions import Versions


class Countries:
    """Names and footnotes of all countries, in all languages: one query."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._texts: dict[str, dict[str, CountryText]] = {}
        self._footnotes: dict[str, list[dict[str, str]]] = {}
        rows = CountryText.objects.select_related("country").order_by("country__code", "language")
        for row in rows:
            self._texts.setdefault(row.country.code, {})[row.language] = row

    def reference(self, country: Country) -> dict[str, Any]:
        """Returns a country with its name, mark and footnote."""
        text = best_of(self._texts.get(country.code, {}), self._language)
        return {
            "code": country.code,
            "name": country.marked(text.name) if text else country.code,
            "footnote": self.footnote(country, self._language),
        }

    def footnote(self, country: Country, language: str) -> dict[str, str] | None:
        """Returns the footnote that must stand wherever the country's name does, or None."""
        rows = self._texts.get(country.code, {})
        notes = {code: row.footnote for code, row in rows.items() if row.footnote}
        best = best_of({code: (code, note) for code, note in notes.items()}, language)
        if not country.footnote_mark or best is None:
            return None
        return {"text": f"{country.footnote_mark} {best[1]}", "language": best[0]}

    def footnotes(self, language: str) -> list[dict[str, str]]:
        """Returns the footnotes of all marked countries, for a text in ``language``.

        Every item carries them whether or not it names the country: a text may do so in words that
        no program recognises.
        """
        if language not in self._footnotes:
            countries = [next(iter(rows.values())).country for rows in self._texts.values()]
            notes = [self.footnote(country, language) for country in countries]
            self._footnotes[language] = [note for note in notes if note]
        return self._footnotes[language]


@kept
def countries_for(language: str) -> Countries:
    """Returns what countries are called, read once for a version of the content."""
    return Countries(language)


class Schools:
    """Writes partners and twinnings, as items refer to them."""

    def __init__(self, versions: Versions, countries: Countries, language: str) -> None:
        self._versions = versions
        self._countries = countries
        self._language = language
        self._partners: dict[int, dict[str, Any]] = {}
        self._twinnings: dict[int, dict[str, Any]] = {}
        self._lists: dict[str, str] = {}

    def partner(self, partner: Partner | None) -> dict[str, Any] | None:
        """Returns a school or network; its ``country`` must be loaded."""
        if partner is None:
            return None
        if partner.pk not in self._partners:
            self._partners[partner.pk] = {
                "id": partner.public_id,
                "slug": partner.slug,
                "name": partner.short_name,
                "url": self.url("PartnerIndexPage", partner.slug),
                "country": self._countries.reference(partner.country),
            }
        return self._partners[partner.pk]

    def twinning(self, twinning: Twinning) -> dict[str, Any]:
        """Returns a pair; its schools and their countries must be loaded."""
        if twinning.pk not in self._twinnings:
            self._twinnings[twinning.pk] = {
                "id": twinning.public_id,
                "number": twinning.number,
                "name": twinning.name,
                "url": self.url("TwinningIndexPage", str(twinning.number)),
                "european_school": self.partner(twinning.european_school),
                "balkan_school": self.partner(twinning.balkan_school),
            }
        return self._twinnings[twinning.pk]

    def url(self, list_name: str, part: str) -> str:
        """Returns the address of a record below its list; "" while there is no public list."""
        if list_name not in self._lists:
            self._lists[list_name] = self._versions.list_url(list_name, self._language)
        address = self._lists[list_name]
        return f"{address}{part}/" if address else ""


def load_twinnings(keys: Collection[int], *, everything: bool) -> dict[int, Twinning]:
    """Returns twinnings with their schools by key, in the order of their numbers: one query."""
    if not keys and not everything:
        return {}
    schools = ("european_school__country", "balkan_school__country")
    twinnings = Twinning.objects.select_related(*schools).order_by("number")
    if not everything:
        twinnings = twinnings.filter(pk__in=keys)
    return {twinning.pk: twinning for twinning in twinnings}


def load_consents(keys: Collection[int], day: date) -> dict[int, PersonConsent]:
    """Returns those of the consents that hold on ``day``, by key: one query."""
    if not keys:
        return {}
    consents = PersonConsent.objects.filter(pk__in=keys).valid_on(day)
    return {consent.pk: consent for consent in consents.select_related("partner__country")}
