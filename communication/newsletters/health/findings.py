"""What was found out about one thing, in one sentence that says what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding matters."""

    FINE = "fine"
    ADVICE = "advice"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    """In a word that stays, for programs: "spf"."""
    level: Level
    sentence: str


def fine(subject: str, sentence: str) -> Finding:
    """Says that something is as it should be."""
    return Finding(subject, Level.FINE, sentence)


def advice(subject: str, sentence: str) -> Finding:
    """Says what would be better, and can do without."""
    return Finding(subject, Level.ADVICE, sentence)


def problem(subject: str, sentence: str) -> Finding:
    """Says what keeps mails from arriving, or from being lawful."""
    return Finding(subject, Level.PROBLEM, sentence)
