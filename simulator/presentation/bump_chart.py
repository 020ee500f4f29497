"""Ranks of a list over time as an Altair chart; no Streamlit inside.

The history runs from left to right, the first place on top. To its right stand the names, and
apart from it, in a column of its own, the place on a day ahead: that day is often much further
away than the whole history, which would be squeezed on a common axis.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

OTHER = "#9256C9"
# Pixels around the history: above and below it, and for the places at its left.
TOP, BOTTOM, LEFT = 16, 46, 62
# From the names and the column a phone takes less.
_END = "(width - (width < 560 ? 180 : 290))"
_NAMES = f"({_END} + (width < 560 ? 18 : 24))"
_LIMIT = "(width < 560 ? 115 : 182)"
_BREAK = "(width - (width < 560 ? 46 : 78))"
_COLUMN = "(width - (width < 560 ? 22 : 40))"
_DAYS = "(height - 8)"
LINES = ("faint", "named", "other", "own")
_TIP = [alt.Tooltip("tip:N", title=" ")]


def _expr(text: str) -> Any:
    return {"expr": text}


def _y(field: str = "y") -> alt.Y:
    scale = alt.Scale(domain=[0, 1], nice=False, range=[TOP, _expr(f"height - {BOTTOM}")])
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def _x() -> alt.X:
    scale = alt.Scale(domain=[0, 1], nice=False, range=[LEFT, _expr(_END)])
    return alt.X("at:Q", axis=None, scale=scale)


def bump_chart(table: pd.DataFrame, own: str, ghost: str) -> alt.LayerChart:
    """Ranks over time; ``own`` and ``ghost`` are the colours of the unit and of its peers.

    Columns: kind, line (kind of the unit a row belongs to), unit, at (0 the first reading, 1 the
    last), y (0 on top, 1 at the bottom; None where a unit is missing), y2 (where its label stands,
    or the other end of an interval), least (pixels the history must have for a day to be
    written), label, tip.

    Kinds: faint, named, other, own: the places of a unit at every reading; start: its first
    place; name, after_name: what stands at the end of a line; after: the place after a what-if;
    tick and day: the axes; ahead, wide, likely, middle, best, worst: the column.
    """
    base = alt.Chart(table)

    def of(*kinds: str) -> alt.Chart:
        return base.transform_filter(alt.FieldOneOfPredicate("kind", list(kinds)))

    colours = alt.Color(
        "line:N", legend=None,
        scale=alt.Scale(domain=[*LINES, "after"], range=[ghost, ghost, OTHER, own, own]),
    )  # fmt: skip
    layers = [
        *_axes(of, ghost),
        *[_line(of(kind), kind, colours) for kind in LINES],
        *[_dots(of(kind), kind, colours) for kind in LINES],
        of("name", "after_name").mark_rule(opacity=0.7).encode(
            x=alt.value(_expr(f"{_END} + 8")), x2=alt.value(_expr(f"{_NAMES} - 4")),
            y=_y(), y2="y2:Q", color=colours,
        ),
        *_labels(of),
        of("after")
        .mark_point(shape="diamond", size=170, filled=True, opacity=1, stroke="white")
        .encode(x=_x(), y=_y(), color=colours, tooltip=_TIP),
        *_column(of, own, ghost),
    ]  # fmt: skip
    return alt.layer(*layers)


def _axes(of: Any, ghost: str) -> list[alt.Chart]:
    """Grid and numbers of the places, and the days that have room."""
    grid = of("tick").mark_rule(color=ghost, opacity=0.16)
    numbers = of("tick").mark_text(x=24, align="right", opacity=0.75)
    days = of("day").transform_filter(f"datum.least <= {_END} - {LEFT}")
    marks = of("day").mark_rule(
        y=_expr(f"height - {BOTTOM} + 6"), y2=_expr(f"height - {BOTTOM} + 12"), color=ghost
    )
    return [
        grid.encode(x=alt.value(LEFT), x2=alt.value(_expr(_END)), y=_y()),
        numbers.encode(y=_y(), text="label:N"),
        marks.encode(x=_x()),
        days.mark_text(y=_expr(_DAYS)).encode(x=_x(), text="label:N"),
    ]


def _line(rows: alt.Chart, kind: str, colours: alt.Color) -> alt.Chart:
    width = {"faint": 1, "named": 1.4, "other": 2.6, "own": 4}[kind]
    opacity = {"faint": 0.22, "named": 0.85}.get(kind, 1)
    # The tip of a line would be that of its first reading.
    line = rows.mark_line(strokeWidth=width, opacity=opacity, tooltip=None)
    return line.encode(x=_x(), y=_y(), detail="unit:N", color=colours)


def _dots(rows: alt.Chart, kind: str, colours: alt.Color) -> alt.Chart:
    size = {"faint": 24, "named": 26, "other": 46, "own": 80}[kind]
    opacity = {"faint": 0.22, "named": 0.85}.get(kind, 1)
    dots = rows.transform_filter("isValid(datum.y)")
    return dots.mark_point(size=size, filled=True, opacity=opacity).encode(
        x=_x(), y=_y(), color=colours, tooltip=_TIP
    )


def _labels(of: Any) -> list[alt.Chart]:
    """The name and place at the end of lines, and the place at their start."""
    names = of("name", "after_name")
    found = []
    for weight, test in (("bold", "=== 'own'"), ("normal", "!== 'own'")):
        text = names.transform_filter(f"datum.line {test}").mark_text(
            x=_expr(_NAMES), align="left", limit=_expr(_LIMIT), fontWeight=weight
        )
        found.append(text.encode(y=_y("y2"), text="label:N", tooltip=_TIP))
    start = of("start").mark_text(align="right", dx=-10, fontWeight="bold")
    return [*found, start.encode(x=_x(), y=_y(), text="label:N")]


def _column(of: Any, own: str, ghost: str) -> list[alt.Chart]:
    """The day ahead: a light bar, a dark one, the middle place and the ends of the light one."""
    column = _expr(_COLUMN)

    def bar(kind: str, opacity: float) -> alt.Chart:
        mark = of(kind).mark_rule(x=column, strokeWidth=12, color=own, opacity=opacity)
        return mark.encode(y=_y(), y2="y2:Q", tooltip=_TIP)

    middle = of("middle").mark_point(
        x=column, size=110, filled=True, color=own, opacity=1, stroke="white"
    )
    number = of("middle").mark_text(x=column, align="left", dx=10, fontWeight="bold")
    ends = [
        of(kind).mark_text(x=column, dy=dy).encode(y=_y(), text="label:N")
        for kind, dy in (("best", -10), ("worst", 12))
    ]
    parted = of("ahead").mark_rule(color=ghost, strokeDash=[3, 4], opacity=0.8)
    parted = parted.encode(
        x=alt.value(_expr(_BREAK)), y=alt.value(0), y2=alt.value(_expr("height"))
    )
    day = of("ahead").mark_text(x=column, y=_expr(_DAYS))
    return [
        parted,
        day.encode(text="label:N"),
        bar("wide", 0.3),
        bar("likely", 0.65),
        middle.encode(y=_y(), tooltip=_TIP),
        number.encode(y=_y(), text="label:N"),
        *ends,
    ]
