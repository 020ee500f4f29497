"""Rates of one indicator through the year as an Altair chart; no Streamlit inside."""

from __future__ import annotations

import altair as alt
import pandas as pd

HEIGHT = 360
_TIP = [alt.Tooltip("tip:N", title=" ")]


def path_chart(
    table: pd.DataFrame, axis_title: str, own: str, gain: str, ghost: str
) -> alt.LayerChart:
    """Rates of one indicator through the year: of single months, and up to their ends.

    Columns: kind (ghost: a month so far; needed: a month to come; line, path: cumulative at
    present rates and as planned), at and end (months, 10.5 is the middle of October), rate
    (percent), label, tip. ``own``, ``gain`` and ``ghost``: colours.
    """
    base = alt.Chart(table).encode(tooltip=_TIP)
    axis = alt.Axis(
        values=[k + 0.5 for k in range(1, 13)], labelExpr="floor(datum.value)", ticks=False,
        grid=False,
    )  # fmt: skip
    x = alt.X("at:Q", title=axis_title, scale=alt.Scale(domain=[1, 13], nice=False), axis=axis)
    y = alt.Y("rate:Q", title="%", scale=alt.Scale(zero=False, padding=18))

    def marked(kind: str) -> alt.Chart:
        return base.transform_filter(alt.datum.kind == kind).encode(x=x, y=y)

    segments = [
        marked(kind).mark_rule(strokeWidth=7, color=colour).encode(x2="end:Q")
        for kind, colour in (("ghost", ghost), ("needed", gain))
    ]
    still = marked("line").mark_line(color=ghost, strokeDash=[5, 4], strokeWidth=2)
    path = marked("path").mark_line(
        color=own, strokeWidth=2.5, point=alt.OverlayMarkDef(color=own, size=60, filled=True)
    )
    above = (
        base.transform_filter("datum.label != '' && datum.at < datum.end")
        .transform_calculate(middle="(datum.at + datum.end) / 2")
        .mark_text(dy=-13)
        .encode(x=alt.X("middle:Q"), y=y, text="label:N")
    )
    # The present stands at the left end of its line, the plan's result at the right of its own.
    first = _below(marked("line"), "left").encode(text="label:N")
    last = _below(marked("path"), "right").encode(text="label:N")
    return alt.layer(*segments, still, path, above, first, last)


def _below(base: alt.Chart, align: str) -> alt.Chart:
    return base.transform_filter("datum.label != ''").mark_text(dy=15, align=align)
