"""Tables on the screen: numbers inside, written the local way."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from simulator.numbers import format_number
from simulator.presentation.point_columns import point_columns
from simulator.presentation.speech import Speech


def shown(table: pd.DataFrame, say: Speech, points: Iterable[str] = ()) -> Styler:
    """``table`` with numbers as text on screen; sorting still works on the numbers.

    Points have the decimals of the edition, other figures those they need (at most two).
    ``points``: more columns in points.
    """
    in_points = set(points) | point_columns(say)
    formats: dict[Any, Any] = {}
    for column in table.select_dtypes("number").columns:
        is_points = str(column) in in_points
        decimals = say.decimals if is_points else None
        formats[column] = partial(_figure, say=say, decimals=decimals)
    return table.style.format(formats, na_rep=say("unit.unknown"))


def _figure(value: float, say: Speech, decimals: int | None) -> str:
    if pd.isna(value):
        return say("unit.unknown")
    if decimals is None:
        decimals = next((k for k in (0, 1) if round(value, k) == round(value, 2)), 2)
    return format_number(value, decimals, say.language)


def show(table: pd.DataFrame, say: Speech, points: Iterable[str] = (), **options: Any) -> None:
    """Draw ``table``; what was not published is a dash."""
    written = shown(table, say, points)
    st.dataframe(written, hide_index=True, placeholder=say("unit.unknown"), **options)
