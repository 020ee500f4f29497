"""Effort against gain as an Altair chart: a function from a table to a chart, no Streamlit."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

# Pixels: of the whole chart, around the plot, and of the plot itself.
HEIGHT = 460
TOP, BOTTOM, LEFT, RIGHT = 34, 58, 46, 40
PLOT_HEIGHT = HEIGHT - TOP - BOTTOM
# From this width of the chart on names have room (priority_scatter.py).
NAMES_FROM = 1000
EASES = {"easy": "circle", "medium": "square", "hard": "triangle-up"}
# Where a label stands beside its point: alignment, baseline, and how far from it.
SIDES: dict[str, dict[str, Any]] = {
    "right": {"align": "left", "baseline": "middle", "dx": 9},
    "left": {"align": "right", "baseline": "middle", "dx": -9},
    "above": {"align": "center", "baseline": "bottom", "dy": -9},
    "below": {"align": "center", "baseline": "top", "dy": 9},
}
_TIP = [alt.Tooltip("tip:N", title=" ")]
_IS_WIDE = f"windowSize()[0] >= {NAMES_FROM}"


def _expr(text: str) -> Any:
    return {"expr": text}


def effort_chart(table: pd.DataFrame, axis_title: str, ghost: str) -> alt.LayerChart:
    """Hours across, points upwards, one mark per lever.

    Columns: kind (point; x and y: ticks of the axes; title: of the upward one), at and up (0 to
    1), colour and shape (ease) of a point, label and side of a narrow chart, wide_label and
    wide_side of a wide one (right, left, above, below of the point), tip. ``ghost``: of the lines.
    """
    base = alt.Chart(table)
    across = alt.Scale(domain=[0, 1], nice=False, range=[LEFT, _expr(f"width - {RIGHT}")])
    upward = alt.Scale(domain=[0, 1], nice=False, range=[_expr(f"height - {BOTTOM}"), TOP])
    x = alt.X("at:Q", title=axis_title, scale=across,
              axis=alt.Axis(labels=False, ticks=False, grid=False, domain=False, titlePadding=0,
                            titleY=-6))  # fmt: skip
    y = alt.Y("up:Q", scale=upward, axis=None)

    def of(kind: str) -> alt.Chart:
        return base.transform_filter(alt.datum.kind == kind)

    lines = {"color": ghost, "opacity": 0.3}
    columns = of("x").mark_rule(**lines, y=TOP, y2=_expr(f"height - {BOTTOM}")).encode(x=x)
    rows = of("y").mark_rule(**lines, x=LEFT, x2=_expr(f"width - {RIGHT}")).encode(y=y)
    hours = of("x").mark_text(y=_expr(f"height - {BOTTOM - 16}")).encode(x=x, text="label:N")
    points = of("y").mark_text(x=LEFT - 8, align="right").encode(y=y, text="label:N")
    title = of("title").mark_text(x=2, y=10, align="left").encode(text="label:N")
    marks = of("point").mark_point(filled=True, opacity=0.95, size=130).encode(
        x=x, y=y, tooltip=_TIP, color=alt.Color("colour:N", scale=None, legend=None),
        shape=alt.Shape(
            "shape:N", legend=None,
            scale=alt.Scale(domain=list(EASES), range=list(EASES.values())),
        ),
    )  # fmt: skip
    labels = [
        of("point")
        .transform_calculate(
            shown=f"{_IS_WIDE} ? datum.wide_label : datum.label",
            place=f"{_IS_WIDE} ? datum.wide_side : datum.side",
        )
        .transform_filter(alt.datum.place == side)
        .mark_text(**how)
        .encode(x=x, y=y, text="shown:N", tooltip=_TIP)
        for side, how in SIDES.items()
    ]
    return alt.layer(columns, rows, hours, points, title, marks, *labels)
