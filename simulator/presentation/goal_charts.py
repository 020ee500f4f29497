"""Effort and score as an Altair chart: a function from a table to a chart, no Streamlit."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

HEIGHT = 380
_TIP = [alt.Tooltip("tip:N", title=" ")]


def frontier_chart(
    table: pd.DataFrame, axis_title: str, own: str, ghost: str, mark: str
) -> alt.LayerChart:
    """Hours across, total upwards: the best total for every effort, and the plan among them.

    Columns: kind (path: plans of the curve; plan: the present one; line: a bound through the whole
    width), at (hours), up (points), label (of a bound), tip. ``own``: colour of the curve,
    ``ghost``: of the bounds, ``mark``: of the present plan.
    """
    base = alt.Chart(table)
    x = alt.X(
        "at:Q", title=axis_title, scale=alt.Scale(nice=False, padding=14, domainMin=0),
        axis=alt.Axis(format=",d", tickCount=5, labelOverlap=True, grid=False),
    )  # fmt: skip
    y = alt.Y(
        "up:Q", title=None, scale=alt.Scale(zero=False, padding=18), axis=alt.Axis(tickCount=6)
    )

    def of(kind: str) -> alt.Chart:
        return base.transform_filter(alt.datum.kind == kind)

    bounds = of("line")
    lines = bounds.mark_rule(color=ghost, strokeDash=[5, 4]).encode(y=y, tooltip=_TIP)
    edge: Any = {"expr": "width - 4"}
    names = bounds.mark_text(align="right", baseline="bottom", dy=-3, x=edge).encode(
        y=y, text="label:N", tooltip=_TIP
    )
    path = of("path").mark_line(color=own, strokeWidth=2.5).encode(x=x, y=y)
    dots = of("path").mark_point(filled=True, size=55, color=own, opacity=1).encode(
        x=x, y=y, tooltip=_TIP
    )  # fmt: skip
    plan = of("plan").mark_point(
        filled=True, size=240, shape="diamond", color=mark, opacity=1
    ).encode(x=x, y=y, tooltip=_TIP)  # fmt: skip
    return alt.layer(lines, path, dots, plan, names)
