"""What every lever is worth: the table in the order one asks for, and effort against gain."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from pages.ui import draw
from pages.ui.priorities import rows
from simulator.numbers import format_percent
from simulator.presentation import (
    peers_told,
    priority_charts,
    priority_scatter,
    priority_tables,
)
from simulator.presentation.priorities_found import moving
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.priorities import EASY_HOURS, HARD_HOURS, MEDIAN, Ease, Priority

# Pixels of a row and of the head: the table stands without a bar to scroll.
ROW, HEAD = 35, 38
SHOWN = (
    "priorities.number", "tables.lever", "priorities.gain", "priorities.added", "tables.unit",
    "priorities.hours", "priorities.per_100_hours", "priorities.ease", "priorities.place_after",
    "priorities.chance", "priorities.portion", "priorities.first_points", "priorities.average",
    "priorities.until", "tables.note",
)  # fmt: skip


def draw_value(view: View, found: Sequence[Priority], say: Speech) -> None:
    """``found``: the levers that still bring points."""
    st.subheader(say("priorities.value"), anchor=False)
    ordered = sorted(found, key=priority_tables.ORDERS[_order(found, say)])
    st.caption(say("priorities.value_how"))
    ahead = moving(view)
    table = priority_tables.priorities_table(view, ordered, say, moving=ahead is not None)
    columns = [say(column) for column in SHOWN if say(column) in table.columns]
    if not any(table[say("tables.note")]):
        columns.remove(say("tables.note"))
    st.dataframe(
        rows.styled(table, say), hide_index=True, column_order=columns,
        height=ROW * len(table) + HEAD,
    )  # fmt: skip
    how = [say("priorities.ease_how", easy=say.count(EASY_HOURS), hard=say.count(HARD_HOURS))]
    chances = ordered[0].chances
    if ahead is not None and chances is not None and view.projection.after.total is not None:
        place = ahead.outcomes.place(view.projection.after.total, MEDIAN)
        now = format_percent(100 * chances[0], say.language, 0)
        how.append(say("priorities.chance_now", place=place, last=peers_told.day(view), chance=now))
    st.caption(" ".join(how))
    draw.download(table, say, "priorities", view)
    _chart(view, ordered, say)


def _order(found: Sequence[Priority], say: Speech) -> str:
    orders = [
        name for name in priority_tables.ORDERS if name != "places" or found[0].places is not None
    ]
    chosen = st.segmented_control(
        say("priorities.order"), orders, default=orders[0], required=True,
        key=f"priorities-order-{say.language}-{len(orders)}",
        format_func=lambda name: say(f"priorities.order_{name}"),
    )  # fmt: skip
    return chosen or orders[0]


def _chart(view: View, ordered: Sequence[Priority], say: Speech) -> None:
    st.subheader(say("priorities.chart"), anchor=False)
    table, is_log = priority_scatter.scatter_table(view, ordered, say)
    if table.empty:
        return
    st.caption(say("priorities.chart_how"))
    axis = say("priorities.chart_x_log" if is_log else "priorities.chart_x")
    draw.chart("effort", table, say, axis, say("priorities.chart"), priority_charts.HEIGHT)
    st.html(_legend(view, ordered, say))


def _legend(view: View, ordered: Sequence[Priority], say: Speech) -> str:
    """Which colour is which group, and which shape which ease."""
    shown = {one.group for one in ordered}
    marks = [
        ("■", group.colour, say.name(group.name))
        for group in view.edition.groups
        if group.code in shown
    ]
    marks += [
        (sign, "currentColor", say(f"priorities.ease_{ease}"))
        for ease, sign in zip(Ease, "●■▲", strict=True)
    ]
    return " ".join(
        f'<span style="white-space:nowrap;margin-right:1rem">'
        f'<span style="color:{escape(colour)}">{sign}</span> {escape(name)}</span>'
        for sign, colour, name in marks
    )
