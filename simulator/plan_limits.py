"""Why a goal is out of reach: what keeps the best possible score down, and since when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from simulator.baseline import Unit
from simulator.outlook import Outlook
from simulator.plan_choices import LeversLeft, is_offered
from simulator.plan_goals import Goal, Limits
from simulator.project import Projection, project
from simulator.reach import ceilings
from simulator.rules import Edition, Reach


class Reason(StrEnum):
    """What holds an indicator below its full marks."""

    LOCKED = "locked"
    CAPACITY = "capacity"
    RISK = "risk"  # one that was assumed
    PERIOD = "period"  # what failed so far stays in the period
    UNPUBLISHED = "unpublished"
    NO_LEVER = "no_lever"


@dataclass(frozen=True)
class Binding:
    """An indicator that stays below full marks at best, and why.

    ``missing``: hundredths it lacks for that reason, None where it is not published; ``levers``:
    those that are locked, at the end of their capacity or risks, else those that move it.
    """

    indicator: str
    reason: Reason
    missing: int | None
    levers: tuple[str, ...] = ()


def bindings(
    edition: Edition, goal: Goal, left: LeversLeft, limits: Limits, ceiling: Projection
) -> tuple[Binding, ...]:
    """What is missing at ``ceiling`` to the full marks of the scores that are short, most first.

    What an assumed risk takes from an indicator is told apart from what it lacks anyway.
    """
    found = []
    short, risks = goal.short(ceiling), _risks(edition, left)
    spared = _without(ceiling, risks).after.indicators if risks else ceiling.after.indicators
    for group, positions in edition.group_positions.items():
        if not (short.total is not None or group in short.groups):
            continue
        for k in positions:
            score, most = ceiling.after.indicators[k], 100 * edition.indicators[k].maximum
            if score is None:
                found.append(Binding(edition.indicators[k].code, Reason.UNPUBLISHED, None))
                continue
            taken = max((spared[k] or 0) - score, 0)
            if taken:
                found.append(_risk(k, taken, risks, ceiling))
            if score + taken < most:
                missing = most - score - taken
                found.append(_binding(edition.indicators[k].code, missing, left, limits, ceiling))
    return tuple(sorted(found, key=lambda item: -(item.missing or 0)))


def _risks(edition: Edition, left: LeversLeft) -> tuple[str, ...]:
    """Risks that were assumed: no plan takes them back."""
    return tuple(
        code for code, change in left.fixed.items()
        if change > 0 and edition.lever_by_code[code].direction == "harmful"
    )  # fmt: skip


def _without(ceiling: Projection, levers: Collection[str]) -> Projection:
    settings = {code: at for code, at in ceiling.settings.items() if code not in levers}
    return project(ceiling.edition, ceiling.unit, settings, None, ceiling.outlook)


def _risk(k: int, taken: int, risks: tuple[str, ...], ceiling: Projection) -> Binding:
    """The risks that move indicator ``k`` by themselves, else all: together they do."""
    now = ceiling.after.indicators[k]
    own = tuple(code for code in risks if _without(ceiling, (code,)).after.indicators[k] != now)
    return Binding(ceiling.edition.indicators[k].code, Reason.RISK, taken, own or risks)


def _binding(
    code: str, missing: int, left: LeversLeft, limits: Limits, ceiling: Projection
) -> Binding:
    own = {
        lever: bounds for lever, bounds in left.ranges.items()
        if bounds.lever.indicator == code and is_offered(bounds.lever)
    }  # fmt: skip
    locked = tuple(
        lever for lever, bounds in own.items()
        if lever in limits.locked and limits.locked[lever] < bounds.high
    )  # fmt: skip
    if locked:
        return Binding(code, Reason.LOCKED, missing, locked)
    capped = tuple(
        choice.code for choice in left.choices
        if choice.code in own and choice.most < choice.bounds.high
    )  # fmt: skip
    if capped:
        return Binding(code, Reason.CAPACITY, missing, capped)
    coming = any(bounds.lever.reach is Reach.COMING for bounds in own.values())
    reason = Reason.PERIOD if coming and ceiling.outlook is not None else Reason.NO_LEVER
    return Binding(code, reason, missing, tuple(own))


def reachable_until(
    edition: Edition, unit: Unit, outlook: Outlook | None, goal: Goal,
    fixed: Mapping[str, float],
) -> date | None:  # fmt: skip
    """The last day on which ``goal`` could be reached with every lever; None if it never could."""
    if outlook is None:
        return None
    days = ceilings(edition, unit, outlook, fixed)
    wanted = [(score, group) for group, score in goal.groups.items()]
    found = [days.reachable_until(score, group) for score, group in wanted]
    if goal.total is not None:
        found.append(days.reachable_until(goal.total))
    known = [day for day in found if day is not None]
    return min(known) if len(known) == len(found) else None


def only_limits(until: date, outlook: Outlook) -> bool:
    """True if a goal that can be reached ``until`` then is kept out of reach by limits alone.

    On the day of the capture that is its very moment: nothing was lost since.
    """
    return until >= outlook.period.captured_day
