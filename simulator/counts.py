"""Counts after the levers: moves added, clamped, then coupled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.baseline import Basis, Unit
from simulator.errors import Notice
from simulator.rules import CouplingKind, Edition


@dataclass(frozen=True)
class Counts:
    """Counts of every indicator after the levers, in the order of the edition.

    Each entry is a number, or an array of one number per what-if.
    """

    numerators: list[Any]
    denominators: list[Any]
    notices: tuple[Notice, ...] = ()

    def rate_percent(self, position: int) -> float | None:
        """Rate of one indicator in percent, for display; None without cases."""
        denominator = self.denominators[position]
        return self.numerators[position] / denominator * 100 if denominator else None


def move_counts(
    edition: Edition,
    unit: Unit,
    settings: Mapping[str, Any],
    lowest: Callable[[Any, Any], Any] = min,
    highest: Callable[[Any, Any], Any] = max,
) -> Counts:
    """Apply levers and couplings to the counts of ``unit``.

    The result depends on the set of settings, not on their order: changes are added,
    then clamped to [0, denominator], then the couplings hold in the order of the rules.
    ``lowest`` and ``highest`` are ``min`` and ``max``, or numpy's for arrays of settings.
    """
    before = unit.numerators
    numerators: list[Any] = list(before)
    denominators: list[Any] = list(unit.denominators)
    for lever in edition.levers:
        change = settings.get(lever.code)
        if change is None:
            continue
        for move in lever.moves:
            part = numerators if move.part == "numerator" else denominators
            k = edition.position[move.indicator]
            # Counts that are not known cannot move: no difference may come from them.
            if unit.knows(k):
                part[k] = part[k] + move.by * change
    cuts: list[tuple[str, int, int, Any]] = []
    for k, wanted in enumerate(numerators):
        numerators[k] = highest(lowest(wanted, denominators[k]), 0.0)
        cuts.append(("cut_at_all", k, k, wanted - numerators[k]))
    for kind, k, partner in edition.count_couplings:
        if not comparable(unit, k, partner):
            continue
        if kind is CouplingKind.FOLLOW:
            moved = numerators[k] + (numerators[partner] - before[partner])
            numerators[k] = highest(lowest(moved, denominators[k]), 0.0)
        else:
            # An excess that was published stays; the coupling only binds what moves.
            limit = numerators[partner]
            if before[k] > before[partner]:
                limit = before[k] + (numerators[partner] - before[partner])
            wanted = numerators[k]
            numerators[k] = lowest(wanted, limit)
            cuts.append(("cut_at_partner", k, partner, wanted - numerators[k]))
    return Counts(numerators, denominators, _cut_notices(edition, unit, settings, cuts, lowest))


def comparable(unit: Unit, first: int, second: int) -> bool:
    """True if two indicators of ``unit`` can couple: counts with counts, rates with rates."""
    bases = {unit.evidence[first].basis, unit.evidence[second].basis}
    return bases in ({Basis.COUNTS}, {Basis.RATE})


def _cut_notices(
    edition: Edition,
    unit: Unit,
    settings: Mapping[str, Any],
    cuts: list[tuple[str, int, int, Any]],
    lowest: Callable[[Any, Any], Any],
) -> tuple[Notice, ...]:
    """Tell which indicator did not take all that was asked (scalar settings only)."""
    if lowest is not min:
        return ()
    moved = {
        edition.position[move.indicator]
        for code, change in settings.items()
        if change
        for move in edition.lever_by_code[code].moves
    }
    return tuple(
        Notice(
            code,
            {
                "indicator": edition.indicators[k].code,
                "partner": edition.indicators[partner].code,
                "lost": lost,
            },
        )
        for code, k, partner, lost in cuts
        if lost > 0 and k in moved and unit.knows(k)
    )
