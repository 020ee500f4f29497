"""The rates of a list of units that a preset goes by: their average, or those of the leaders.

Only published counts are taken: a rate that was inferred or assumed says nothing of a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from math import fsum

from simulator.baseline import Basis, Unit
from simulator.errors import Notice
from simulator.rank import group_scores
from simulator.rules import Edition

# One unit alone has no average.
FEWEST = 2


class Rates(StrEnum):
    """Which rate the indicators of a preset should reach."""

    MOST = "most"  # that of full marks
    AVERAGE = "average"  # the mean of the units of the list, each with the same weight
    LEADER = "leader"  # that of the unit with the highest score of the group


def rates_of(
    which: Rates, edition: Edition, codes: Iterable[str], listed: tuple[Unit, ...]
) -> tuple[dict[str, float], list[Notice]]:
    """The rate each indicator has in the list, as far as it is known, and whose it is."""
    rates = {code: _published(listed, edition.position[code]) for code in codes}
    if which is Rates.AVERAGE:
        found, notices = _averages(rates, len(listed))
    else:
        found, notices = _of_leaders(rates, edition, listed)
    unknown = [code for code in rates if code not in found]
    if unknown:
        notices.append(Notice("preset_no_rates", {"indicators": ", ".join(unknown)}))
    return found, notices


def _published(listed: tuple[Unit, ...], position: int) -> dict[str, float]:
    """Rates by code of the unit, of those whose counts are published."""
    known = ((unit.code, unit.evidence[position]) for unit in listed)
    return {
        code: item.numerator / item.denominator
        for code, item in known
        if item.basis is Basis.COUNTS and item.denominator and not item.assumed
    }


def _averages(
    rates: Mapping[str, Mapping[str, float]], listed: int
) -> tuple[dict[str, float], list[Notice]]:
    known = {code: found for code, found in rates.items() if len(found) >= FEWEST}
    if not known:
        return {}, []
    sizes = [len(found) for found in known.values()]
    fields = {"fewest": min(sizes), "most": max(sizes), "listed": listed}
    means = {code: fsum(found.values()) / len(found) for code, found in known.items()}
    return means, [Notice("preset_average_of", fields)]


def _of_leaders(
    rates: Mapping[str, Mapping[str, float]], edition: Edition, listed: tuple[Unit, ...]
) -> tuple[dict[str, float], list[Notice]]:
    """Rates of the unit with the highest score of each group, among those with counts in it."""
    found: dict[str, float] = {}
    notices = []
    scores = {unit.code: group_scores(edition, unit) for unit in listed}
    names = {unit.code: unit.short_name for unit in listed}
    for group, positions in edition.group_positions.items():
        mine = [code for code in rates if edition.position[code] in positions]
        ranked = [unit for unit in scores if scores[unit][group] is not None]
        # The highest score, and of equal ones the first by code.
        ranked.sort(key=lambda unit: (-(scores[unit][group] or 0), unit))
        leader = next((unit for unit in ranked if any(unit in rates[code] for code in mine)), None)
        if leader is None:
            continue
        found |= {code: rates[code][leader] for code in mine if leader in rates[code]}
        score = scores[leader][group] or 0
        fields = {"group": group, "unit": names[leader], "value_first": f"{score / 100:.2f}"}
        best = scores[ranked[0]][group] or 0
        if best == score:
            notices.append(Notice("preset_leader", fields))
        else:
            ahead = {"leader": names[ranked[0]], "value_second": f"{best / 100:.2f}"}
            notices.append(Notice("preset_leader_with_counts", fields | ahead))
    return found, notices
