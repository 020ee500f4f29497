"""Charts as functions from a table to an Altair chart; no Streamlit inside.

Every label a person reads comes ready in the table (numbers already written the
Vietnamese or English way), so a chart only places and colours. "Now" is a thin grey
ghost, "projected" is full colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from simulator.presentation.bump_chart import bump_chart
from simulator.presentation.goal_charts import frontier_chart
from simulator.presentation.path_chart import path_chart
from simulator.presentation.priority_charts import effort_chart
from simulator.presentation.rank_charts import reweighted_chart, tornado_chart
from simulator.presentation.side_charts import beside_chart, side_places_chart

GHOST = "#8A94A3"
MIDDLE = "#C27C0E"
GAIN = "#1B7F5C"
LOSS = "#B4441F"
OWN = "#2B6CB0"
# One ready sentence per row.
TIP = [alt.Tooltip("tip:N", title=" ")]
LABEL_SIZE = 13
ROW = 28  # pixels of a row
AXIS = 76  # pixels of the axis with its title

_LOCALES = {
    "vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", ""]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]},
}


def _finish(chart: Any, language: str) -> alt.LayerChart:
    return chart.configure(
        locale={"number": _LOCALES[language]},
        axis={"labelFontSize": LABEL_SIZE, "titleFontSize": LABEL_SIZE, "labelLimit": 270},
        text={"fontSize": LABEL_SIZE},
        view={"stroke": None},
    )


def _rows() -> alt.Y:
    """One row per ``name``, in the order of ``row``: the same specification for any rows."""
    order = alt.EncodingSortField(field="row", op="min", order="ascending")
    axis = alt.Axis(ticks=False, domain=False, labelFlush=False, labelBound=False)
    return alt.Y("name:N", sort=order, title=None, axis=axis, scale=alt.Scale(type="band"))


def _points(field: str, title: str, padding: int) -> alt.X:
    """An axis around the values, with ``padding`` pixels of room for labels."""
    scale = alt.Scale(zero=False, padding=padding)
    return alt.X(field, title=title, axis=alt.Axis(tickCount=6), scale=scale)


def groups_chart(table: pd.DataFrame, language: str, axis_title: str) -> alt.LayerChart:
    """Six bars: projected on top of the ghost of now, maximum as frame, marks for mean and best.

    Columns: row, name, colour, ghost, after, maximum, mean, best (points; NaN if unknown), label,
    and tip. ``ghost`` is the present where it differs.
    """
    y = _rows()
    base = alt.Chart(table).encode(y=y, tooltip=TIP)
    x_scale = alt.Scale(domain=[0, 31])
    axis = alt.Axis(values=[0, 5, 10, 15, 20], grid=True, format="d")
    frame = base.mark_bar(height=20, fill="transparent", stroke=GHOST, strokeWidth=1).encode(
        x=alt.X("maximum:Q", title=axis_title, scale=x_scale, axis=axis)
    )
    after = base.mark_bar(height=20, opacity=0.95).encode(
        x=alt.X("after:Q"), color=alt.Color("colour:N", scale=None, legend=None)
    )
    now = base.mark_bar(height=6, color=GHOST, opacity=0.9).encode(x="ghost:Q")
    mean = base.mark_tick(thickness=2, height=26, color=GHOST).encode(x="mean:Q")
    best = base.mark_point(shape="diamond", size=60, filled=True, color=GHOST).encode(x="best:Q")
    label = base.mark_text(align="left", dx=6).encode(x="maximum:Q", text="label:N")
    chart = alt.layer(frame, after, now, mean, best, label)
    return _finish(chart, language)


def waterfall_chart(table: pd.DataFrame, language: str, axis_title: str) -> alt.LayerChart:
    """What each lever brought, as steps from now to projected.

    Columns: row, name, start, end (points), kind (total, gain, loss), label.
    """
    y = _rows()
    colour = alt.Color(
        "kind:N", legend=None,
        scale=alt.Scale(domain=["now", "gain", "loss", "after"], range=[GHOST, GAIN, LOSS, OWN]),
    )  # fmt: skip
    base = alt.Chart(table).encode(y=y, tooltip=TIP)
    bars = base.mark_bar(height=18, minBandSize=2).encode(
        x=_points("start:Q", axis_title, padding=60),
        x2="end:Q", color=colour,
    )  # fmt: skip
    label = base.mark_text(align="left", dx=6).encode(x="high:Q", text="label:N")
    return _finish(alt.layer(bars, label), language)


def ladder_chart(table: pd.DataFrame, language: str, axis_title: str) -> alt.LayerChart:
    """Neighbours in the ranking, where they may end, and the unit's old and new place.

    Columns: row, name (with place and score), total (points), kind (peer, now, after), p05, p25,
    p50, p75, p95 (ends and middle of the bands of a peer, NaN where it is held), own (the unit's
    total, the same in all rows), tip.
    """
    y = _rows()
    kinds = ["peer", "now", "after"]

    def by_kind(values: Sequence[object]) -> alt.Scale:
        return alt.Scale(domain=kinds, range=list(values))

    base = alt.Chart(table).encode(y=y, tooltip=TIP)
    x = _points("total:Q", axis_title, padding=12)
    # The score one has to beat, through all rows.
    mine = (
        alt.Chart(table)
        .mark_rule(color=OWN, strokeDash=[3, 3], opacity=0.6)
        .encode(x="mean(own):Q")
    )
    most, half = (
        base.mark_bar(height=height, color=GHOST, opacity=opacity).encode(x=alt.X(low), x2=high)
        for low, high, height, opacity in (("p05:Q", "p95:Q", 8, 0.3), ("p25:Q", "p75:Q", 12, 0.4))
    )
    point = base.mark_point(filled=True, opacity=1).encode(
        x=x,
        color=alt.Color("kind:N", legend=None, sort=kinds, scale=by_kind([GHOST, GHOST, OWN])),
        shape=alt.Shape(
            "kind:N", legend=None, sort=kinds, scale=by_kind(["circle", "diamond", "circle"])
        ),
        size=alt.Size("kind:N", legend=None, sort=kinds, scale=by_kind([70, 120, 220])),
    )
    # On their trend all five are one, and this is what is seen.
    middle = base.mark_tick(thickness=3, height=16, color=MIDDLE).encode(x="p50:Q")
    return _finish(alt.layer(mine, most, half, middle, point), language)


def places_chart(table: pd.DataFrame, language: str, axis_title: str) -> alt.LayerChart:
    """Chance of each place. Columns: row, left, right (of the bar, around the place), chance, kind
    (half: in the middle half of all draws, most: in nine of ten, rare), tip."""
    colour = alt.Color(
        "kind:N", legend=None,
        scale=alt.Scale(domain=["half", "most", "rare"], range=[OWN, "#8FB3DA", GHOST]),
    )  # fmt: skip
    bars = alt.Chart(table).mark_bar().encode(
        x=alt.X("left:Q", title=axis_title, axis=alt.Axis(tickMinStep=1, grid=False),
                scale=alt.Scale(zero=False, nice=False)),
        x2="right:Q",
        y=alt.Y("chance:Q", title=None, axis=alt.Axis(format=".0%", tickCount=3)),
        y2=alt.datum(0),
        color=colour, tooltip=TIP,
    )  # fmt: skip
    return _finish(alt.layer(bars), language)


def losses_chart(table: pd.DataFrame, language: str, axis_title: str) -> alt.LayerChart:
    """Points lost per indicator, largest first. Columns: row, name, lost, room, colour, label."""
    base = alt.Chart(table).encode(
        y=_rows(),
        tooltip=TIP,
    )
    bars = base.mark_bar(height=16).encode(
        x=alt.X("lost:Q", title=axis_title, axis=alt.Axis(tickMinStep=1)),
        color=alt.Color("colour:N", scale=None, legend=None),
    )
    label = base.mark_text(align="left", dx=6).encode(x="lost:Q", text="label:N")
    # Nothing is drawn here: it keeps room for the label of the longest bar.
    room = base.mark_point(opacity=0).encode(x="room:Q")
    return _finish(alt.layer(bars, label, room), language)


@cache
def compiled(chart: str, language: str, axis_title: str) -> dict[str, Any]:
    """The Vega-Lite specification of a chart without its data.

    Building and validating an Altair chart takes tens of milliseconds, so it is done once;
    afterwards only the data changes and the picture updates in place.
    """
    build = {
        "groups": groups_chart,
        "waterfall": waterfall_chart,
        "ladder": ladder_chart,
        "losses": losses_chart,
        "path": lambda table, language, title: _finish(
            path_chart(table, title, OWN, GAIN, GHOST), language
        ),
        "bump": lambda table, language, _: _finish(bump_chart(table, OWN, GHOST), language),
        "places": places_chart,
        "effort": lambda table, language, title: _finish(
            effort_chart(table, title, GHOST), language
        ),
        "frontier": lambda table, language, title: _finish(
            frontier_chart(table, title, OWN, GHOST, MIDDLE), language
        ),
        "tornado": lambda table, language, title: _finish(
            tornado_chart(table, title, LOSS, GAIN, GHOST, OWN), language
        ),
        "beside": lambda table, language, title: _finish(
            beside_chart(table, title, GHOST), language
        ),
        "side-places": lambda table, language, title: _finish(
            side_places_chart(table, title, GHOST), language
        ),
        "reweighted": lambda table, language, title: _finish(
            reweighted_chart(table, title, OWN, "#8FB3DA", GHOST), language
        ),
    }[chart]
    spec: dict[str, Any] = build(pd.DataFrame({"name": []}), language, axis_title).to_dict()
    spec.pop("data", None)
    spec.pop("datasets", None)
    return spec
