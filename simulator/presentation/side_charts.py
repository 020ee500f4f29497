"""Charts of scenarios side by side: functions from a table to an Altair chart, no Streamlit."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

# Of the scenarios in their order; they read on light and on dark, and a number stands beside each.
COLOURS = ("#2B6CB0", "#C27C0E", "#1B7F5C", "#A24C93")
# Pixels: of a group with all its bars, of a scenario, of an axis with its title and without.
BAND, ROW, AXIS, BARE_AXIS = 56, 19, 80, 30
# Shares of the width: end of the totals, their labels, begin of the ranks; pixels of their labels.
TOTALS, TOTAL_LABEL, RANKS, RANK_LABEL, RANK_LABEL_PHONE = 0.36, 0.38, 0.56, 92, 34
TICK = 20  # pixels a tick of the places needs
# Where an axis of places may have its ticks: the first place always has one.
PLACES = [1, *range(5, 1000, 5)]
_TIP = [alt.Tooltip("tip:N", title=" ")]
_PHONE = "windowSize()[0] < 640"
_RANKS_END = f"width - ({_PHONE} ? {RANK_LABEL_PHONE} : {RANK_LABEL})"


def _expr(text: str) -> Any:
    return {"expr": text}


def _rows(limit: int, phone: int) -> alt.Y:
    """One row per ``name``, in the order of ``row``."""
    order = alt.EncodingSortField(field="row", op="min", order="ascending")
    axis = alt.Axis(ticks=False, domain=False, labelLimit=_expr(f"{_PHONE} ? {phone} : {limit}"))
    return alt.Y(
        "name:N", sort=order, title=None, axis=axis, scale=alt.Scale(type="band", padding=0.12)
    )


def beside_chart(table: pd.DataFrame, axis_title: str, ghost: str) -> alt.LayerChart:
    """Every group with one bar per scenario on the same scale, the present thin and grey.

    Columns: row, name (group), series (0 for the present, else the number of the scenario), points
    (NaN if unknown), maximum, colour, label (the number), tip. ``ghost``: of present and frames.
    """
    y = _rows(200, 165)
    base = alt.Chart(table).encode(y=y, tooltip=_TIP)
    x = alt.X(
        "points:Q", title=axis_title or None, scale=alt.Scale(domainMin=0, nice=False, padding=14),
        axis=alt.Axis(tickCount=5, format="d"),
    )  # fmt: skip
    offset = alt.YOffset("series:O", sort="ascending")
    frame = (
        base.transform_filter(alt.datum.series == 0)
        .mark_bar(fill="transparent", stroke=ghost, strokeWidth=1, opacity=0.7)
        .encode(x=alt.X("maximum:Q", title=None))
    )
    now = (
        base.transform_filter(alt.datum.series == 0)
        .mark_bar(color=ghost, height=5, opacity=0.9)
        .encode(x=x, yOffset=offset)
    )
    scenarios = base.transform_filter(alt.datum.series > 0)
    bars = scenarios.mark_bar(height={"band": 0.82}).encode(
        x=x, yOffset=offset, color=alt.Color("colour:N", scale=None, legend=None)
    )
    labels = scenarios.mark_text(align="left", dx=3, fontSize=11).encode(
        x=x, yOffset=offset, text="label:N"
    )
    return alt.layer(frame, now, bars, labels)


def side_places_chart(table: pd.DataFrame, axis_title: str, ghost: str) -> alt.LayerChart:
    """Total and rank of every scenario in one row, each on one scale for all.

    Columns: row, name, colour, now (True for the present), total (points) and total_label, place,
    best and worst (ends of the interval, NaN where it is none), place_label and rank (as a text,
    with and without the interval), tip. NaN where something is not known. ``axis_title``: of both
    axes, with a bar between.
    """
    total_title, _, place_title = axis_title.partition("|")
    base = alt.Chart(table).encode(y=_rows(190, 62), tooltip=_TIP)
    colour = alt.Color("colour:N", scale=None, legend=None)
    total = alt.X(
        "total:Q", title=total_title,
        axis=alt.Axis(tickCount=4, titleAnchor="start", orient="bottom"),
        scale=alt.Scale(zero=False, nice=False, padding=8, range=[0, _expr(f"width * {TOTALS}")]),
    )  # fmt: skip
    # No more ticks than there is room for, four at most.
    ticks = _expr(f"clamp(floor(({_RANKS_END} - width * {RANKS}) / {TICK}), 2, 4)")
    place = alt.X(
        "place:Q", title=place_title,
        axis=alt.Axis(
            values=PLACES, tickCount=ticks, labelOverlap="greedy", labelSeparation=6, format="d",
            titleAnchor="end", orient="bottom",
        ),
        scale=alt.Scale(
            nice=False, domainMin=1, zero=False,
            range=[_expr(_RANKS_END), _expr(f"width * {RANKS}")],
        ),
    )  # fmt: skip
    rule: dict[str, Any] = {"color": ghost, "strokeWidth": 2, "opacity": 0.8, "y": 0}
    bottom = _expr("height")
    totals = alt.layer(
        alt.Chart(table)
        .transform_filter(alt.datum.now)
        .mark_rule(**rule, y2=bottom)
        .encode(x=total),
        base.mark_point(filled=True, size=150, opacity=1).encode(x=total, color=colour),
        base.mark_text(align="left", x=_expr(f"width * {TOTAL_LABEL}")).encode(
            text="total_label:N"
        ),
    )
    ranks = alt.layer(
        alt.Chart(table)
        .transform_filter(alt.datum.now)
        .mark_rule(**rule, y2=bottom)
        .encode(x=place),
        base.mark_bar(height=9, opacity=0.4).encode(x=alt.X("best:Q"), x2="worst:Q", color=colour),
        base.mark_point(filled=True, size=150, opacity=1).encode(x=place, color=colour),
        base.transform_calculate(shown=f"{_PHONE} ? datum.rank : datum.place_label")
        .mark_text(align="left", x=_expr(f"{_RANKS_END} + 14"))
        .encode(text="shown:N"),
    )
    return alt.layer(totals, ranks).resolve_scale(x="independent")
