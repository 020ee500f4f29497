"""``plan`` as readable text: what was asked, the answer, the levers, and what stands in the way."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from simulator.cli_output import inflow_text, points, table
from simulator.cli_plan_obstacles import obstacles
from simulator.cli_plan_output import PROGRAM, Planned
from simulator.levers import work_shown
from simulator.numbers import (
    format_certainty,
    format_count,
    format_date,
    format_number,
    format_percent,
)
from simulator.plan_found import Status
from simulator.project import State
from simulator.rank import Standing
from simulator.rank_ahead import LEVEL
from simulator.text import say

# From here on part of an hour says nothing.
MANY_HOURS = 100
# Percent; less is told as less than that.
LEAST_SHARE = 0.1


def plan_text(found: Planned, warnings: Sequence[str], language: str) -> str:
    """What was asked, the answer, scores, levers, what is out of reach, and the what-if."""
    return "\n".join(_lines(found, warnings, language))


def _lines(found: Planned, warnings: Sequence[str], language: str) -> Iterator[str]:
    unit, plan = found.planner.unit, found.plan
    title = found.baseline.title[language]
    yield say(language, "cli.whatif_heading", baseline=title, unit=f"{unit.code} {unit.name}")
    yield from _horizon(found, language)
    yield say(language, "cli_plan.asked", parts="; ".join(_asked(found, language)))
    yield _verdict(found, language)
    if plan.status is Status.IMPOSSIBLE:
        yield from obstacles(found, language)
    yield "\n" + table(_scores(found, language))
    yield from _places(found, language)
    if plan.settings:
        yield "\n" + table(_levers(found, language))
    yield from _given(found, language)
    yield say(language, "cli_plan.effort", source=found.planner.effort.source[language])
    command = shlex.join([*PROGRAM, *found.whatif])
    yield "\n" + say(language, "cli_plan.whatif", command=command)
    for warning in warnings:
        yield say(language, "cli.warning", text=warning)


def _horizon(found: Planned, language: str) -> Iterator[str]:
    ahead = found.planner.outlook
    if ahead is None:
        yield say(language, "cli_plan.whole")
        return
    until = format_date(ahead.period.last.isoformat())
    days = float(ahead.period.remaining_days)
    shown = format_number(days, 0 if days >= 1 else 1, language)
    yield say(language, "cli_plan.ahead", until=until, days=shown)
    if any(item.coming is not None for item in ahead.inflows.values()):
        yield inflow_text(ahead, language)


def _asked(found: Planned, language: str) -> Iterator[str]:
    target, edition = found.answer.target, found.edition
    if target.hours is not None:
        yield say(language, "cli_plan.asked_hours", hours=_hours(target.hours, language))
        return
    if target.total is not None:
        yield say(language, "cli_plan.asked_total", points=points(target.total, edition, language))
    for item in edition.classes:
        if item.code == target.score_class:
            yield say(language, "cli_plan.asked_class", name=item.name[language])
    if target.rank is not None:
        key = "asked_rank" if target.certainty is None else "asked_rank_sure"
        sure = format_certainty(target.certainty or 0.0, language)
        yield say(language, f"cli_plan.{key}", rank=target.rank, certainty=sure)
    goal = found.answer.goal.total
    if goal != target.total:
        yield say(language, "cli_plan.asked_needs", points=points(goal, edition, language))
    for group, score in target.groups:
        shown = points(score, edition, language)
        yield say(language, "cli_plan.asked_group", group=group, points=shown)


def _verdict(found: Planned, language: str) -> str:
    """The answer in a sentence, and how sure it is that it cannot be had for less."""
    plan, target = found.plan, found.answer.target
    hours = _hours(plan.total_hours, language)
    total = points(plan.projection.after.total, found.edition, language)
    if found.needs_nothing:
        return say(language, "cli_plan.already_given" if plan.settings else "cli_plan.already")
    if plan.status is Status.IMPOSSIBLE:
        key = "impossible" if plan.settings else "impossible_idle"
        said = say(language, f"cli_plan.{key}", parts=_missing(found, language), hours=hours)
    elif target.hours is not None:
        said = say(language, "cli_plan.most", total=total, hours=hours)
    else:
        said = say(language, "cli_plan.reached", hours=hours)
    return said if not plan.settings else f"{said} {_proof(found, language)}"


def _missing(found: Planned, language: str) -> str:
    """By how much the best possible falls short."""
    after = found.plan.projection.after
    parts = []
    for name, hundredths in found.missing().items():
        best = after.groups[name] if name else after.total
        fields = {
            "points": points(hundredths, found.edition, language),
            "best": points(best, found.edition, language),
        }
        key = "short_group" if name else "short_total"
        parts.append(say(language, f"cli_plan.{key}", group=name, **fields))
    return ", ".join(parts)


def _proof(found: Planned, language: str) -> str:
    plan = found.plan
    if not plan.gap:
        return say(language, "cli_plan.proved")
    percent = 100 * plan.gap / plan.total_hours
    share = format_percent(max(percent, LEAST_SHARE), language)
    mark = "<" if percent < LEAST_SHARE else ""
    return say(language, "cli_plan.gap", hours=_hours(plan.gap, language), share=mark + share)


def _scores(found: Planned, language: str) -> list[list[str]]:
    """Now, without any lever where that differs, and with the plan."""
    plan, edition = found.plan, found.edition
    states = {
        "before": plan.projection.before,
        "line": plan.line.after,
        "after": plan.projection.after,
    }
    if found.planner.outlook is None:
        del states["line"]
    rows = [[say(language, "cli.group"), *(say(language, f"cli.{word}") for word in states)]]
    for group in edition.groups:
        shown = [points(state.groups[group.code], edition, language) for state in states.values()]
        rows.append([group.code, *shown])
    totals = [points(state.total, edition, language) for state in states.values()]
    rows.append([say(language, "cli.score_total"), *totals])
    classes = [_class(state, language) for state in states.values()]
    rows.append([say(language, "cli.class"), *classes])
    if plan.projection.after.standing is not None:
        ranks = [_rank(state.standing, language) for state in states.values()]
        rows.append([say(language, "cli.rank_fixed"), *ranks])
    return rows


def _class(state: State, language: str) -> str:
    return state.score_class.name[language] if state.score_class else say(language, "cli.unknown")


def _rank(standing: Standing | None, language: str) -> str:
    return f"{standing.rank}/{standing.of}" if standing else say(language, "cli.unknown")


def _places(found: Planned, language: str) -> Iterator[str]:
    """The places to expect where the peers move."""
    moving, total = found.uncertain, found.plan.projection.after.total
    if moving is None or total is None or moving.last is None:
        return
    best, worst = moving.interval(total)
    yield say(
        language, "cli_plan.interval", best=best, worst=worst, level=round(100 * LEVEL),
        until=format_date(moving.last.isoformat()),
        draws=moving.question.draws, seed=str(moving.question.seed),
    )  # fmt: skip
    rank = found.answer.target.rank
    if rank is not None:
        chance = float(moving.outcomes.chances_at_least(total)[rank - 1])
        shown = format_percent(100 * chance, language)
        yield say(language, "cli.rank_chance", place=rank, chance=shown)


def _levers(found: Planned, language: str) -> list[list[str]]:
    plan = found.plan
    words = ["lever", "change", "unit", "from", "to", "hours"]
    words += ["per_month"] if plan.limits.months is not None else []
    rows = [[say(language, f"cli_plan.{word}") for word in words]]
    for code, change in plan.settings.items():
        start, end = found.rates(code)
        pace = plan.limits.a_month(change)
        bounds = found.planner.left.ranges[code]
        row = [
            f"{code} {bounds.lever.name[language]}",
            _change(found, code, change, language),
            say(language, f"unit.{bounds.count_unit}"),
            _percent(start, language),
            _percent(end, language),
            _hours(plan.hours.get(code, 0.0), language),
        ]
        rows.append(row if pace is None else [*row, _hours(pace, language)])
    total = [say(language, "cli_plan.sum"), "", "", "", "", _hours(plan.total_hours, language)]
    rows.append([*total, *[""] * (len(words) - len(total))])
    return rows


def _change(found: Planned, lever: str, change: float, language: str) -> str:
    return format_count(work_shown(found.planner.left.ranges[lever], change), language, sign=True)


def _percent(rate: float | None, language: str) -> str:
    return say(language, "cli.unknown") if rate is None else format_percent(rate, language)


def _hours(hours: float, language: str) -> str:
    decimals = 0 if hours >= MANY_HOURS or float(hours).is_integer() else 1
    return format_number(hours, decimals, language)


def _given(found: Planned, language: str) -> Iterator[str]:
    """What the plan did not choose: levers that stay, and those that have to move."""
    limits = found.plan.limits
    for key, levers in (("locked", limits.locked), ("floors", limits.floors)):
        shown = [f"{code} {_change(found, code, at, language)}" for code, at in levers.items()]
        if shown:
            yield say(language, f"cli_plan.{key}", levers=", ".join(shown))
