"""Sentences and numbers in one language."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.baseline import Basis
from simulator.numbers import format_count, format_number, format_percent, format_points
from simulator.rules import Edition, Text
from simulator.text import catalogue, say


@dataclass(frozen=True)
class Speech:
    """Sentences and numbers in one language."""

    language: str
    decimals: int = 2
    group_names: frozenset[str] = frozenset()

    def __call__(self, key: str, /, **fields: object) -> str:
        return say(self.language, key, **fields)

    def template(self, key: str) -> str:
        """The sentence with its placeholders, to be filled in the page."""
        return catalogue(self.language)[key]

    def name(self, text: Text) -> str:
        return text[self.language]

    def points(self, hundredths: int | None, *, sign: bool = False) -> str:
        """Points with the decimals the edition can claim; a dash if not published."""
        if hundredths is None:
            return self("unit.unknown")
        return format_points(hundredths, self.decimals, self.language, sign=sign)

    def count(self, value: float, *, sign: bool = False) -> str:
        return format_count(value, self.language, sign=sign)

    def number(self, value: float, decimals: int) -> str:
        return format_number(value, decimals, self.language)

    def change(self, value: float, basis: Basis) -> str:
        """A change of a lever: whole cases, or percentage points of a rate."""
        return self.count(value if basis is Basis.RATE else round(value), sign=True)

    def percent(self, value: float | None) -> str:
        return self("unit.unknown") if value is None else format_percent(value, self.language)

    def cap(self, percent: float) -> str:
        """A cap of the rules: 80%, without decimals it does not have."""
        return format_percent(percent, self.language, 0 if percent.is_integer() else 1)


def speech_for(edition: Edition, language: str) -> Speech:
    """How figures of ``edition`` are told in ``language``."""
    names = frozenset(group.name[language] for group in edition.groups)
    return Speech(language, edition.decimals, names)
