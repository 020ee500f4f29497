"""The table of priorities as a screen shows it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from pandas.io.formats.style import Styler

from pages.ui import written
from simulator.numbers import format_number
from simulator.presentation.priority_tables import hours_text
from simulator.presentation.speech import Speech

POINTS = ("gain", "first_points", "spread", "together", "one_alone", "other_alone", "extra")
SIGNED = ("gain", "first_points", "together", "one_alone", "other_alone", "extra", "added")


def styled(table: pd.DataFrame, say: Speech) -> Styler:
    """Points with the decimals of the edition and a sign, small values with four decimals."""
    writers: dict[str, Callable[[float], str]] = {
        "average": lambda value: format_number(value, say.decimals + 2, say.language),
        "per_100_hours": lambda value: format_number(value, say.decimals + 2, say.language),
        "hours": lambda value: hours_text(value, say),
        "added": lambda value: say.count(value, sign=True),
        "correlation": lambda value: format_number(value, 2, say.language),
        **{
            column: lambda value, column=column: say.points(
                round(100 * value), sign=column in SIGNED
            )
            for column in POINTS
        },
        **{
            column: lambda value: format_number(value, 1, say.language)
            for column in ("nominal", "share", "level", "chance")
        },
    }
    shown = written.shown(table, say)
    for column, write in writers.items():
        name = say(f"priorities.{column}")
        if name in table.columns:
            shown = shown.format(write, subset=[name], na_rep=say("unit.unknown"))
    return shown
