"""What is asked of a plan: a total, class, rank, scores of groups, or the best for some hours.

As parameters of a link: ``t.total=65``, ``t.class=FAIR``, ``t.rank=10``, ``t.certainty=0.8``,
``t.group.TDGQ=18``, ``t.hours=5000``. Without a certainty the peers stay as they stand.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from simulator.errors import ScenarioError
from simulator.numbers import plain_number
from simulator.plan_goals import Goal, goal_of
from simulator.rules import Edition
from simulator.uncertainty import Outcomes

PREFIX = "t."
GROUP = "group."
CERTAINTIES = (0.8, 0.9)
MOST_HOURS = 1e8
_POINTS = re.compile(r"[0-9]{1,3}([.][0-9]{1,2})?")
_NUMBER = re.compile(r"[0-9]{1,9}([.][0-9]{1,6})?")


@dataclass(frozen=True)
class Target:
    """A question to the solver; hashable, so that answers can be kept.

    ``total``, ``groups``: hundredths; ``certainty``: of the rank, None for peers that are held;
    ``hours``: the effort there is, instead of a goal.
    """

    total: int | None = None
    score_class: str | None = None
    rank: int | None = None
    certainty: float | None = None
    groups: tuple[tuple[str, int], ...] = ()
    hours: float | None = None

    @property
    def is_empty(self) -> bool:
        return self == Target(certainty=self.certainty)

    def goal(self, edition: Edition, outcomes: Outcomes | None) -> Goal:
        """The scores that are wanted; ``outcomes``: the peers as :attr:`certainty` takes them.

        Raises :class:`ScenarioError` for what does not exist in the edition or among the peers.
        """
        return goal_of(
            edition, total=self.total, score_class=self.score_class, rank=self.rank,
            outcomes=outcomes, certainty=self.certainty or 1.0, groups=dict(self.groups),
        )  # fmt: skip


def to_params(target: Target) -> dict[str, str]:
    """The target as query parameters of a link."""
    found: dict[str, str | None] = {
        "total": None if target.total is None else _points(target.total),
        "class": target.score_class,
        "rank": None if target.rank is None else str(target.rank),
        "certainty": None if target.certainty is None else plain_number(target.certainty),
        **{GROUP + group: _points(score) for group, score in target.groups},
        "hours": None if target.hours is None else plain_number(target.hours),
    }
    return {PREFIX + name: text for name, text in found.items() if text is not None}


def from_params(params: Mapping[str, str], edition: Edition) -> tuple[Target, list[ScenarioError]]:
    """Read a link; unknown or impossible parts are reported and left out."""
    target, problems = Target(), []
    for name, text in params.items():
        if name.startswith(PREFIX):
            try:
                target = _with(target, name.removeprefix(PREFIX), text.strip(), edition)
            except ScenarioError as problem:
                problems.append(problem)
    return target, problems


def _with(target: Target, name: str, text: str, edition: Edition) -> Target:
    if name == "total":
        return replace(target, total=parse_points(text, 100))
    if name == "class":
        known = [item.code for item in edition.classes]
        if text not in known:
            raise ScenarioError(
                "plan_unknown_class", score_class=text[:40], allowed=", ".join(known)
            )
        return replace(target, score_class=text)
    if name == "rank":
        return replace(target, rank=parse_rank(text))
    if name == "certainty":
        return replace(target, certainty=parse_certainty(text))
    if name == "hours":
        return replace(target, hours=parse_hours(text))
    if name.startswith(GROUP):
        code = name.removeprefix(GROUP)
        if code not in edition.group_by_code:
            allowed = ", ".join(edition.group_by_code)
            raise ScenarioError("plan_unknown_group", code=code[:40], allowed=allowed)
        score = parse_points(text, edition.group_by_code[code].maximum)
        groups = {**dict(target.groups), code: score}
        return replace(target, groups=tuple(sorted(groups.items())))
    raise ScenarioError("unknown_parameter", name=f"{PREFIX}{name}"[:40])


def parse_points(text: str, highest: float) -> int:
    """Hundredths of ``65``, ``65.5`` or ``65.25``, from 0 to ``highest`` points."""
    found = int(Decimal(text) * 100) if _POINTS.fullmatch(text) else -1
    if not 0 <= found <= 100 * highest:
        raise ScenarioError("plan_goal_out_of_range", value=text[:40], highest=highest)
    return found


def parse_rank(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 6 or int(text) < 1:
        raise ScenarioError("plan_rank_form", value=text[:40])
    return int(text)


def parse_certainty(text: str) -> float:
    """A share above 0 and below 1."""
    found = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not 0 < found < 1:
        raise ScenarioError("plan_certainty", value=text[:40])
    return found


def parse_hours(text: str) -> float:
    return check_hours(float(text) if _NUMBER.fullmatch(text) else math.nan, text)


def check_hours(hours: float, text: str) -> float:
    """``hours`` if a plan can be asked for as many; ``text``: as they were typed."""
    if not 0 <= hours <= MOST_HOURS:
        raise ScenarioError("plan_hours_form", value=text[:40], highest=int(MOST_HOURS))
    return hours


def _points(hundredths: int) -> str:
    return plain_number(hundredths / 100)
