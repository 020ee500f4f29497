"""Content of *Kế hoạch theo tháng*: the path month by month, what is reachable, and until when."""

from __future__ import annotations

import math
from html import escape

import streamlit as st

from pages.ui import draw, horizon, state, target, written
from pages.ui.following import follow
from pages.ui.results import draw_cuts
from simulator.baseline import Basis
from simulator.errors import ScenarioError
from simulator.history import history_of
from simulator.levers import work_shown
from simulator.month_plan import MonthPlan, Shape
from simulator.numbers import format_date
from simulator.outlook import Outlook
from simulator.period import Period
from simulator.presentation import path_chart, plan_marks, plan_reach, plan_tables
from simulator.presentation.effort import capacities, effort_of
from simulator.presentation.plan_found import plan_of
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.reach import Reachable
from simulator.rules import Indicator

# The levers of the kinds of overdue dossiers that one can do something about.
OVERDUE = {
    "backlog": "OVERDUE_BACKLOG_CLEARED",
    "slipped": "OPEN_SLIPPED",
    "flagged": "OVERDUE_FLAG_REPAIRED",
}


def draw_plan(view: View, say: Speech) -> None:
    """The whole screen: ahead only, so it offers the way there where it is not taken."""
    horizon.draw(view, say)
    if view.reach is None:
        st.info(say(f"plan.{_why_not(view)}"))
        return
    if view.outlook is None:
        st.info(say("plan.only_ahead"))
    elif not view.changed:
        st.info(say("plan.nothing_moved"))
    else:
        _path(view, view.outlook, say)
    _reach(view, view.reach, say)
    st.subheader(say("plan.overdue"), anchor=False)
    names = {key: say.name(view.edition.lever_by_code[code].name) for key, code in OVERDUE.items()}
    st.markdown(say("plan.overdue_text", **names))


def _why_not(view: View) -> str:
    """Why there is nothing to plan."""
    if view.outlook and view.outlook.period.is_over:
        return "no_days"
    try:
        is_running = not view.baseline.whole_period().is_over
    except ScenarioError:
        is_running = False
    return "no_counts" if is_running else "impossible"


def _path(view: View, ahead: Outlook, say: Speech) -> None:
    """What is to be done every month, and where it leads."""
    st.subheader(say("plan.path"), anchor=False)
    shape = _shape(say)
    draw_cuts(view, say)
    plan = plan_of(view.scenario, shape)
    _print_head(view, ahead, shape, say)
    for words in _above_capacity(view, plan, say):
        st.warning(words)
    per_month = capacities(effort_of(view))
    tasks = plan_tables.tasks(view, plan, say, per_month)
    if not tasks.empty:
        with st.container(key="plan-tasks"):
            st.table(tasks, hide_index=True, border="horizontal")
        capped = any(step.lever in per_month for step in plan.steps)
        how = [say("plan.path_how"), *([say("plan.path_capacity")] if capped else [])]
        st.caption(" ".join(how))
        draw.download(plan_tables.steps(view, plan, say), say, f"plan-steps-{shape}", view)
    risks = plan_tables.risks(view, plan, say)
    if risks:
        st.warning(say("plan.risks", names=risks))
    st.subheader(say("plan.ends"), anchor=False)
    ends = plan_tables.ends(view, plan, say)
    with st.container(key="plan-ends"):
        st.table(ends, hide_index=True, border="horizontal")
    draw.download(ends, say, f"plan-scores-{shape}", view)
    st.subheader(say("plan.indicators"), anchor=False)
    moved = plan_tables.moved_indicators(view, plan)
    if not moved:
        st.info(say("plan.no_indicator"))
        return
    with st.container(key="plan-indicators"):
        table = plan_tables.indicators(view, plan, moved, say)
        st.table(table, hide_index=True, border="horizontal")
    draw.download(plan_tables.months(view, plan, moved, say), say, f"plan-months-{shape}", view)
    _chart(view, plan, ahead.period, moved, say)


def _above_capacity(view: View, plan: MonthPlan, say: Speech) -> list[str]:
    """A sentence for every lever that is to change by more than the months can take."""
    per_month = capacities(effort_of(view))
    last = format_date(plan.months[-1].last.isoformat()) if plan.months else ""
    return [
        say(
            "plan.above_capacity", lever=say.name(view.edition.lever_by_code[code].name),
            unit=say(f"unit.{view.ranges[code].count_unit}"), last=last,
            change=say.count(work_shown(view.ranges[code], view.projection.settings[code])),
            capacity=_whole(view, code, most, say), per_month=say.count(per_month[code]),
        )
        for code, most in plan.above.items()
    ]  # fmt: skip


def _whole(view: View, lever: str, units: float, say: Speech) -> str:
    """Units that are really whole: cases in full, or percentage points as they are."""
    return say.count(units if view.ranges[lever].basis is Basis.RATE else math.floor(units))


def _shape(say: Speech) -> Shape:
    """How the effort is spread; part of the link like the language."""
    key = f"plan-shape-{say.language}"
    st.segmented_control(
        say("plan.shape"), list(Shape), key=follow(key, state.shape()), default=state.shape(),
        on_change=_reshaped, args=(key,),
        format_func=lambda item: say(f"plan.{item.value}"), required=True,
    )  # fmt: skip
    return state.shape()


def _reshaped(key: str) -> None:
    # No choice at all: a browser that draws the page anew meanwhile.
    if st.session_state[key] is not None:
        state.set_shape(Shape(st.session_state[key]))


def _print_head(view: View, ahead: Outlook, shape: Shape, say: Speech) -> None:
    """On paper the choices above are gone, so this says what they were."""
    line = say(
        "plan.print_line", source=say.name(view.baseline.title), shape=say(f"plan.{shape}"),
        last=format_date(ahead.period.last.isoformat()),
    )  # fmt: skip
    title = escape(say("plan.print_title", unit=view.unit.name))
    st.html(f'<div class="print-only"><strong>{title}</strong><br>{escape(line)}</div>')


def _chart(
    view: View, plan: MonthPlan, period: Period, moved: list[Indicator], say: Speech
) -> None:
    """One indicator through the year: months so far as ghosts, then what each month needs."""
    by_name = {say.name(item.name): item for item in moved}
    name = st.selectbox(say("plan.chart_of"), list(by_name), key=f"plan-chart-{_place(view, say)}")
    item = by_name[name]
    known = history_of(view.baseline.id, view.unit.code)
    table = plan_marks.path(view, plan, period, item, known, say)
    draw.chart(
        "path", table, say, say("plan.axis"), say("plan.chart_alt", name=name),
        height=path_chart.HEIGHT,
    )  # fmt: skip
    st.caption(plan_marks.legend(known, item, set(table["kind"]), say))


def _place(view: View, say: Speech) -> str:
    return f"{say.language}-{view.baseline.id}-{view.unit.code}"


def _reach(view: View, reach: Reachable, say: Speech) -> None:
    """Floor, line and ceiling of everything, and until when a wanted score can be reached."""
    st.subheader(say("plan.reach"), anchor=False)
    st.caption(say("plan.reach_how"))
    table = plan_reach.reach(view, reach, say)
    # A table that prints whole, unlike one that scrolls.
    with st.container(key="plan-reach"):
        st.table(written.shown(table, say), hide_index=True, border="horizontal")
    st.caption(plan_reach.ranks(reach, say))
    draw.download(table, say, "reach", view)
    target.draw(view, reach, say)
