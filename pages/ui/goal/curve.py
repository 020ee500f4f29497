"""Effort and score: the best total for every effort, and where effort starts to buy little."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.ui import draw
from pages.ui.goal import rows
from pages.ui.goal.found import Range, frontier_of
from pages.ui.goal.whose import axis_key
from pages.ui.goal.words import way
from simulator.frontier import WITHIN, FrontierPoint
from simulator.plan_found import Plan
from simulator.presentation import goal_charts
from simulator.presentation.priority_tables import hours_text
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rank import class_of, standing

# Labels nearer than this part of the height would lie on each other.
NEAR = 0.055
# The curve bends where an hour before brings this many times what one after it brings.
BEND = 2.0
# Around a plan: up to this many times what it gains, in steps of hundredths.
AROUND, STEP = 2.0, 100
# Only where this is not nearly everything.
FAR = 0.8


def draw_curve(view: View, known: Range, plan: Plan | None, say: Speech) -> None:
    """The chart with its sentence; computed with a spinner, so it is drawn last."""
    highest = _highest(known, plan, say)
    with st.spinner(say("goal.curve_wait")):
        points = frontier_of(view.scenario, highest)
    if len(points) < 2:
        st.info(say("goal.curve_none"))
        return
    table = curve_table(view, known, points, plan, say)
    draw.chart(
        "frontier", table, say, say(axis_key(view)), say("goal.curve_alt"), goal_charts.HEIGHT
    )
    key = "curve_how_ranks" if view.peers is not None else "curve_how"
    percent = say.cap(100 * WITHIN)
    lines = [say(f"goal.{key}", percent=percent), elbow_words(points, say)]
    if plan is not None and plan.goal.groups:
        lines.append(say("goal.curve_groups"))
    st.caption(" ".join(lines))
    draw.download(rows.frontier_numbers(view, points, say), say, "goal-frontier", view)


def _highest(known: Range, plan: Plan | None, say: Speech) -> int | None:
    """Where the curve ends: around the plan, where the best possible is far beyond it."""
    line, ceiling = known.line.after.total, known.ceiling.after.total
    total = None if plan is None else plan.projection.after.total
    if line is None or ceiling is None or total is None:
        return None
    # In whole steps, so that goals next to each other share one curve.
    around = -(-(line + round(AROUND * (total - line))) // STEP) * STEP
    if total <= line or around >= line + FAR * (ceiling - line):
        return None
    names = {
        "around": say("goal.curve_around", points=say.points(around)),
        "all": say("goal.curve_all", points=say.points(ceiling)),
    }
    chosen = st.segmented_control(
        say("goal.curve_range"), list(names), default="around", required=True,
        format_func=names.__getitem__, label_visibility="collapsed",
        key=f"goal-curve-{'-'.join([say.language, *names.values()])}",
    )  # fmt: skip
    return around if chosen == "around" else None


def curve_table(
    view: View, known: Range, points: Sequence[FrontierPoint], plan: Plan | None, say: Speech
) -> pd.DataFrame:
    """Rows for ``frontier_chart``."""
    found = [_point("path", one.hours, one.total, view, say) for one in points]
    total = None if plan is None else plan.projection.after.total
    if plan is not None and total is not None:
        found.append(_point("plan", plan.total_hours, total, view, say))
    return pd.DataFrame([*found, *_bounds(view, known, points, say)])


def _point(kind: str, hours: float, total: int, view: View, say: Speech) -> dict[str, object]:
    fields = {"hours": hours_text(hours, say), "points": say.points(total)}
    name = say.name(class_of(view.edition, total).name)
    tip = say(f"goal.tip_{kind}", name=name, **fields)
    if view.peers is not None:
        tip += say("goal.tip_rank", rank=standing(total, view.peers.totals).rank)
    return {"kind": kind, "at": hours, "up": total / 100, "label": "", "tip": tip}


def _bounds(
    view: View, known: Range, points: Sequence[FrontierPoint], say: Speech
) -> list[dict[str, object]]:
    """What is reached anyway, the best possible, and the classes in between."""
    line, ceiling = known.line.after.total, known.ceiling.after.total
    if line is None or ceiling is None:
        return []
    lowest, highest = min(line, points[0].total), points[-1].total
    marks = [(line, say("goal.bound_line")), (ceiling, say(f"goal.bound_ceiling{way(view)}"))]
    marks += [
        (round(100 * item.lowest), say("goal.bound_class", name=say.name(item.name)))
        for item in view.edition.classes
        if lowest < round(100 * item.lowest) < highest
    ]
    found: list[dict[str, object]] = []
    told: list[int] = []
    for total, name in marks:
        if total > highest:
            continue
        text = say("goal.bound", name=name, points=say.points(total))
        is_free = all(abs(total - other) > NEAR * (highest - lowest) for other in told)
        told += [total] if is_free else []
        label = text if is_free else ""
        found.append({"kind": "line", "at": 0.0, "up": total / 100, "label": label, "tip": text})
    return found


def elbow(points: Sequence[FrontierPoint]) -> FrontierPoint | None:
    """Where the curve lies farthest above the straight way from its first to its last plan.

    None where it has no such point: an hour before it must bring clearly more than one after.
    """
    first, last = points[0], points[-1]
    hours, gain = last.hours - first.hours, last.total - first.total
    inner = points[1:-1]
    if not inner or hours <= 0 or gain <= 0:
        return None

    def above(one: FrontierPoint) -> float:
        return (one.total - first.total) / gain - (one.hours - first.hours) / hours

    best = max(inner, key=above)
    before, after = _slope(first, best), _slope(best, last)
    return best if before is None or (after is not None and before > BEND * after) else None


def _slope(one: FrontierPoint, other: FrontierPoint) -> float | None:
    """Hundredths an hour between two plans; None where it takes no hours."""
    hours = other.hours - one.hours
    return (other.total - one.total) / hours if hours > 0 else None


def elbow_words(points: Sequence[FrontierPoint], say: Speech) -> str:
    """Where effort starts to buy little, with what it buys before and after."""
    bend, first, last = elbow(points), points[0], points[-1]
    if bend is None:
        return say("goal.elbow_none")
    return say(
        "goal.elbow", total=say.points(bend.total), hours=hours_text(bend.hours, say),
        gained=say.points(bend.total - first.total, sign=True),
        rest=say.points(last.total - bend.total, sign=True),
        more=hours_text(last.hours - bend.hours, say), last=say.points(last.total),
    )  # fmt: skip
