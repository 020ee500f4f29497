"""Rows of plans: words to read and print, numbers to download; no Streamlit."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pages.ui.goal import words
from pages.ui.goal.whose import hours_key
from simulator.effort import Effort
from simulator.frontier import FrontierPoint
from simulator.levers import SLIGHT
from simulator.numbers import shown_percent
from simulator.plan_found import Plan
from simulator.planning import Answer
from simulator.presentation.literal import unbroken
from simulator.presentation.priority_tables import hours_text, named
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rank import class_of, standing


def brought(view: View, plan: Plan) -> dict[str, int]:
    """For each lever the hundredths the plan loses without it, the others as they are."""
    found = {}
    for code in plan.settings:
        others = {lever: change for lever, change in plan.settings.items() if lever != code}
        found[code] = plan.projection.total_change - view.projected(others).total_change
    return found


def gained(plan: Plan) -> int:
    """Hundredths the plan brings, compared with nothing done."""
    return plan.projection.total_change - plan.line.total_change


def rates(view: View, plan: Plan, code: str) -> tuple[float | None, float | None]:
    """The rate a lever moves, now and after, in percent; None where it moves none."""
    bounds = view.ranges[code]
    if not bounds.moves_own_numerator:
        return None, None
    k = view.edition.position[bounds.lever.indicator]
    rate = plan.projection.counts.rate_percent(k)
    now = view.unit.evidence[k].rate_percent
    return _tenths(now), _tenths(rate)


def _tenths(percent: float | None) -> float | None:
    return None if percent is None else shown_percent(percent)


def plan_table(view: View, plan: Plan, effort: Effort, say: Speech) -> pd.DataFrame:
    """One row per lever in words, and their sum; most hours first."""
    lost = brought(view, plan)
    capped = any(effort.levers[code].per_month is not None for code in plan.settings)
    rows, hours = [], hours_key(view, plan.hours or plan.settings)
    for code in by_hours(plan):
        bounds, change = view.ranges[code], plan.settings[code]
        now, after = rates(view, plan, code)
        row: dict[str, object] = {
            "tables.lever": say.name(bounds.lever.name),
            "goal.change": words.amount(code, change, view, say, short=True),
            "goal.rates": _from_to(now, after, say),
            hours: hours_text(plan.hours.get(code, 0.0), say),
            "goal.share": say.percent(_share(plan, code)),
            "goal.points": say.points(lost[code]),
        }  # fmt: skip
        pace = plan.limits.a_month(change)
        if pace is not None:
            row["goal.per_month"] = words.a_month(pace, bounds, say)
        if capped:
            most = effort.levers[code].per_month
            row["goal.capacity"] = "" if most is None else say.count(round(most))
        row["tables.responsible"] = say.name(bounds.lever.responsible)
        if code in plan.limits.locked:
            row["tables.lever"] = say("goal.given_row", name=say.name(bounds.lever.name))
        rows.append(row)
    total: dict[str, object] = dict.fromkeys(rows[0] if rows else (), "")
    total |= {
        "tables.lever": say("goal.sum"), hours: hours_text(plan.total_hours, say),
        "goal.share": say.percent(100.0) if plan.total_hours else "",
        "goal.points": say.points(gained(plan)),
    }  # fmt: skip
    return named([*rows, total], say)


def _from_to(now: float | None, after: float | None, say: Speech) -> str:
    """``38,3% → 50,1%``, never broken into lines."""
    if after is None:
        return ""
    return unbroken(say("goal.rate_change", now=say.percent(now), after=say.percent(after)))


def by_hours(plan: Plan) -> list[str]:
    return sorted(plan.settings, key=lambda code: -plan.hours.get(code, 0.0))


def _share(plan: Plan, code: str) -> float | None:
    total = plan.total_hours
    return 100 * plan.hours.get(code, 0.0) / total if total else None


def plan_numbers(view: View, found: Answer, goal: str, say: Speech) -> pd.DataFrame:
    """Everything of a plan as numbers: settings, hours, and the exact scores before and after."""
    plan = found.plan
    lost, hours = brought(view, plan), hours_key(view, plan.hours or plan.settings)
    rows: list[dict[str, object]] = []
    for code in by_hours(plan):
        bounds, change = view.ranges[code], plan.settings[code]
        now, after = rates(view, plan, code)
        rows.append(
            {
                "goal.content": say.name(bounds.lever.name), "tables.code": code,
                "goal.change": change, "tables.unit": say(f"unit.{bounds.count_unit}"),
                "tables.rate_now": now, "tables.rate_after": after,
                hours: plan.hours.get(code, 0.0), "goal.points": lost[code] / 100,
                "goal.per_month": plan.limits.a_month(change),
                "tables.responsible": say.name(bounds.lever.responsible),
            }
        )  # fmt: skip
    rows.append({"goal.content": say("goal.sum"), hours: plan.total_hours,
                 "goal.points": gained(plan) / 100})  # fmt: skip
    before, after_all = plan.projection.before, plan.projection.after
    scores: list[tuple[str, str, int | None, int | None]] = [
        (say("tables.total"), "", before.total, after_all.total),
        *((say.name(group.name), group.code, before.groups[group.code],
           after_all.groups[group.code]) for group in view.edition.groups),
    ]  # fmt: skip
    for name, code, now_points, then in scores:
        rows.append(
            {"goal.content": name, "tables.code": code,
             "goal.score_now": words.in_points(now_points),
             "goal.score_after": words.in_points(then)}
        )  # fmt: skip
    if before.standing and after_all.standing:
        rows.append(
            {"goal.content": say("plan.rank_fixed"), "goal.score_now": before.standing.rank,
             "goal.score_after": after_all.standing.rank}
        )  # fmt: skip
    return named(rows, say).assign(**{say("goal.wanted"): goal})


def alternatives_table(
    view: View, plans: Sequence[Plan], names: Sequence[str], say: Speech
) -> pd.DataFrame:
    """Plans side by side: a row per lever any of them pulls, then hours, total and rank.

    Levers that differ carry a mark in their name.
    """
    codes = [
        code for code in view.edition.lever_by_code if any(code in plan.settings for plan in plans)
    ]
    rows = []
    for code in codes:
        changes = [plan.settings.get(code, 0.0) for plan in plans]
        name = say.name(view.edition.lever_by_code[code].name)
        if max(changes) - min(changes) > SLIGHT:
            name = say("goal.differs", name=name)
        shown = [words.amount(code, at, view, say, short=True) if at else "–" for at in changes]
        rows.append(_across(name, names, shown, say))
    hours = [hours_text(plan.total_hours, say) for plan in plans]
    rows.append(_across(say(hours_key(view, codes)), names, hours, say))
    after = [plan.projection.after for plan in plans]
    if after[0].total is not None:
        totals = [say.points(one.total) for one in after]
        rows.append(_across(say("tables.total"), names, totals, say))
    if after[0].standing is not None:
        places = [str(one.standing.rank) if one.standing else "" for one in after]
        rows.append(_across(say("plan.rank_fixed"), names, places, say))
    return pd.DataFrame(rows)


def plan_names(view: View, spared: Sequence[str], say: Speech) -> list[str]:
    """``Kế hoạch này``, then ``Bớt "Thanh toán trực tuyến"`` for the lever each other spares."""
    levers = [view.edition.lever_by_code[code] for code in spared]
    return [say("goal.this"), *(say("goal.sparing", name=say.name(lever.name)) for lever in levers)]


def _across(name: str, names: Sequence[str], values: Sequence[str], say: Speech) -> dict[str, str]:
    return {say("tables.lever"): name, **dict(zip(names, values, strict=True))}


def frontier_numbers(view: View, points: Sequence[FrontierPoint], say: Speech) -> pd.DataFrame:
    """One row per plan of the curve, a column per lever, as numbers."""
    codes = [
        code for code in view.edition.lever_by_code if any(code in one.settings for one in points)
    ]
    rows, hours = [], hours_key(view, codes)
    for one in points:
        row: dict[str, object] = {
            hours: one.hours, "tables.total": one.total / 100, "goal.gap_hours": one.gap,
            "headline.class": say.name(class_of(view.edition, one.total).name),
        }  # fmt: skip
        if view.peers is not None:
            row["plan.rank_fixed"] = standing(one.total, view.peers.totals).rank
        rows.append(row)
    table = named(rows, say)
    for code in codes:
        lever = view.edition.lever_by_code[code]
        table[f"{say.name(lever.name)} ({code})"] = [one.settings.get(code, 0.0) for one in points]
    return table
