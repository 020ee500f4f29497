"""The figures that were read, beside what the rules make of them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.ui import written
from simulator.checks import Report
from simulator.presentation.speech import Speech
from simulator.rules import Edition
from simulator.scorecard import UnitScore

# A page with more rows than anybody reads would only be slow.
MOST_ROWS = 500


def draw_preview(report: Report, edition: Edition, say: Speech) -> None:
    """One row per unit: published scores, those computed where none was printed, and how many
    indicators have counts."""
    # Units with all their groups first: they are what the others belong to.
    units = sorted(report.units, key=lambda unit: -len(unit.published_groups))
    rows = [_row(unit, edition, say) for unit in units[:MOST_ROWS]]
    table = pd.DataFrame(rows)
    names = {say.name(group.name) for group in edition.groups}
    names |= {say("data.column_total"), say("data.column_summed")}
    # As they were printed: this is where a reader looks for misread figures.
    spoken = Speech(say.language, group_names=frozenset(names))
    written.show(table, spoken, height=35 * (min(len(table), 12) + 1) + 3, key="data-preview")
    if len(report.units) > MOST_ROWS:
        st.caption(say("data.preview_first", shown=MOST_ROWS, count=len(report.units)))
    st.caption(say("data.preview_help"))


def _row(unit: UnitScore, edition: Edition, say: Speech) -> dict[str, object]:
    groups = {code: unit.published_groups.get(code, unit.groups[code]) for code in unit.groups}
    known = [score for score in groups.values() if score is not None]
    summed = sum(known) if len(known) == len(groups) else None
    row: dict[str, object] = {
        say("tables.name"): unit.name or unit.unit,
        say("tables.code"): unit.unit,
        say("data.column_total"): _points(unit.published_total),
        say("data.column_summed"): _points(summed),
    }
    for group in edition.groups:
        row[say.name(group.name)] = _points(groups[group.code])
    row[say("data.column_indicators")] = f"{len(unit.indicators)}/{len(edition.indicators)}"
    return row


def _points(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100
