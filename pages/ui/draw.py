"""Putting a chart and the table behind it on the screen."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from pages.ui import charts, tables
from pages.ui.view import Speech, View

# A cell that begins with one of these would be run as a formula by a spreadsheet.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def chart(
    kind: str, table: pd.DataFrame, say: Speech, axis_title: str, alt: str,
    height: int | None = None,
) -> None:  # fmt: skip
    """Draw the chart ``kind`` of ``table``; the specification stays constant between moves.

    ``height`` in pixels, where it does not follow from the number of rows.
    """
    spec = charts.compiled(kind, say.language, axis_title)
    table = table.assign(row=range(len(table)))
    height = height or charts.ROW * max(len(table), 2) + charts.AXIS
    st.vega_lite_chart(table, spec, width="stretch", height=height, key=f"chart-{kind}", alt=alt)


def download(
    table: pd.DataFrame | Callable[[], pd.DataFrame], say: Speech, name: str,
    view: View | None = None, peers: str = "", label: str = "",
) -> None:  # fmt: skip
    """Offer ``table`` as a CSV file that Excel opens with Vietnamese letters intact.

    A table that takes time is a function, called when the file is asked for. With ``view``, file
    name and last columns say whose figures they are and how to read them; ``peers``: what the peers
    do in them, where that matters.
    """
    file = name
    if view is not None:
        file = f"{name}-{view.unit.code}-{view.scenario.until or view.baseline.period}"

    def written() -> bytes:
        found = table() if callable(table) else table
        if view is not None:
            found = tables.with_source(found, view, say, peers)
        return csv_bytes(found, say.language)

    st.download_button(
        label or say("charts.download"),
        data=written,
        file_name=f"{file}.csv",
        mime="text/csv", key=f"download-{name}", on_click="ignore", type="tertiary",
        icon=":material/download:",
    )  # fmt: skip


def csv_bytes(table: pd.DataFrame, language: str = "en") -> bytes:
    """UTF-8 with a byte-order mark; text cells can never be taken for formulas.

    Vietnamese: semicolons and decimal commas, as a Vietnamese Excel expects them.
    """
    separator, mark = (";", ",") if language == "vi" else (",", ".")
    # As objects: whole numbers stay whole beside empty cells.
    safe = table.astype(object).map(partial(_written, mark=mark), na_action="ignore")
    buffer = io.StringIO()
    safe.to_csv(buffer, index=False, sep=separator)
    return buffer.getvalue().encode("utf-8-sig")


def _written(cell: object, mark: str) -> object:
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    if isinstance(cell, float):
        # Written here: beside words in its column a number would keep its point.
        return int(cell) if cell.is_integer() else str(round(cell, 4)).replace(".", mark)
    return cell
