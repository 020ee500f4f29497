"""Which columns of a table a sheet prints, and how wide they are, so that it can be read on A4."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from simulator.reports.letter_widths import width_of
from simulator.reports.on_paper import BESIDES, FONT_SIZE, TURNED

NOTHING = ("", "—")
# What all rows say is told once above them, if it is longer than this.
LONG = 14
# What a cell leaves free beside a text, and beside a number or a heading.
FREE, FREE_OF_NUMBER = 2, 1
NARROW, NARROW_TEXT, WIDE, HEAD_LINES = 6, 14, 44, 4
# As wide as a turned page can be with letters of 7.5 points.
MOST = TURNED * FONT_SIZE / 7.5
# From here on a count is meant: beside it only figures with decimals show any.
MANY = 1000


@dataclass(frozen=True)
class Shown:
    """``frame``: what is printed, then what stands beside it; ``printed``: columns of the first;
    ``told``: what all rows say, by its title."""

    frame: pd.DataFrame
    printed: int
    told: Mapping[str, str]


def shown(frame: pd.DataFrame, aside: Sequence[str]) -> Shown:
    """``frame`` without columns that say nothing, those named ``aside`` last."""
    printed: list[int] = []
    beside: list[int] = []
    told: dict[str, str] = {}
    # Counted, as two columns can have one name.
    for k, name in enumerate(map(str, frame.columns)):
        said = _said(frame.iloc[:, k])
        if name in aside:
            beside += [k] if said else []
        elif k and (text := _told_by_all(said, len(frame))):
            told[name] = text
        elif said or not len(frame):
            printed.append(k)
    return Shown(frame.iloc[:, [*(printed or [0]), *beside]], len(printed) or 1, told)


def _said(column: pd.Series) -> list[Any]:
    return [one for one in column if not is_nothing(one)]


def is_nothing(cell: Any) -> bool:
    return cell.strip() in NOTHING if isinstance(cell, str) else bool(pd.isna(cell))


def _told_by_all(said: list[Any], rows: int) -> str:
    """The long text that all of several rows say; empty if there is none."""
    is_same = len(said) == rows > 1 and len(set(map(str, said))) == 1
    return said[0] if is_same and isinstance(said[0], str) and len(said[0]) > LONG else ""


def decimals_of(values: Sequence[Any], decimals: int | None) -> list[int]:
    """With how many decimals numbers of a column are written: all with the same, but for counts
    beside figures that have some."""
    numbers = [None if isinstance(one, str) or pd.isna(one) else float(one) for one in values]
    if decimals is not None:
        return [decimals] * len(values)
    known = [one for one in numbers if one is not None]
    most = max((_needed(one) for one in known), default=0)
    if not any(abs(one) >= MANY for one in known):
        return [most] * len(values)
    return [0 if one is None else _needed(one) for one in numbers]


def _needed(number: float) -> int:
    return next((k for k in (0, 1) if round(number, k) == round(number, 2)), 2)


def widths(shown: Shown, decimals: Mapping[str, int]) -> list[int]:
    """Of all columns; long texts are wrapped until the printed ones fit."""
    least, natural = [], []
    for k, name in enumerate(map(str, shown.frame.columns)):
        low, high = _bounds(name, list(shown.frame.iloc[:, k]), decimals.get(name))
        least.append(low)
        natural.append(high)
    found = natural[:]
    printed = range(shown.printed)
    while printed_width(found[: shown.printed]) > MOST:
        widest = max(printed, key=lambda k: found[k] - least[k])
        if found[widest] <= least[widest]:
            break
        found[widest] -= 1
    return found


def printed_width(widths: Sequence[float]) -> float:
    """What columns of ``widths`` take on paper."""
    return sum(widths) + BESIDES * len(widths)


def _bounds(title: str, values: list[Any], decimals: int | None) -> tuple[int, int]:
    """The least width of a column and the one its cells ask for."""
    told = [one for one in values if isinstance(one, str)]
    numbers = [
        f"{value:,.{places}f}"
        for value, places in zip(values, decimals_of(values, decimals), strict=True)
        if not isinstance(value, str) and not pd.isna(value)
    ]
    number = max(map(width_of, numbers), default=0.0)
    low = max(NARROW, math.ceil(FREE_OF_NUMBER + max(number, _head(title))))
    if not told:
        return low, low
    text = math.ceil(FREE + max(map(width_of, told)))
    return max(low, min(text, NARROW_TEXT)), max(low, min(text, WIDE))


def _head(title: str) -> float:
    """Room for its longest word, and not too many lines."""
    words = [width_of(word, is_bold=True) for word in title.split()]
    return max(max(words, default=0.0), width_of(title, is_bold=True) / HEAD_LINES)
