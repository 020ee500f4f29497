"""Cells of the table of units: shares as texts, and what was typed into them; no Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from simulator.allocation_links import Kind, parse_cases
from simulator.errors import ScenarioError
from simulator.presentation.dividing.found import Edits
from simulator.presentation.speech import Speech

COLUMNS = {Kind.FIXED: "dividing.share", Kind.FLOORS: "dividing.least"}


def as_text(cases: Any, say: Speech) -> str:
    """As it is typed: whatever the browser's language, a comma never gets lost in a number."""
    return "" if pd.isna(cases) else say.count(int(cases))


def agrees(table: pd.DataFrame, edited: Mapping[int, Mapping[str, Any]], say: Speech) -> bool:
    """True if everything typed in the editor stands in ``table`` (whole numbers) too."""
    for position, changes in edited.items():
        for column, value in changes.items():
            if int(position) >= len(table) or column not in table.columns:
                return False
            there = table[column].iloc[int(position)]
            try:
                typed = _typed(value, "", "", say.language)
            except ScenarioError:
                return False
            if pd.isna(there) != (typed is None) or (typed is not None and there != typed):
                return False
    return True


def _typed(value: Any, lever: str, unit: str, language: str) -> int | None:
    """What stands in a cell of the editor; None in an empty one."""
    text = "" if value is None else str(value).strip()
    return parse_cases(text, lever, unit, language) if text else None


def edits_of(
    edited: Mapping[int, Mapping[str, Any]], codes: Sequence[str], lever: str, say: Speech
) -> tuple[Edits, tuple[ScenarioError, ...]]:  # fmt: skip
    """What the editor says was typed, as figures set by hand, and what is no whole number.

    An emptied cell lets go.
    """
    found: dict[tuple[Kind, str, str], int | None] = {}
    refused = []
    for position, changes in edited.items():
        for kind, column in COLUMNS.items():
            if say(column) in changes:
                unit = codes[int(position)]
                try:
                    cases = _typed(changes[say(column)], lever, unit, say.language)
                except ScenarioError as error:
                    refused.append(error)
                else:
                    found[kind, lever, unit] = cases
    return found, tuple(refused)
