"""One unit of a divided plan: its shares, its own score, and its months."""

from __future__ import annotations

import streamlit as st

from pages.ui.results import draw_cuts
from simulator.allocation import Allocation
from simulator.allocation_scores import UnitPlan
from simulator.baseline import Baseline
from simulator.numbers import format_date
from simulator.presentation import plan_tables
from simulator.presentation.dividing import unit_rows, words
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.scenario import Scenario


def draw_one_unit(view: View, listed: Baseline, found: Allocation, say: Speech) -> None:
    """The part; the unit with most of the work first."""
    st.subheader(say("dividing.one"), anchor=False)
    plans = {own.unit.code: own for own in found.units}
    # The browser sends labels: a code makes them differ.
    labels = {code: f"{own.unit.short_name} ({code})" for code, own in plans.items()}
    busiest = max(range(len(found.units)), key=lambda k: found.units[k].hours)
    code = st.selectbox(
        say("dividing.unit"), list(plans), index=busiest, format_func=labels.__getitem__,
        key=f"dividing-unit-{listed.id}-{view.unit.code}-{len(plans)}", width=460,
    )  # fmt: skip
    own = plans[code]
    st.markdown(_sentence(view, own, say))
    if not own.settings:
        st.info(say("dividing.one_nothing"))
    shares = unit_rows.unit_shares(view, found, own.unit, say)
    if not shares.empty:
        with st.container(key="dividing-unit-shares"):
            st.table(shares, hide_index=True, border="horizontal")
    at = unit_view(view, listed, own)
    draw_cuts(at, say)
    groups, months = st.columns([5, 6], gap="medium")
    with groups:
        st.markdown(f"**{say('dividing.groups')}**")
        with st.container(key="dividing-groups"):
            st.table(unit_rows.unit_groups(view, own, say), hide_index=True, border="horizontal")
        if own.shared is not own.projection:
            st.caption(say("dividing.shared", total=say.points(own.shared.after.total)))
    with months:
        _months(at, own, say)


def unit_view(view: View, listed: Baseline, own: UnitPlan) -> View:
    """What the tables of the monthly plan need of a unit."""
    scenario = Scenario(
        listed.id, own.unit.code, tuple(own.settings.items()), until=view.scenario.until
    )  # fmt: skip
    return View(scenario, listed, own.unit, None, own.projection)


def _sentence(view: View, own: UnitPlan, say: Speech) -> str:
    """Total and place now and after."""
    before, after = own.projection.before.total, own.projection.after.total
    parts = [
        say(
            "dividing.one_total", unit=literal(own.unit.name), before=say.points(before),
            after=say.points(after), hours=words.hours(own.hours, say),
        )
    ]  # fmt: skip
    if view.outlook is not None:
        last = format_date(view.outlook.period.last.isoformat())
        parts.append(
            say("dividing.one_line", last=last, line=say.points(own.line.after.total))
        )  # fmt: skip
    if own.before is None or own.after is None:
        parts.append(say("dividing.one_no_place"))
    else:
        parts.append(say("dividing.one_place", places=words.places(own.before, own.after, say)))
    return " ".join(parts)


def _months(at: View, own: UnitPlan, say: Speech) -> None:
    st.markdown(f"**{say('dividing.months')}**")
    if own.path is None:
        st.caption(say("dividing.months_ahead"))
        return
    tasks = plan_tables.tasks(at, own.path, say)
    if tasks.empty:
        st.caption(say("dividing.one_nothing"))
        return
    with st.container(key="dividing-months"):
        st.table(tasks, hide_index=True, border="horizontal")
    st.caption(say("plan.path_how"))
