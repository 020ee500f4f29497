"""Content of *Kế hoạch theo tháng*: the path month by month, what is reachable, and until when."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from pages.ui import charts, draw, horizon, plan_marks, plan_tables, state, tables, target
from pages.ui.results import draw_cuts
from pages.ui.view import Speech, View, evaluate
from simulator.history import History, history_of
from simulator.month_plan import MonthPlan, Shape, month_plan
from simulator.outlook import Outlook
from simulator.period import Period
from simulator.reach import Reachable
from simulator.rules import Indicator
from simulator.scenario import Scenario

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
        if view.outlook:
            st.info(say("plan.no_days" if view.outlook.period.is_over else "plan.no_counts"))
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


@lru_cache(maxsize=64)
def _plan_of(scenario: Scenario, shape: Shape) -> MonthPlan:
    view = evaluate(scenario)
    return month_plan(view.projection, shape, view.peers)


def _path(view: View, ahead: Outlook, say: Speech) -> None:
    """What is to be done every month, and where it leads."""
    st.subheader(say("plan.path"), anchor=False)
    shape = st.segmented_control(
        say("plan.shape"), list(Shape), key=f"plan-shape-{say.language}", default=Shape.LEVEL,
        format_func=lambda item: say(f"plan.{item.value}"), required=True,
    )  # fmt: skip
    draw_cuts(view, say)
    plan = _plan_of(view.scenario, Shape(shape or Shape.LEVEL))
    st.table(plan_tables.tasks(view, plan, say), hide_index=True, border="horizontal")
    st.caption(say("plan.path_how"))
    draw.download(plan_tables.steps(view, plan, say), say, "plan-steps", view)
    st.subheader(say("plan.ends"), anchor=False)
    st.table(plan_tables.ends(view, plan, say), hide_index=True, border="horizontal")
    st.subheader(say("plan.indicators"), anchor=False)
    moved = plan_tables.moved_indicators(view, plan)
    if not moved:
        st.info(say("plan.no_indicator"))
        return
    st.table(plan_tables.indicators(view, plan, moved, say), hide_index=True, border="horizontal")
    draw.download(plan_tables.months(view, plan, moved, say), say, "plan-months", view)
    _chart(view, plan, ahead.period, moved, say)
    state.write_link()


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
        height=charts.PATH_HEIGHT,
    )  # fmt: skip
    st.caption(_legend(known, item, "ghost" in set(table["kind"]), say))


def _legend(known: History, item: Indicator, has_country: bool, say: Speech) -> str:
    """What the marks are; months that do not add up to the year are said to be so."""
    own = any(item.code in stretch.rates for stretch in known.stretches)
    kind = "months" if own else "country" if has_country else "none"
    return say("plan.legend") + " " + say(f"plan.ghost_{kind}")


def _place(view: View, say: Speech) -> str:
    return f"{say.language}-{view.baseline.id}-{view.unit.code}"


def _reach(view: View, reach: Reachable, say: Speech) -> None:
    """Floor, line and ceiling of everything, and until when a wanted score can be reached."""
    st.subheader(say("plan.reach"), anchor=False)
    st.caption(say("plan.reach_how"))
    table = plan_tables.reach(view, reach, say)
    # A table that prints whole, unlike one that scrolls.
    st.table(tables.shown(table, say), hide_index=True, border="horizontal")
    st.caption(plan_tables.ranks(reach, say))
    draw.download(table, say, "reach", view)
    target.draw(view, reach, say)
