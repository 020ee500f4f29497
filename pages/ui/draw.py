"""Putting a chart and the table behind it on the screen."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from simulator.presentation import charts, tables
from simulator.presentation.csv_file import csv_bytes
from simulator.presentation.speech import Speech
from simulator.presentation.view import View


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
