"""States and kinds, as the database stores them and as editors read them."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Side(TextChoices):
    """Which half of a twinning a school belongs to."""

    EUROPEAN = "eu", _("European Union")
    WESTERN_BALKAN = "wb", _("Western Balkans")


class PartnerKind(TextChoices):
    """What a partner does in the project."""

    VET_PROVIDER = "vet_provider", _("VET provider")
    NETWORK = "network", _("Network")


class TeamKind(TextChoices):
    """The three teams that the kick-off defined."""

    STEERING = "steering", _("Steering team")
    COMMUNICATION = "communication", _("Communication team")
    FINANCIAL = "financial", _("Financial team")


class TwinningStatus(TextChoices):
    """How far a twinning is."""

    PLANNED = "planned", pgettext_lazy("state of a twinning", "Planned")
    ACTIVE = "active", pgettext_lazy("state of a twinning", "Active")
    COMPLETED = "completed", pgettext_lazy("state of a twinning", "Completed")


class PlacePrecision(TextChoices):
    """How much the source says about where a school is; the map never shows more."""

    COUNTRY = "country", _("Country only")
    CITY = "city", _("Centre of the city")


class FundingTextKind(TextChoices):
    """The two sentences that every output of a funded project carries."""

    EMBLEM_LINE = "emblem_line", _("Line beside the emblem")
    DISCLAIMER = "disclaimer", _("Disclaimer")


class WordingStatus(TextChoices):
    """Who stands behind a translation of a prescribed wording."""

    OFFICIAL = "official", _("Official wording")
    NATIONAL_AGENCY = "national_agency", _("Given by a national agency")
    PROJECT = "project", _("Project translation")
    MACHINE = "machine", _("Machine translation")


VERIFIED_WORDINGS = frozenset(
    {WordingStatus.OFFICIAL, WordingStatus.NATIONAL_AGENCY, WordingStatus.PROJECT}
)
"""Wordings fit to be shown; a machine translation falls back to English."""


class TranslationOrigin(TextChoices):
    """Where the text of a page in this language comes from."""

    ORIGINAL = "original", _("Original")
    OFFICIAL = "official", _("Official translation")
    PROJECT = "project", _("Project translation")
    MACHINE = "machine", _("Machine translation")


class Licence(TextChoices):
    """Under what terms a work may be reused, by SPDX identifier where there is one."""

    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC0 = "CC0-1.0", "CC0 1.0"
    ALL_RIGHTS_RESERVED = "all-rights-reserved", _("All rights reserved")


LICENCE_URLS: Final[dict[str, str]] = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
}


def licence_url(code: str) -> str:
    """Returns where a licence is to be read; "" where all rights are reserved or none is known."""
    return LICENCE_URLS.get(code, "")


def licence_name(code: str) -> str:
    """Returns what a licence is called; the code of one that only another app's page type knows."""
    return str(Licence(code).label) if code in Licence.values else code


class ConsentScope(TextChoices):
    """What a person agreed to."""

    QUOTE = "quote", _("Being quoted")
    PICTURE = "picture", _("Being pictured")
    QUOTE_AND_PICTURE = "quote_and_picture", _("Being quoted and pictured")


class ConceptDomain(TextChoices):
    """The three fields whose words the project's glossary collects."""

    VET_SYSTEMS = "vet_systems", _("VET systems")
    INTERNATIONALISATION = "internationalisation", _("Internationalisation")
    LABOUR_MARKET = "labour_market", _("Labour market")


class ConceptStatus(TextChoices):
    """How far the work on a concept is; a retired one keeps its identifier for ever."""

    DRAFT = "draft", pgettext_lazy("state of a concept", "Draft")
    APPROVED = "approved", pgettext_lazy("state of a concept", "Approved")
    RETIRED = "retired", pgettext_lazy("state of a concept", "Retired")


class TermStatus(TextChoices):
    """Whether a term is to be used: the four administrative statuses of TBX-Basic."""

    PREFERRED = "preferred", pgettext_lazy("status of a term", "Preferred")
    ADMITTED = "admitted", pgettext_lazy("status of a term", "Admitted")
    DEPRECATED = "deprecated", pgettext_lazy("status of a term", "Deprecated")
    SUPERSEDED = "superseded", pgettext_lazy("status of a term", "Superseded")


TERMS_IN_USE = frozenset({TermStatus.PREFERRED, TermStatus.ADMITTED})
"""Statuses of terms that a text may use; the others lead to the preferred term."""


class TermType(TextChoices):
    """What form a term has: the picklist of TBX-Basic."""

    FULL_FORM = "full_form", _("Full form")
    ACRONYM = "acronym", _("Acronym")
    ABBREVIATION = "abbreviation", _("Abbreviation")
    SHORT_FORM = "short_form", _("Short form")
    VARIANT = "variant", _("Variant")
    PHRASE = "phrase", _("Phrase")


