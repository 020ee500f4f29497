"""What the columns of a table mean, where their headers do not tell: a person says it."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from pages.ui.data.memory import mark_of, remembered
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.readers.columns import IGNORE, meanings
from simulator.readers.outline import Outline
from simulator.readers.uploads import Choices, Files, outlines
from simulator.rules import Edition

SAMPLES = 4
ROW, MOST_ROWS = 35, 14


def draw_mapping(files: Files, edition: Edition, mark: str, say: Speech) -> Choices:
    """Meanings by file and sheet: of tables that were not understood, and of those changed."""
    choices: Choices = {}
    found = remembered(
        "outlines", mark_of(mark, edition.code), lambda: outlines(files, edition),
        say("data.reading", count=len(files)),
    )  # fmt: skip
    sheets = Counter(outline.file for outline in found)
    for outline in found:
        chosen = _table(outline, edition, say, can_skip=sheets[outline.file] > 1)
        suggested = {item.column: item.meaning for item in outline.suggestions}
        if outline.needs_mapping or chosen != suggested:
            choices[outline.file, outline.sheet] = tuple(sorted(chosen.items()))
    return choices


def _table(outline: Outline, edition: Edition, say: Speech, can_skip: bool) -> dict[int, str]:
    """Meanings of the columns of one table; of a sheet that is not wanted, none."""
    shown = outline.file if not outline.sheet else f"{outline.file} › {outline.sheet}"
    key = "data.columns_unknown" if outline.needs_mapping else "data.columns_known"
    ignored = sum(item.meaning == IGNORE for item in outline.suggestions)
    counts = {"known": len(outline.suggestions) - ignored, "ignored": ignored}
    label = say(key, file=literal(shown), **counts)
    with st.expander(label, expanded=outline.needs_mapping or can_skip):
        if can_skip and not st.checkbox(
            say("data.read_sheet"), value=True, key=f"sheet-{outline.file}-{outline.sheet}"
        ):
            return {item.column: IGNORE for item in outline.suggestions}
        if outline.needs_mapping:
            st.warning(say("data.columns_ask"))
        else:
            st.caption(say("data.columns_help"))
        return _editor(outline, edition, say)


def _editor(outline: Outline, edition: Edition, say: Speech) -> dict[int, str]:
    known = meanings(edition)
    header, sample, meaning = (
        say("data.column_header"), say("data.column_sample"), say("data.column_meaning"),
    )  # fmt: skip
    table = pd.DataFrame(
        {
            header: [item.header or say("data.no_header") for item in outline.suggestions],
            sample: [_samples(outline, item.column) for item in outline.suggestions],
            meaning: [item.meaning for item in outline.suggestions],
        }
    )
    edited = st.data_editor(
        table, hide_index=True, disabled=[header, sample], width="stretch",
        height=ROW * (min(len(table), MOST_ROWS) + 1) + 3,
        key=f"columns-{outline.file}-{outline.sheet}-{edition.code}-{say.language}",
        column_config={
            meaning: st.column_config.SelectboxColumn(
                meaning, options=list(known), required=True, width="large",
                format_func=lambda key: say.name(known[key]),
            ),
        },
    )  # fmt: skip
    columns = [item.column for item in outline.suggestions]
    return dict(zip(columns, edited[meaning], strict=True))


def _samples(outline: Outline, column: int) -> str:
    cells = [row[column] for row in outline.samples[:SAMPLES] if column < len(row)]
    return " | ".join(cell for cell in cells if cell)
