"""What a plan has to reach, and what it may not touch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.errors import ScenarioError
from simulator.project import FULL_TOTAL, Projection
from simulator.rules import Edition
from simulator.uncertainty import Outcomes


@dataclass(frozen=True)
class Goal:
    """What has to be reached, in hundredths: a total, scores of groups, or both."""

    total: int | None = None
    groups: Mapping[str, int] = field(default_factory=dict)

    def is_met(self, projection: Projection) -> bool:
        """True if the projected scores reach the goal; a score that is not known does not."""
        return self.short(projection) == Goal()

    def short(self, projection: Projection) -> Goal:
        """The parts of the goal that the projected scores do not reach."""
        after = projection.after
        return Goal(
            self.total if _is_below(after.total, self.total) else None,
            {
                group: score
                for group, score in self.groups.items()
                if _is_below(after.groups[group], score)
            },
        )

    def raised(self, by: int) -> Goal:
        """The same with every score ``by`` hundredths higher."""
        total = None if self.total is None else self.total + by
        return Goal(total, {group: score + by for group, score in self.groups.items()})


def _is_below(score: int | None, wanted: int | None) -> bool:
    return wanted is not None and (score is None or score < wanted)


@dataclass(frozen=True)
class Limits:
    """What a plan may not do.

    ``locked``: levers that stay at a change (0: as they are); ``floors``: least changes of levers
    that have to be; ``months``: months that are left, for levers of which an office can only do
    so many a month (None: no such limit). Harmful levers, those without effect in the period and
    those of which nobody publishes how many there are only move if they are named here.
    """

    locked: Mapping[str, float] = field(default_factory=dict)
    floors: Mapping[str, float] = field(default_factory=dict)
    months: float | None = None

    def a_month(self, change: float) -> float | None:
        """How much of a change falls on a month (some days are one); None without months."""
        return None if self.months is None else change / max(self.months, 1.0)


def goal_of(
    edition: Edition, *, total: int | None = None, score_class: str | None = None,
    rank: int | None = None, outcomes: Outcomes | None = None, certainty: float = 1.0,
    groups: Mapping[str, int] | None = None,
) -> Goal:  # fmt: skip
    """The goal in hundredths: the highest of a total, the lowest of a class, and what a rank needs.

    ``outcomes``: where the peers end up; ``still(peers.totals)`` for peers that are held. Raises
    :class:`ScenarioError` for a class, group, rank or score that does not exist.
    """
    wanted = [] if total is None else [total]
    if score_class is not None:
        lowest = {item.code: round(item.lowest * 100) for item in edition.classes}
        if score_class not in lowest:
            allowed = ", ".join(lowest)
            raise ScenarioError("plan_unknown_class", score_class=score_class, allowed=allowed)
        wanted.append(lowest[score_class])
    if rank is not None:
        wanted.append(_needed(rank, outcomes, certainty))
    goal = Goal(max(wanted) if wanted else None, dict(groups or {}))
    check_goal(edition, goal)
    return goal


def _needed(rank: int, outcomes: Outcomes | None, certainty: float) -> int:
    if outcomes is None:
        raise ScenarioError("plan_without_peers")
    if not 1 <= rank <= outcomes.count:
        raise ScenarioError("plan_unknown_rank", rank=rank, last=outcomes.count)
    if not 0 < certainty <= 1:
        raise ScenarioError("plan_certainty", value=certainty)
    return max(outcomes.needed(rank, certainty) or 0, 0)


def check_goal(edition: Edition, goal: Goal) -> None:
    """Refuse a goal that is not a number of hundredths, or of a group that does not exist.

    A total above the full one is no mistake: the first place may need it.
    """
    if goal.total is None and not goal.groups:
        raise ScenarioError("plan_without_goal")
    if goal.total is not None and goal.total < 0:
        raise ScenarioError("plan_goal_out_of_range", value=goal.total / 100,
                            highest=FULL_TOTAL // 100)  # fmt: skip
    for code, score in goal.groups.items():
        if code not in edition.group_by_code:
            allowed = ", ".join(edition.group_by_code)
            raise ScenarioError("plan_unknown_group", code=code, allowed=allowed)
        most = edition.group_by_code[code].maximum
        if not 0 <= score <= 100 * most:
            raise ScenarioError("plan_goal_out_of_range", value=score / 100, highest=most)
