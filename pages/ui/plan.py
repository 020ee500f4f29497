"""Content of *Kế hoạch theo tháng*: what is reachable, and the path there month by month."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.ui import draw, horizon, state, tables
from pages.ui.view import Speech, View
from simulator.month_plan import Shape, Step, month_plan
from simulator.numbers import format_date, shown_percent
from simulator.reach import Reachable, ceilings


def draw_plan(view: View, say: Speech) -> None:
    """The whole screen: ahead only, so it offers the way there where it is not taken."""
    horizon.draw(view, say)
    if view.reach is None:
        return
    if view.outlook is None:
        st.info(say("plan.only_ahead"))
    else:
        _path(view, say)
    st.subheader(say("plan.reach"), anchor=False)
    st.caption(say("plan.reach_how"))
    table = reach_table(view, view.reach, say)
    _table(table, say)
    st.caption(_ranks(view.reach, say))
    for sentence in _classes_gone(view, view.reach, say):
        st.markdown(sentence)
    draw.download(table, say, "reach")
    st.subheader(say("plan.overdue"), anchor=False)
    st.markdown(say("plan.overdue_text"))


def _path(view: View, say: Speech) -> None:
    if not view.changed:
        st.info(say("plan.nothing_moved"))
        return
    st.subheader(say("plan.path"), anchor=False)
    shape = st.segmented_control(
        say("plan.shape"), list(Shape), key=f"plan-shape-{say.language}", default=Shape.LEVEL,
        format_func=lambda item: say(f"plan.{item.value}"), required=True,
    )  # fmt: skip
    steps = month_plan(view.projection, Shape(shape or Shape.LEVEL))
    table = path_table(view, steps, say)
    _table(table, say)
    draw.download(table, say, "plan")
    state.write_link()


def _classes_gone(view: View, reach: Reachable, say: Speech) -> list[str]:
    """Classes that no effort can reach any more, and until when they could be."""
    best = reach.ceiling.after.total
    if best is None:
        return []
    gone = [item for item in view.edition.classes if round(100 * item.lowest) > best]
    known = ceilings(view.edition, view.unit, reach.outlook, view.projection.settings)
    sentences = []
    for item in gone:
        until = known.reachable_until(round(100 * item.lowest))
        if until is not None:
            day = format_date(until.isoformat())
            points = say.count(item.lowest)
            sentences.append(
                say("plan.class_gone", name=say.name(item.name), points=points, until=day)
            )
    return sentences


def _table(table: pd.DataFrame, say: Speech) -> None:
    """A table that prints whole, unlike one that scrolls."""
    st.table(tables.shown(table, say), hide_index=True, border="horizontal")


def path_table(view: View, steps: list[Step], say: Speech) -> pd.DataFrame:
    """One row per lever and month: what comes, what must turn out well, where it leads."""
    rows = []
    for step in steps:
        lever = view.edition.lever_by_code[step.lever]
        rows.append(
            {
                say("plan.lever"): say.name(lever.name),
                say("plan.month"): f"{step.month.month:02d}/{step.month.year}",
                say("plan.cases"): float(step.cases) if step.cases else None,
                say("plan.good"): float(step.good),
                say("plan.more"): float(step.change),
                say("plan.rate"): _tenths(step.rate_percent),
                say("plan.end_rate"): _tenths(step.end_percent),
            }
        )
    return pd.DataFrame(rows)


def _tenths(percent: float | None) -> float | None:
    return None if percent is None else shown_percent(percent)


def reach_table(view: View, reach: Reachable, say: Speech) -> pd.DataFrame:
    """Indicators, groups, total and rank: now, at worst, at present rates, at best."""
    states = (reach.line.before, reach.floor.after, reach.line.after, reach.ceiling.after)
    names = [say(f"plan.{word}") for word in ("now", "floor", "line", "ceiling")]
    rows = []
    for group in view.edition.groups:
        values = [one.groups[group.code] for one in states]
        rows.append(_row(say.name(group.name), values, names, group.maximum, say))
        for k in view.edition.group_positions[group.code]:
            item = view.edition.indicators[k]
            if view.unit.knows(k):
                points = [one.indicators[k] for one in states]
                rows.append(_row(f"– {say.name(item.name)}", points, names, item.maximum, say))
    rows.append(_row(say("tables.total"), [one.total for one in states], names, 100, say))
    return pd.DataFrame(rows)


def _ranks(reach: Reachable, say: Speech) -> str:
    """Places at worst, at present rates and at best; empty without peers."""
    states = (reach.line.before, reach.floor.after, reach.line.after, reach.ceiling.after)
    places = [one.standing.rank for one in states if one.standing]
    if len(places) < len(states):
        return ""
    now, floor, line, ceiling = places
    return say("plan.ranks", now=now, floor=floor, line=line, ceiling=ceiling)


def _row(
    name: str, values: list[int | None], names: list[str], maximum: int, say: Speech
) -> dict[str, object]:
    points = [None if value is None else value / 100 for value in values]
    return {
        say("plan.what"): name, **dict(zip(names, points, strict=True)),
        say("tables.maximum"): float(maximum),
    }  # fmt: skip
