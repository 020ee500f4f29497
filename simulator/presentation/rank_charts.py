"""Charts of how sensitive a rank is: functions from a table to an Altair chart, no Streamlit."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

BAR = 16
# Pixels at the right in which the label of the longest bar has room.
ROOM = 104
# On a phone names take two lines of about so many letters, or bars would have no room.
LETTERS, LETTERS_WIDTH = 20, 135
_TIP = [alt.Tooltip("tip:N", title=" ")]
_PHONE = "windowSize()[0] < 640"
_CUT = f"lastindexof(slice(datum.label, 0, {LETTERS}), ' ')"
_TWO_LINES = f"[slice(datum.label, 0, {_CUT}), slice(datum.label, {_CUT} + 1)]"


def _expr(text: str) -> Any:
    return {"expr": text}


def _names() -> alt.Y:
    """One row per ``name``, in the order of ``row``."""
    axis = alt.Axis(
        ticks=False, domain=False, labelLineHeight=13, labelOffset=_expr(f"{_PHONE} ? -6 : 0"),
        labelExpr=f"{_PHONE} && length(datum.label) > {LETTERS} ? {_TWO_LINES} : datum.label",
        labelLimit=_expr(f"{_PHONE} ? {LETTERS_WIDTH} : 270"),
    )  # fmt: skip
    order = alt.EncodingSortField(field="row", op="min", order="ascending")
    return alt.Y("name:N", sort=order, title=None, axis=axis, scale=alt.Scale(type="band"))


def tornado_chart(
    table: pd.DataFrame, axis_title: str, loss: str, gain: str, ghost: str, own: str
) -> alt.LayerChart:
    """Places each lever alone leads to, around the present one; better places are at the right.

    Columns: row, name, now, worst, best (places), half_from, half_to (the middle half at the
    best, NaN where it is certain or the same as now), edge (where the label begins), label and
    tip. The colours are those of worse and better places, of intervals and of the present.
    """
    base = alt.Chart(table).encode(y=_names(), tooltip=_TIP)
    axis = alt.Axis(tickMinStep=1, tickCount=_expr(f"{_PHONE} ? 3 : 8"), format="d", grid=False)
    scale = alt.Scale(zero=False, nice=False, range=[_expr(f"width - {ROOM}"), 0])
    x = alt.X("now:Q", title=axis_title, axis=axis, scale=scale)
    bars = [
        base.mark_bar(height=BAR, color=colour).encode(x=x, x2=f"{end}:Q")
        for end, colour in (("worst", loss), ("best", gain))
    ]
    half = base.mark_rule(strokeWidth=2, color=ghost).encode(x="half_from:Q", x2="half_to:Q")
    now = base.mark_tick(thickness=4, height=BAR + 6, color=own).encode(x=x)
    label = base.mark_text(align="left", dx=6).encode(x="edge:Q", text="label:N")
    return alt.layer(*bars, half, now, label)


def reweighted_chart(
    table: pd.DataFrame, axis_title: str, half: str, most: str, rare: str
) -> alt.LayerChart:
    """Chance of each place under other weights.

    Columns: row, name (the place), chance, kind (half: in the middle half of all draws, most: in
    nine of ten, rare) and tip. The colours are those of the three kinds.
    """
    colour = alt.Color(
        "kind:N", legend=None,
        scale=alt.Scale(domain=["half", "most", "rare"], range=[half, most, rare]),
    )  # fmt: skip
    bars = alt.Chart(table).mark_bar().encode(
        x=alt.X("name:O", title=axis_title, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
        y=alt.Y("chance:Q", title=None, axis=alt.Axis(format="%", tickCount=3)),
        color=colour, tooltip=_TIP,
    )  # fmt: skip
    return alt.layer(bars)
