"""A chart of the screens as it is printed: fixed size, white ground, nothing to point at."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from typing import Any

import pandas as pd

from simulator.presentation import charts

# Pixels. A picture 16 cm wide has 0.71 pt a pixel, so that its texts of 13 pixels have 9 pt.
WIDTH = 640
LETTERS = 30  # of a line of a name
LINE = 15  # of each further line of a name
# The first that a machine has. All have the Vietnamese letters, which the font that comes
# with the converter lacks, and the first two the minus sign.
FONT = "Segoe UI, DejaVu Sans, Noto Sans, Arial, Helvetica, sans-serif"
NAMED = frozenset({"groups", "losses", "waterfall", "ladder"})
_BREAK = "\n"
# What the screens ask of the window; paper is a wide one.
_WINDOW, _WIDE = "windowSize()[0]", "10000"


def paper_spec(
    kind: str, table: pd.DataFrame, language: str, axis: str, height: int | None
) -> tuple[dict[str, Any], int]:
    """The whole Vega-Lite specification with its rows, and its height in pixels."""
    rows = table.assign(row=range(len(table)))
    tall = 1
    if kind in NAMED:
        rows["name"] = [_BREAK.join(_lines(str(name))) for name in rows["name"]]
        tall = max(str(name).count(_BREAK) + 1 for name in rows["name"])
    if height is None:
        # Two rows at least: an axis needs as much.
        height = (charts.ROW + LINE * (tall - 1)) * max(len(rows), 2) + charts.AXIS
    spec = _still(charts.compiled(kind, language, axis))
    if kind in NAMED:
        _break_names(spec)
    config = dict(spec.get("config", {}))
    config["font"] = FONT
    config["axis"] = {**config.get("axis", {}), "labelLimit": 0, "titleLimit": 0}
    return spec | {
        "width": WIDTH, "height": height, "background": "#FFFFFF", "padding": 6,
        "autosize": {"type": "fit", "contains": "padding"}, "config": config,
        "data": {"values": _values(rows)},
    }, height  # fmt: skip


def _lines(name: str) -> list[str]:
    """``name`` in as few lines as it takes, all of about the same length."""
    count = len(textwrap.wrap(name, LETTERS)) or 1
    for letters in range(len(name) // count, LETTERS):
        found = textwrap.wrap(name, max(letters, 1))
        if len(found) <= count:
            return found or [""]
    return textwrap.wrap(name, LETTERS)


def _values(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON has them: a missing figure is null."""
    return [
        {str(key): _plain(value) for key, value in row.items()}
        for row in rows.to_dict(orient="records")
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, str | bool | int) or value is None:
        return value
    number = float(value)
    return number if math.isfinite(number) else None


def _still(part: Any) -> Any:
    """``part`` of a specification without what answers to a pointer or a window."""
    if isinstance(part, Mapping):
        return {key: _still(value) for key, value in part.items() if key != "tooltip"}
    if isinstance(part, list):
        return [_still(one) for one in part]
    return part.replace(_WINDOW, _WIDE) if isinstance(part, str) else part


def _break_names(part: Any) -> None:
    """Let the axes of names show them in lines."""
    if isinstance(part, dict):
        if part.get("field") == "name" and isinstance(part.get("axis"), dict):
            part["axis"] |= {"labelExpr": r"split(datum.label, '\n')", "labelLineHeight": LINE}
        for value in part.values():
            _break_names(value)
    elif isinstance(part, list):
        for one in part:
            _break_names(one)
