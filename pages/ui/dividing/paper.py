"""The tables as they are written: on the screen, and whole on paper."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from pages.ui import written
from simulator.allocation_table import Way
from simulator.numbers import format_date
from simulator.presentation.dividing import words
from simulator.presentation.speech import Speech
from simulator.presentation.view import View

RATES = ("now_rate", "line_rate", "end_rate", "after_rate")
POINTS = ("total_now", "total_after")
# Columns that say something only where somebody set a figure.
BY_HAND = ("least", "how")


def shown(table: pd.DataFrame, say: Speech) -> Styler:
    """Rates with one decimal and points with theirs, so that they stand below each other."""
    points = [say(f"dividing.{name}") for name in POINTS]
    rates = [say(f"dividing.{name}") for name in RATES]
    return written.shown(table, say, points).format(
        lambda rate: say.number(rate, 1), na_rep=say("unit.unknown"),
        subset=[name for name in rates if name in table.columns],
    )  # fmt: skip


def draw_paper(view: View, title: str, way: Way, table: pd.DataFrame, say: Speech) -> None:
    """The whole table on paper, where one that scrolls shows only the rows in sight."""
    last = view.outlook.period.last if view.outlook else None
    until = say("dividing.print_whole")
    if last is not None:
        until = say("dividing.print_ahead", last=format_date(last.isoformat()))
    line = say(
        "dividing.print_line", source=say.name(view.baseline.title),
        way=say(f"dividing.way_{way}"), until=until,
    )  # fmt: skip
    heading = escape(say("dividing.print_title", unit=view.unit.name, what=title))
    st.html(
        f'<div class="print-only dividing-paper"><strong>{heading}</strong><br>{escape(line)}'
        f"{markup(table, say)}</div>"
    )


def markup(table: pd.DataFrame, say: Speech) -> str:
    """The table with its texts escaped; columns nobody filled by hand are left out."""
    empty = [
        name
        for name in (say(f"dividing.{key}") for key in BY_HAND)
        if name in table.columns and not any(_text(cell, name, say) for cell in table[name])
    ]
    table = table.drop(columns=empty)
    head = "".join(f"<th>{escape(str(column))}</th>" for column in table.columns)
    lines = (
        "".join(
            f"<td>{escape(_text(cell, str(column), say))}</td>"
            for cell, column in zip(line, table.columns, strict=True)
        )
        for line in table.itertuples(index=False)
    )
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _text(cell: object, column: str, say: Speech) -> str:
    if isinstance(cell, str):
        return cell
    if bool(pd.isna(cell)):
        return ""
    value = float(str(cell))
    if column in {say(f"dividing.{name}") for name in POINTS}:
        return say.number(value, say.decimals)
    if column in {say(f"dividing.{name}") for name in RATES}:
        return say.number(value, 1)
    return words.hours(value, say)
