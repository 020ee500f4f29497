"""What ``plan`` tells as JSON with fixed keys; as text: :mod:`simulator.cli_plan_text`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.baseline import Baseline
from simulator.cli_output import Json, inflow_json, points_json, state_json
from simulator.errors import Notice
from simulator.peers_mode import PeersMode
from simulator.plan_found import Plan, Status
from simulator.plan_goals import Goal
from simulator.plan_limits import Binding
from simulator.plan_solver import Planner
from simulator.plan_target import Target
from simulator.planning import Answer
from simulator.project import State
from simulator.rank_ahead import LEVEL, MIDDLE, RankAhead
from simulator.rules import Edition
from simulator.score import to_points

# More decimals than any figure is exact to.
DECIMALS = 6
PROGRAM = ("python", "-m", "simulator")


@dataclass(frozen=True)
class Planned:
    """A plan, and all that has to be told with it.

    ``moving``: its peers where they move (None where it has none, or no total); ``given``: what
    was set before planning; ``whatif``: arguments of the command that scores the plan again.
    """

    baseline: Baseline
    planner: Planner
    answer: Answer
    moving: RankAhead | None
    given: Mapping[str, float]
    whatif: tuple[str, ...]
    notices: tuple[Notice, ...]

    @property
    def plan(self) -> Plan:
        return self.answer.plan

    @property
    def edition(self) -> Edition:
        return self.planner.edition

    @property
    def needs_nothing(self) -> bool:
        """True if the goal is reached by what has to be done anyway."""
        is_goal = self.answer.target.hours is None
        return is_goal and self.answer.goal.is_met(self.planner.least)

    @property
    def uncertain(self) -> RankAhead | None:
        """The peers, where a place among them is uncertain."""
        moving = self.moving
        return moving if moving and moving.mode is PeersMode.UNCERTAIN else None

    def missing(self) -> dict[str, int]:
        """Hundredths the best possible lacks to the goal: of the total (``""``) and by group."""
        goal, after = self.answer.goal, self.plan.projection.after
        wanted = {**({} if goal.total is None else {"": goal.total}), **goal.groups}
        reached = {"": after.total, **after.groups}
        return {
            name: score - have
            for name, score in wanted.items()
            if (have := reached[name]) is not None and have < score
        }

    def rates(self, lever: str) -> tuple[float | None, float | None]:
        """Rate in percent of the lever's indicator now and with the plan."""
        k = self.edition.position[self.edition.lever_by_code[lever].indicator]
        projection = self.plan.projection
        return projection.unit.evidence[k].rate_percent, projection.counts.rate_percent(k)