class PartOfSpeech(TextChoices):
    """The word class of a term: the picklist of TBX-Basic."""

    NOUN = "noun", _("Noun")
    VERB = "verb", _("Verb")
    ADJECTIVE = "adjective", _("Adjective")
    ADVERB = "adverb", _("Adverb")
    PROPER_NOUN = "proper_noun", _("Proper noun")
    OTHER = "other", pgettext_lazy("part of speech", "Other")


class Gender(TextChoices):
    """The grammatical gender of a term: the picklist of TBX-Basic."""

    MASCULINE = "masculine", _("Masculine")
    FEMININE = "feminine", _("Feminine")
    NEUTER = "neuter", _("Neuter")
    OTHER = "other", pgettext_lazy("grammatical gender", "Other")


class DefinitionSource(TextChoices):
    """What kind of text a definition is taken from."""

    LEGAL = "legal", _("Law or official regulation")
    STANDARD = "standard", _("Standard")
    GLOSSARY = "glossary", _("Other glossary")
    PROJECT = "project", _("Written by the project")


class RelationKind(TextChoices):
    """How two concepts of the glossary relate; narrower is broader, read from the other side."""

    BROADER = "broader", _("Broader concept")
    RELATED = "related", _("Related concept")


class MappingRelation(TextChoices):
    """How a concept of another vocabulary relates to ours: SKOS's mapping properties."""

    EXACT = "exact", pgettext_lazy("match of concepts", "Exact")
    CLOSE = "close", pgettext_lazy("match of concepts", "Close")
    BROAD = "broad", pgettext_lazy("match of concepts", "Broader")
    NARROW = "narrow", pgettext_lazy("match of concepts", "Narrower")
    RELATED = "related", pgettext_lazy("match of concepts", "Related")


class Vocabulary(TextChoices):
    """The vocabularies that concepts are mapped to, by their own names."""

    EUROVOC = "eurovoc", "EuroVoc"
    ESCO = "esco", "ESCO"
    UNESCO = "unesco", "UNESCO"
    OTHER = "other", pgettext_lazy("vocabulary", "Other")


class Equivalence(TextChoices):
    """How well a national institution or qualification matches the concept."""

    FULL = "full", pgettext_lazy("degree of equivalence", "Full")
    PARTIAL = "partial", pgettext_lazy("degree of equivalence", "Partial")
    NONE = "none", pgettext_lazy("degree of equivalence", "None")
    FALSE_FRIEND = "false_friend", _("False friend")


class ImportState(TextChoices):
    """What happens next with a file that was uploaded for the glossary."""

    UPLOADED = "uploaded", _("Is being compared")
    COMPARED = "compared", _("Waits for a decision")
    AGREED = "agreed", _("Is being written")
    WRITTEN = "written", _("Written")
    FAILED = "failed", _("Failed")


class IndicatorKind(TextChoices):
    """What a value of an indicator is; comparable values are of one kind."""

    TEXT = "text", pgettext_lazy("kind of value", "Text")
    NUMBER = "number", pgettext_lazy("kind of value", "Number")
    PERCENT = "percent", _("Percentage")
    YEARS = "years", _("Years")
    YES_NO = "yes_no", _("Yes or no")


NUMERIC_KINDS = frozenset({IndicatorKind.NUMBER, IndicatorKind.PERCENT, IndicatorKind.YEARS})
"""Kinds whose values are numbers."""


class IndicatorGroup(TextChoices):
    """Under which heading an indicator stands, in this order."""

    STRUCTURE = "structure", _("Structure of the system")
    GOVERNANCE = "governance", _("Governance and funding")
    PARTICIPATION = "participation", _("Learners and teachers")
    LEARNING = "learning", _("Learning at work")
    PROGRESSION = "progression", _("Certificates and progression")
    MOBILITY = "mobility", _("Mobility and internationalisation")


class TargetGroup(TextChoices):
    """Who has to know what an article of the repository says."""

    LEARNERS = "learners", _("Learners")
    STAFF = "staff", _("Staff and accompanying persons")
    ORGANISERS = "organisers", _("Organisers")


class ReviewState(TextChoices):
    """Whether a reader can rely on an article of the repository today."""

    FRESH = "fresh", pgettext_lazy("state of an article", "Up to date")
    DUE = "due", pgettext_lazy("state of an article", "Review due")
    OUTDATED = "outdated", pgettext_lazy("state of an article", "Outdated")


class EventKind(TextChoices):
    """What sort of date of the project an event is."""

    KICK_OFF = "kick_off", _("Kick-off session")
    VISIT = "visit", _("Professional visit")
    MEETING = "meeting", _("Meeting")
    TRAINING = "training", _("Training")
    CONFERENCE = "conference", _("Conference")
    OTHER = "other", pgettext_lazy("kind of event", "Other event")


class EventStatus(TextChoices):
    """Whether an event will take place as it is announced."""

    PLANNED = "planned", pgettext_lazy("state of an event", "Planned")
    CONFIRMED = "confirmed", pgettext_lazy("state of an event", "Confirmed")
    POSTPONED = "postponed", pgettext_lazy("state of an event", "Postponed")
    CANCELLED = "cancelled", pgettext_lazy("state of an event", "Cancelled")


class DatePrecision(TextChoices):
    """How exactly a date is known."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
