"""Rows of the chart of effort against gain, its axes and labels that do not overlap.

Points, ticks and labels come as places between 0 and 1, so that the specification of the chart
stays the same for any figures. Labels are placed for a narrow and for a wide chart: on a wider one
they only move apart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from simulator.presentation.priority_charts import PLOT_HEIGHT
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.priorities import Priority
from simulator.stops import nice_step

# From this ratio of the largest to the smallest effort on, each line of the axis is ten times.
WIDE_RATIO = 50.0
LEAST_HOURS = 0.1
# Pixels of the plot that labels are placed for: numbers on a phone, names on a screen.
NARROW, WIDE = 250, 880
LETTER, LINE, RADIUS = 7.2, 16, 8
# Names may stand over the edges of the plot by so much.
OVER_NARROW, OVER_WIDE = 8, 30
TICKS = 5
# Beyond the outermost points, as a power of ten.
MARGIN = 0.15


def scatter_table(
    view: View, ordered: Sequence[Priority], say: Speech, plot: int = WIDE
) -> tuple[pd.DataFrame, bool]:
    """Rows for ``effort_chart``, numbered as ``ordered``, and whether the axis of effort is
    logarithmic. Levers of unknown stock stay out. ``plot``: pixels of one with names."""
    numbered = [(k, one) for k, one in enumerate(ordered, start=1) if one.stock_known and one.gain]
    if not numbered:
        return pd.DataFrame(), False
    efforts = [max(one.hours, LEAST_HOURS) for _, one in numbered]
    is_log = max(efforts) / min(efforts) > WIDE_RATIO
    across = _Axis.logarithmic(efforts) if is_log else _Axis.linear(max(efforts))
    up = _Axis.linear(max(one.gain for _, one in numbered) / 100)
    places = [
        (across.place(effort), up.place(one.gain / 100))
        for effort, (_, one) in zip(efforts, numbered, strict=True)
    ]
    names = [f"{k}. {say.name(one.bounds.lever.name)}" for k, one in numbered]
    short = [str(k) for k, _ in numbered]
    narrow = _labels(places, [[number] for number in short], NARROW)
    wide = _labels(places, [list(pair) for pair in zip(names, short, strict=True)], plot)
    rows: list[dict[str, object]] = [
        {
            "kind": "point", "at": at, "up": height, "shape": str(one.ease),
            "colour": view.edition.group_by_code[one.group].colour,
            "label": little[0], "side": little[1], "wide_label": large[0], "wide_side": large[1],
            "tip": say(
                "priorities.chart_tip", number=k, name=say.name(one.bounds.lever.name),
                points=say.points(one.gain, sign=True), hours=say.count(round(one.hours)),
                ease=say(f"priorities.ease_{one.ease}"),
            ),
        }
        for (k, one), (at, height), little, large in zip(
            numbered, places, narrow, wide, strict=True
        )
    ]  # fmt: skip
    rows += [_tick("x", at, 0.0, say.count(value)) for value, at in across.ticks]
    rows += [_tick("y", 0.0, at, say.number(value, up.decimals)) for value, at in up.ticks]
    rows.append(_tick("title", 0.0, 1.0, say("priorities.chart_y")))
    return pd.DataFrame(rows), is_log


def _tick(kind: str, at: float, up: float, label: str) -> dict[str, object]:
    return {"kind": kind, "at": at, "up": up, "label": label, "tip": label}


@dataclass(frozen=True)
class _Axis:
    """From ``low`` to ``high``, linear or by powers of ten; ``marks``: values with a line."""

    low: float
    high: float
    is_log: bool
    marks: tuple[float, ...]
    decimals: int = 0

    @classmethod
    def logarithmic(cls, values: Sequence[float]) -> _Axis:
        low, high = math.log10(min(values)) - MARGIN, math.log10(max(values)) + MARGIN
        marks = tuple(10.0**k for k in range(math.ceil(low), math.floor(high) + 1))
        return cls(low, high, True, marks)

    @classmethod
    def linear(cls, highest: float) -> _Axis:
        step = nice_step(highest * 200 / TICKS, 0.01)
        count = max(1, math.ceil(highest / step - 1e-9))
        marks = tuple(round(k * step, 6) for k in range(count + 1))
        decimals = max(0, -math.floor(math.log10(step) + 1e-9))
        return cls(0.0, marks[-1], False, marks, decimals)

    def place(self, value: float) -> float:
        level = math.log10(value) if self.is_log else value
        return (level - self.low) / (self.high - self.low)

    @property
    def ticks(self) -> list[tuple[float, float]]:
        return [(value, self.place(value)) for value in self.marks]


@dataclass(frozen=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def _labels(
    places: Sequence[tuple[float, float]], texts: Sequence[list[str]], width: int
) -> list[tuple[str, str]]:
    """For every point the first of its texts with room, and its side; empty where none has."""
    centres = [(at * width, (1 - up) * PLOT_HEIGHT) for at, up in places]
    taken = [_Box(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y in centres]
    points, placed = list(taken), []
    over = OVER_NARROW if width == NARROW else OVER_WIDE
    frame = _Box(-over, -LINE, width + over, PLOT_HEIGHT)
    for k, (centre, wanted) in enumerate(zip(centres, texts, strict=True)):
        found = ("", "right")
        for text, side, box in _tries(centre, wanted):
            others = [*points[:k], *points[k + 1 :], *taken[len(points) :]]
            inside = frame.left <= box.left and box.right <= frame.right
            inside = inside and frame.top <= box.top and box.bottom <= frame.bottom
            if inside and not any(box.meets(other) for other in others):
                found = (text, side)
                taken.append(box)
                break
        placed.append(found)
    return placed


def _tries(centre: tuple[float, float], texts: list[str]) -> list[tuple[str, str, _Box]]:
    """Every text at every side of a point, longer ones first."""
    x, y = centre
    tries = []
    for text in texts:
        long, half = LETTER * len(text), LINE / 2
        for side, left, top in (
            ("right", x + RADIUS, y - half),
            ("left", x - RADIUS - long, y - half),
            ("above", x - long / 2, y - RADIUS - LINE),
            ("below", x - long / 2, y + RADIUS),
        ):
            tries.append((text, side, _Box(left, top, left + long, top + LINE)))
    return tries
