"""Printed scores against their parts, against the rules, and counts against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from simulator.checks.findings import Finding, Level
from simulator.readers.records import Reading
from simulator.rules import CouplingKind, Edition
from simulator.scorecard import IndicatorScore, UnitScore

# Scores in hundredths. The portal's own sums are off by one here and there.
SLIP = 1
# Counts of one unit's dossiers in different groups may differ by this share of them: the groups
# are read one after the other while files keep coming.
MOVING = 0.01
SAME_DOSSIERS = ("ON_TIME", "ORIGINAL_RESULT_AVAILABLE", "DOSSIER_RECEIVING_SATISFACTION")
# A printed rate is off by up to this much, in percent: without decimals, or with one.
ROUNDED = {True: 0.5, False: 0.05}


def figure_findings(
    edition: Edition, reading: Reading, units: Sequence[UnitScore]
) -> list[Finding]:
    """All findings about the figures of single units."""
    found = [*_against_rules(edition, reading, units)]
    for unit in units:
        found += _sums(edition, unit)
        found += _couplings(edition, unit)
        found += _denominators(edition, unit)
    return found


def reproduced(units: Sequence[UnitScore]) -> tuple[int, int]:
    """Printed scores that the rules give to the hundredth, and all that can be compared."""
    exact = compared = 0
    for unit in units:
        pairs: list[tuple[int | None, int | None]] = [
            (item.published, item.counted) for item in unit.indicators if not item.is_rate
        ]
        pairs += [(score, unit.groups[group]) for group, score in unit.published_groups.items()]
        pairs.append((unit.published_total, unit.total))
        known = [(a, b) for a, b in pairs if a is not None and b is not None]
        exact += sum(a == b for a, b in known)
        compared += len(known)
    return exact, compared


def _slack(edition: Edition, item: IndicatorScore) -> float:
    """By how many hundredths the score of a rounded rate can be off; 0 for counts."""
    if not item.is_rate or item.numerator is None:
        return 0
    apart = ROUNDED[item.numerator.is_integer()] / edition.indicator(item.code).cap_percent
    return 100 * item.maximum * apart + SLIP


def _against_rules(
    edition: Edition, reading: Reading, units: Sequence[UnitScore]
) -> Iterator[Finding]:
    """Indicators whose printed score is not what their counts or their rate give."""
    places = {(row.unit.key, row.code): row.place for row in reading.rows}
    for unit in units:
        for item in unit.indicators:
            if item.published is None:
                continue
            if abs(item.published - item.counted) > _slack(edition, item):
                fields = {
                    "unit": unit.unit, "indicator": item.code, "printed": item.published / 100,
                    "computed": item.counted / 100,
                }  # fmt: skip
                place = places.get((unit.unit, item.code))
                yield Finding(Level.DOUBTFUL, "score_differs", fields, place)


def _sums(edition: Edition, unit: UnitScore) -> Iterator[Finding]:
    """Groups against their indicators, the total against its groups."""
    # Points of single indicators of an estimate's edition were never published.
    compared = {} if edition.estimate else unit.published_groups
    for group, printed in compared.items():
        computed = unit.groups[group]
        slack = sum(_slack(edition, item) for item in unit.indicators
                    if edition.indicator(item.code).group == group)  # fmt: skip
        if computed is not None and abs(computed - printed) > slack:
            level = Level.NOTE if abs(computed - printed) <= SLIP else Level.DOUBTFUL
            fields = {"unit": unit.unit, "group": group, "printed": printed / 100,
                      "computed": computed / 100}  # fmt: skip
            yield Finding(level, "group_differs", fields)
    total = unit.published_total
    if total is None or not unit.published_groups:
        return
    parts = sum(unit.published_groups.values())
    # Scores printed with one decimal are off by up to 0.05 each, and so is the total.
    shown = [*unit.published_groups.values(), total]
    rounded = sum(score % 10 == 0 for score in shown)
    slack = SLIP * len(shown)
    if edition.estimate or rounded == len(shown):
        slack = 5 * rounded + SLIP * (len(shown) - rounded)
    fields = {"unit": unit.unit, "total": total / 100, "parts": parts / 100,
              "count": len(unit.published_groups)}  # fmt: skip
    if parts - total > slack:
        yield Finding(Level.WRONG, "parts_above_total", fields)
    # Groups that were not printed can have been worth at most their maximum.
    missing = [one for one in edition.groups if one.code not in unit.published_groups]
    if total - parts > slack + 100 * sum(one.maximum for one in missing):
        yield Finding(Level.DOUBTFUL, "total_above_parts", fields)


def _couplings(edition: Edition, unit: UnitScore) -> Iterator[Finding]:
    """Counts that cannot be larger than others, where both have the same denominator."""
    rows = {item.code: item for item in unit.indicators}
    for coupling in edition.couplings:
        limited, partner = rows.get(coupling.indicator), rows.get(coupling.partner)
        if coupling.kind not in (CouplingKind.LIMIT, CouplingKind.FOLLOW):
            continue
        if limited is None or partner is None or limited.denominator != partner.denominator:
            continue
        rounding = 2 * ROUNDED[False] if limited.is_rate or partner.is_rate else 0
        if (limited.numerator or 0) > (partner.numerator or 0) + rounding:
            fields = {"unit": unit.unit, "indicator": limited.code, "partner": partner.code,
                      "found": limited.numerator, "limit": partner.numerator}  # fmt: skip
            yield Finding(Level.DOUBTFUL, "coupling_broken", fields)


def _denominators(edition: Edition, unit: UnitScore) -> Iterator[Finding]:
    """Groups that count all dossiers of the unit must count the same ones."""
    rows = {item.code: item for item in unit.indicators if not item.is_rate and item.denominator}
    known = [rows[code] for code in SAME_DOSSIERS if code in rows]
    for first, second in pairwise(known):
        counts = (first.denominator or 0, second.denominator or 0)
        if abs(counts[0] - counts[1]) > MOVING * max(counts):
            fields = {
                "unit": unit.unit, "first": counts[0], "second": counts[1],
                "group": edition.indicator(first.code).group,
                "other_group": edition.indicator(second.code).group,
            }  # fmt: skip
            yield Finding(Level.DOUBTFUL, "other_refresh", fields)
