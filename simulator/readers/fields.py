"""Plain parameters of the portal (totalOnTime, totalReceived ...) as indicators.

The one definition is ``data/rules/<edition>/portal_fields.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from simulator.paths import RULES
from simulator.rule_files import load_edition
from simulator.rules import Edition
from simulator.strict_files import check_choice, check_keys, line_of, read_toml


@dataclass(frozen=True)
class Field:
    """Numerator and denominator of an indicator as sums of parameters."""

    indicator: str
    group: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]

    def counts(self, values: Mapping[str, float | None]) -> tuple[float, float] | None:
        """The two sums; None unless every parameter of both was published."""
        numbers = [values.get(name) for name in (*self.numerator, *self.denominator)]
        known = [number for number in numbers if number is not None]
        if len(known) < len(numbers):
            return None
        return sum(known[: len(self.numerator)]), sum(known[len(self.numerator) :])


@dataclass(frozen=True)
class FactField:
    """A parameter that is kept as a fact of the unit: its name, the fact's code and unit."""

    name: str
    code: str
    unit: str


@dataclass(frozen=True)
class PortalFields:
    """All plain parameters that make indicators, and names that earn no points.

    ``facts``: those of the latter that are kept.
    """

    fields: tuple[Field, ...]
    information: tuple[str, ...]
    facts: tuple[FactField, ...] = ()

    def is_information(self, name: str) -> bool:
        return any(fnmatchcase(name, pattern) for pattern in self.information)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every parameter some indicator needs."""
        return tuple(
            dict.fromkeys(
                name for field in self.fields for name in (*field.numerator, *field.denominator)
            )
        )

    @cached_property
    def group_of(self) -> dict[str, str]:
        """Parameter -> code of the group whose indicators need it."""
        return {
            name: field.group
            for field in self.fields
            for name in (*field.numerator, *field.denominator)
        }


def load_fields(edition: Edition) -> PortalFields:
    """The parameters of ``edition``; :class:`~simulator.errors.RulesError` if the file is wrong."""
    return _load(edition.differences_from or edition.code, RULES)


@cache
def _load(edition_code: str, folder: Path) -> PortalFields:
    edition = load_edition(edition_code, folder)
    path = folder / edition_code / "portal_fields.toml"
    raw = read_toml(path)
    check_keys(raw, ("information", "indicator"), ("fact",), file=path.name, line=1)
    fields = []
    for k, entry in enumerate(raw["indicator"]):
        place: dict[str, Any] = {"file": path.name, "line": line_of(path, r"^\[\[indicator\]\]", k)}
        check_keys(entry, ("code", "numerator", "denominator"), (), **place)
        code = check_choice(entry["code"], list(edition.position), key="code", **place)
        numerator, denominator = tuple(entry["numerator"]), tuple(entry["denominator"])
        fields.append(Field(code, edition.indicator(code).group, numerator, denominator))
    facts = []
    for k, entry in enumerate(raw.get("fact", ())):
        line = line_of(path, r"^\[\[fact\]\]", k)
        check_keys(entry, ("name", "code", "unit"), (), file=path.name, line=line)
        facts.append(FactField(entry["name"], entry["code"], entry["unit"]))
    return PortalFields(tuple(fields), tuple(raw["information"]), tuple(facts))
