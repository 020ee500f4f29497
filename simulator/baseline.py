"""Baselines: the published state of units that a what-if starts from.

Per indicator the evidence is one of: counts known, only a rate known (per 100, counts
unpublished), printed without cases, or unknown (then only the group score anchors it).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from simulator.errors import ScenarioError
from simulator.period import Period, period_of
from simulator.rules import Edition, Text
from simulator.score import at_zero_hundredths, check_counts, indicator_hundredths, score_unit

# In the pool of units that no code ties to a province: they are ranked in their own file only.
NAMELESS = "nameless"


class Basis(StrEnum):
    """What is known about an indicator of a unit."""

    COUNTS = "counts"
    RATE = "rate"  # numerator in percent, denominator 100
    NONE = "none"  # printed without cases; the rule at zero applies
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was published (or assumed) about one indicator of one unit.

    ``published`` is the printed score in hundredths of a point, None if not printed.
    ``assumed`` marks a starting value from the user or inferred from the group score.
    """

    basis: Basis
    numerator: float = 0.0
    denominator: float = 0.0
    published: int | None = None
    flag: str | None = None
    raw: str | None = None
    note: str | None = None
    assumed: bool = False

    @property
    def rate_percent(self) -> float | None:
        """Rate in percent, for display only; scores are never computed from it."""
        return self.numerator / self.denominator * 100 if self.denominator else None


UNKNOWN = Evidence(Basis.UNKNOWN)


@dataclass(frozen=True)
class Fact:
    """A published number that is not part of the score."""

    code: str
    value: float | None
    value_unit: str | None
    raw: str | None
    note: str | None


@dataclass(frozen=True)
class Unit:
    """One province, department, commune ... as published.

    ``groups`` and ``total`` in hundredths of a point; a missing group was not published.
    ``evidence`` follows ``edition.indicators``.
    """

    code: str
    name: str
    short_name: str
    level: str
    pool: str | None
    groups: Mapping[str, int]
    total: int | None
    evidence: tuple[Evidence, ...]
    averages: Mapping[str, int] = field(default_factory=dict)
    score_notes: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    published_rank: int | None = None
    published_pool_size: int | None = None

    @property
    def numerators(self) -> list[float]:
        return [item.numerator for item in self.evidence]

    @property
    def denominators(self) -> list[float]:
        return [item.denominator for item in self.evidence]

    def fact(self, code: str) -> float | None:
        """A published number outside the score; None if it was not published."""
        return next((fact.value for fact in self.facts if fact.code == code), None)

    def knows(self, position: int) -> bool:
        return self.evidence[position].basis is not Basis.UNKNOWN

    def has_no_dossiers(self, edition: Edition) -> bool:
        """True where the unit is known to have received no dossier in the period."""
        item = self.evidence[edition.position["ON_TIME"]]
        return item.basis is not Basis.UNKNOWN and item.denominator == 0


@dataclass(frozen=True)
class Baseline:
    """One capture of one list of units.

    ``peers_from`` names another baseline whose units serve as peers where this one does
    not list them; ``complete`` is False if a pool is only partly listed.
    """

    id: str
    title: Text
    edition: Edition
    period: str
    period_text: Text
    captured_at: str
    source: str
    units: Mapping[str, Unit]
    notes: tuple[Text, ...] = ()
    unit_notes: Mapping[str, tuple[Text, ...]] = field(default_factory=dict)
    peers_from: str | None = None
    incomplete_pools: frozenset[str] = frozenset()
    default_unit: str = ""
    fingerprint: str = ""

    def whole_period(self) -> Period:
        """The period the figures belong to; :class:`ScenarioError` if its days are not known."""
        return period_of(self.period, self.captured_at)

    def unit(self, code: str) -> Unit:
        """The unit with ``code``; :class:`ScenarioError` if this baseline has none."""
        try:
            return self.units[code]
        except KeyError:
            raise ScenarioError(
                "unknown_unit", unit=code, baseline=self.id, example=self.default_unit
            ) from None


def with_assumption(
    unit: Unit, edition: Edition, indicator: str, numerator: float, denominator: float
) -> Unit:
    """Give an unpublished indicator a starting value, marked as an assumption.

    Raises :class:`ScenarioError` for an unknown indicator, for impossible counts and for
    an indicator whose counts are published: an assumption never overrides those.
    """
    if indicator not in edition.position:
        raise ScenarioError("unknown_indicator", indicator=indicator)
    position = edition.position[indicator]
    known = unit.evidence[position]
    if known.basis in (Basis.COUNTS, Basis.RATE) and not known.assumed:
        raise ScenarioError("assumption_on_published", indicator=indicator)
    check_counts(numerator, denominator, indicator)
    for value in (numerator, denominator):
        if not float(value).is_integer():
            raise ScenarioError("count_out_of_range", indicator=indicator, value=value)
    if denominator == 0:
        raise ScenarioError("assumption_needs_cases", indicator=indicator)
    if known.basis is Basis.NONE:
        _check_against_printed(edition, position, numerator, denominator)
    assumed = Evidence(Basis.COUNTS, numerator, denominator, known.published, assumed=True)
    evidence = (*unit.evidence[:position], assumed, *unit.evidence[position + 1 :])
    return replace(unit, evidence=evidence)


def _check_against_printed(
    edition: Edition, position: int, numerator: float, denominator: float
) -> None:
    """An indicator printed without cases has its score: assumed counts must give the same."""
    item = edition.indicators[position]
    printed = at_zero_hundredths(edition)[position]
    score = indicator_hundredths(numerator, denominator, item.maximum, item.cap_percent)
    if score != printed:
        raise ScenarioError(
            "assumption_contradicts",
            indicator=item.code, printed=printed / 100, score=score / 100,
        )  # fmt: skip


def model_scores(edition: Edition, unit: Unit) -> list[int | None]:
    """Score of each indicator by the rules, None where nothing is known about it."""
    scores = score_unit(edition, unit.numerators, unit.denominators)
    return [score if unit.knows(k) else None for k, score in enumerate(scores)]


def infer_single_unknown(edition: Edition, unit: Unit, denominators: Mapping[str, float]) -> Unit:
    """Fill the one unknown indicator of a group whose score leaves exactly one choice of points.

    Bulk listings omit ``totalFeeDossierFormality`` but print the group score and the
    number of fee procedures. The count in the middle of those that explain the remainder
    is taken and marked as assumed; the group score itself stays the published one.
    ``denominators`` maps an indicator to the denominator it shares with a published one.
    """
    for group, positions in edition.group_positions.items():
        unknown = [k for k in positions if not unit.knows(k)]
        if len(unknown) != 1 or group not in unit.groups:
            continue
        position = unknown[0]
        item = edition.indicators[position]
        denominator = denominators.get(item.code, 0)
        rest = sum(score or 0 for k, score in enumerate(model_scores(edition, unit))
                   if k in positions and k != position)  # fmt: skip
        fitting = [
            count
            for count in range(int(denominator) + 1)
            if denominator
            and indicator_hundredths(count, denominator, item.maximum, item.cap_percent)
            == unit.groups[group] - rest
        ]
        if fitting:
            middle = Evidence(
                Basis.COUNTS, fitting[len(fitting) // 2], denominator,
                unit.groups[group] - rest, flag="INFERRED_FROM_GROUP", assumed=True,
            )  # fmt: skip
            evidence = (*unit.evidence[:position], middle, *unit.evidence[position + 1 :])
            unit = replace(unit, evidence=evidence)
    return unit