def plan_json(found: Planned, warnings: Sequence[str], language: str) -> Json:
    """A plan; points are points, hours are person-hours, chances and certainties parts of 1.

    ``unit``, ``baseline`` (its id), ``captured_at``; ``until`` (ISO day), ``days_left`` and
    ``inflow`` (null as if for the whole period); ``asked`` (the target as it was given, with the
    place that ``--gain-places`` stands for); ``goal`` (the total and groups that takes);
    ``status`` (``reached`` or ``impossible``: then the plan is the one that comes nearest);
    ``hours``, ``gap`` (hours by which a cheaper plan is not excluded; 0: proved);
    ``before`` (as published), ``line`` (without any lever) and ``after`` (promised), each with
    ``groups``, ``total``, ``class`` and ``rank`` among peers that are held;
    ``moving`` (among peers that move, null where none does: ``until``, ``days``, ``draws``,
    ``seed``, ``median`` place, ``interval`` of ``level``, ``at_least``: chance of the place that
    was asked); ``levers`` (``code``, ``name``, ``change``, ``unit`` that it counts, ``from`` and
    ``to``: the indicator's rate in percent, ``hours``, ``hours_each`` while it is easy,
    ``per_month``: pace in units, ``given``: true for what the plan did not choose);
    ``given`` (``settings``, ``locks`` with the change they stand at, ``floors``, ``effort``:
    whose hours these are); ``impossible`` (null, or ``best`` possible scores, what is ``missing``,
    ``bindings``: ``indicator``, ``name``, ``reason``, ``missing``, ``levers``, and
    ``reachable_until``); ``whatif`` (arguments of the command that scores the plan again);
    ``warnings`` (sentences).
    """
    plan, ahead = found.plan, found.planner.outlook
    return {
        "unit": found.planner.unit.code,
        "baseline": found.baseline.id,
        "captured_at": found.baseline.captured_at,
        "until": None if ahead is None else ahead.period.last.isoformat(),
        "days_left": None if ahead is None else float(ahead.period.remaining_days),
        "inflow": None if ahead is None else inflow_json(ahead),
        "asked": _asked_json(found.answer.target),
        "goal": _goal_json(found.answer.goal),
        "status": plan.status.value,
        "hours": round(plan.total_hours, DECIMALS),
        "gap": round(plan.gap, DECIMALS),
        "before": state_json(plan.projection.before, language),
        "line": state_json(plan.line.after, language),
        "after": state_json(plan.projection.after, language),
        "moving": _moving_json(found, plan.projection.after),
        "levers": _levers_json(found, language),
        "given": {
            "settings": dict(found.given),
            "locks": dict(plan.limits.locked),
            "floors": dict(plan.limits.floors),
            "effort": found.planner.effort.source[language],
        },
        "impossible": _impossible_json(found, language),
        "whatif": [*PROGRAM, *found.whatif, "--format", "json"],
        "warnings": list(warnings),
    }


def _asked_json(target: Target) -> Json:
    return {
        "total": to_points(target.total),
        "class": target.score_class,
        "rank": target.rank,
        "certainty": target.certainty,
        "groups": points_json(dict(target.groups)),
        "hours": target.hours,
    }


def _goal_json(goal: Goal) -> Json:
    return {"total": to_points(goal.total), "groups": points_json(goal.groups)}


def _moving_json(found: Planned, after: State) -> Json | None:
    moving, total, rank = found.uncertain, after.total, found.answer.target.rank
    if moving is None or total is None:
        return None
    chances = moving.outcomes.chances_at_least(total)
    return {
        "until": None if moving.last is None else moving.last.isoformat(),
        "days": round(moving.days, DECIMALS),
        "draws": moving.question.draws,
        "seed": moving.question.seed,
        "median": moving.outcomes.place(total, MIDDLE),
        "level": LEVEL,
        "interval": list(moving.interval(total)),
        "at_least": None if rank is None else float(chances[rank - 1]),
    }


def _levers_json(found: Planned, language: str) -> list[Json]:
    rows = []
    for code, change in found.plan.settings.items():
        start, end = found.rates(code)
        pace = found.plan.limits.a_month(change)
        rows.append(
            {
                "code": code,
                "name": found.edition.lever_by_code[code].name[language],
                "change": change,
                "unit": found.planner.left.ranges[code].count_unit,
                "from": _rounded(start),
                "to": _rounded(end),
                "hours": round(found.plan.hours.get(code, 0.0), DECIMALS),
                "hours_each": found.planner.effort.levers[code].hours,
                "per_month": _rounded(pace),
                "given": code in found.planner.left.fixed,
            }
        )
    return rows


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)


def _impossible_json(found: Planned, language: str) -> Json | None:
    plan, missing = found.plan, found.missing()
    if plan.status is Status.REACHED:
        return None
    until = plan.reachable_until
    return {
        "best": state_json(plan.ceiling.after, language),
        "missing": {
            "total": to_points(missing.pop("", None)),
            "groups": points_json(missing),
        },
        "bindings": [_binding_json(item, found.edition, language) for item in plan.binding],
        "reachable_until": None if until is None else until.isoformat(),
    }


def _binding_json(item: Binding, edition: Edition, language: str) -> Json:
    return {
        "indicator": item.indicator,
        "name": edition.indicator(item.indicator).name[language],
        "reason": item.reason.value,
        "missing": to_points(item.missing),
        "levers": list(item.levers),
    }
