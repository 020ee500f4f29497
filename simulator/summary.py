"""What screens and reports tell of a projection: losses, marks of the peers, all places.

Everything in whole hundredths of a point.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from simulator.baseline import Unit
from simulator.outlook import half_up
from simulator.project import Projection
from simulator.rank import Peers, Standing, group_scores, standing
from simulator.rules import Edition, Group, Indicator


@dataclass(frozen=True)
class Loss:
    """Points lost on an indicator, or on a whole group whose parts are unknown."""

    group: Group
    indicator: Indicator | None
    lost: int


def losses(projection: Projection) -> list[Loss]:
    """Where points are lost before the what-if, largest first.

    By indicator where the rules give its points; by group where no part is published, and
    for all groups of an edition whose component points are unknown.
    """
    edition, scores = projection.edition, projection.before
    found = []
    for group in edition.groups:
        parts = [k for k in edition.group_positions[group.code] if projection.unit.knows(k)]
        level = scores.groups[group.code]
        if parts and not edition.estimate:
            for k in parts:
                item = edition.indicators[k]
                lost = 100 * item.maximum - (scores.indicators[k] or 0)
                found.append(Loss(group, item, lost))
        elif level is not None:
            found.append(Loss(group, None, 100 * group.maximum - level))
    return sorted((loss for loss in found if loss.lost > 0), key=lambda loss: -loss.lost)


@dataclass(frozen=True)
class Marks:
    """Mean and best score of a group among the peers and the unit; None if not listed."""

    mean: int | None
    best: int | None


def group_marks(edition: Edition, unit: Unit, peers: Peers | None) -> dict[str, Marks]:
    """Marks to compare a unit's groups with; a printed national average wins as mean."""
    everyone = [*(peers.groups.values() if peers else ()), group_scores(edition, unit)]
    marks = {}
    for group in edition.groups:
        known = [score for scores in everyone if (score := scores[group.code]) is not None]
        listed = len(known) > 1
        mean = half_up(Fraction(sum(known), len(known))) if listed else None
        marks[group.code] = Marks(
            mean=unit.averages.get(group.code, mean), best=max(known) if listed else None
        )
    return marks


@dataclass(frozen=True)
class Place:
    """One unit of the list after the what-if, with its standing before and after."""

    unit: Unit
    total: int
    groups: Mapping[str, int | None]
    before: Standing
    after: Standing
    is_own: bool


def places(projection: Projection, peers: Peers) -> list[Place]:
    """All peers and the unit itself, highest total first; empty without a total.

    The simulated unit replaces its own row.
    """
    own_before, own_after = projection.before, projection.after
    if own_before.total is None or own_after.total is None:
        return []
    own = projection.unit.code
    found = [
        Place(
            unit, total, peers.groups[unit.code],
            standing(total, {**_without(peers.totals, unit.code), own: own_before.total}),
            standing(total, {**_without(peers.totals, unit.code), own: own_after.total}),
            is_own=False,
        )
        for unit in peers.units
        for total in [peers.totals[unit.code]]
    ]  # fmt: skip
    found.append(
        Place(
            projection.unit, own_after.total, own_after.groups,
            standing(own_before.total, peers.totals), standing(own_after.total, peers.totals),
            is_own=True,
        )
    )  # fmt: skip
    return sorted(found, key=lambda place: (-place.total, not place.is_own))


def group_standings(projection: Projection, peers: Peers) -> dict[str, tuple[Standing | None, ...]]:
    """Standing in each group before and after the what-if; None where a score is unknown."""
    result = {}
    for group in projection.edition.group_by_code:
        others = {
            code: score
            for code, known in peers.groups.items()
            if (score := known[group]) is not None
        }
        own = (projection.before.groups[group], projection.after.groups[group])
        result[group] = tuple(
            None if score is None or not others else standing(score, others) for score in own
        )
    return result


def _without(totals: Mapping[str, int], code: str) -> dict[str, int]:
    return {other: total for other, total in totals.items() if other != code}
