"""The list of saved scenarios: search, filter, choose one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache, partial

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from pages.ui import draw, kept
from pages.ui.data.memory import mark_of
from pages.ui.following import follow
from pages.ui.library import changing, listing, rows, words
from pages.ui.library.listing import Row, Shelf
from simulator.numbers import format_points
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View

MOST_ROWS = 12
ROW = 35
ALL, UNIT = "all", "unit"


def draw_list(shelf: Shelf, view: View, say: Speech) -> Row | None:
    """The list as filtered; the one that is chosen in it, None if nothing is found."""
    sought, unit, archived = _asked(shelf.rows, view, say)
    shown = listing.found(shelf.rows, sought, unit, archived)
    if not shown:
        st.info(say("library.none_found"))
        return None
    now = kept.opened()
    opened = now.scenario_id if now is not None else ""
    ids = tuple(row.kept.id for row in shown)
    chosen = next((key for key in (changing.chosen(), opened) if key in ids), ids[0])
    # The keys hold what the labels show: the browser sends labels and places of rows.
    mark = mark_of(shelf.mark, ids, say.language)
    _table(shown, ids, _made(shelf, ids, opened, say.language), chosen, mark, say)
    _choice(shown, ids, chosen, mark, say)
    with st.container(horizontal=True, gap="small"):
        # Pressing it runs the page, and that is what reads the list again.
        st.button(say("library.refresh"), key="library-refresh", icon=":material/refresh:",
                  type="tertiary", help=say("library.refresh_help"))  # fmt: skip
        draw.download(
            lambda: rows.file_table(shown, say), say, "scenarios", label=say("library.as_table")
        )
    return shown[ids.index(chosen)]


def _asked(listed: Sequence[Row], view: View, say: Speech) -> tuple[str, str, bool]:
    search, units = st.columns([5, 4], gap="small", vertical_alignment="bottom")
    sought = search.text_input(
        say("library.search"), key="library-search", placeholder=say("library.search_example")
    )
    labels = {
        ALL: say("library.all_units"),
        UNIT: say("library.only_unit", unit=literal(view.unit.short_name)),
    }
    which = units.segmented_control(
        say("library.units"), list(labels), default=ALL, required=True,
        key=f"library-units-{view.unit.code}-{say.language}", format_func=labels.__getitem__,
    )  # fmt: skip
    count = sum(row.kept.archived_at is not None for row in listed)
    archived = count > 0 and st.checkbox(
        say("library.with_archived", count=count), key="library-archived"
    )
    return sought, view.unit.code if which == UNIT else "", archived


def _table(
    shown: Sequence[Row],
    ids: tuple[str, ...],
    table: pd.DataFrame,
    chosen: str,
    mark: str,
    say: Speech,
) -> None:
    key = f"library-list-{mark}"
    place = ids.index(chosen)
    if _selected(key) != ([place], []):
        st.session_state[key] = {"selection": {"rows": [place], "columns": [], "cells": []}}
    number = st.column_config.NumberColumn
    moment = st.column_config.DatetimeColumn
    st.dataframe(
        styled(table, shown, say),
        hide_index=True, key=key, on_select=partial(_choose_row, key, ids),
        selection_mode=("single-row-required", "single-cell"), placeholder=say("unit.unknown"),
        height=ROW * (min(len(shown), MOST_ROWS) + 1) + 3,
        column_config={
            say("library.column_name"): st.column_config.TextColumn(width=225),
            say("library.column_unit"): st.column_config.TextColumn(width=95),
            say("library.column_total"): number(width=85),
            say("library.column_rank"): st.column_config.TextColumn(width=60),
            say("library.column_author"): st.column_config.TextColumn(width=115),
            say("library.column_saved_at"): moment(format="DD/MM/YYYY HH:mm", width=130),
            say("library.column_versions"): number(width=75),
            say("library.column_figures_day"): moment(format="DD/MM/YYYY", width=100),
        },
    )  # fmt: skip


def _selected(key: str) -> tuple[list[int], list[int]]:
    """Rows whose mark is set, and rows with a cell that was clicked."""
    state = st.session_state.get(key)
    if not state:
        return [], []
    return list(state["selection"]["rows"]), [row for row, _ in state["selection"]["cells"]]


def _choose_row(key: str, ids: tuple[str, ...]) -> None:
    """By its mark at the left, or by a click anywhere else in it."""
    marked, clicked = _selected(key)
    for place in (clicked or marked)[:1]:
        if place < len(ids):
            changing.choose(ids[place])


# Made once per change of the store, and for what a search or a filter shows of it.
@lru_cache(maxsize=32)
def _made(shelf: Shelf, ids: tuple[str, ...], opened: str, language: str) -> pd.DataFrame:
    known = {row.kept.id: row for row in shelf.rows}
    return rows.shelf_table([known[key] for key in ids], opened, Speech(language))


def styled(table: pd.DataFrame, shown: Sequence[Row], say: Speech) -> Styler:
    """Totals as each edition writes them; sorting still works on the numbers."""
    total = say("library.column_total")
    style = table.style
    for decimals in {row.about.decimals for row in shown}:
        places = [k for k, row in enumerate(shown) if row.about.decimals == decimals]
        style = style.format(partial(_points, decimals, say), subset=(places, total))
    return style


def _points(decimals: int, say: Speech, value: object) -> str:
    if not isinstance(value, float) or pd.isna(value):
        return say("unit.unknown")
    return format_points(round(100 * value), decimals, say.language)


def _choice(
    shown: Sequence[Row], ids: tuple[str, ...], chosen: str, mark: str, say: Speech
) -> None:
    """The same choice for the keyboard: in a table rows are chosen by pointing only."""
    key = f"library-choice-{mark}"
    labels = choice_labels(shown, say)
    st.selectbox(
        say("library.choose"), ids, ids.index(chosen), key=follow(key, chosen),
        format_func=labels.__getitem__,
        on_change=lambda: changing.choose(st.session_state[key]),
    )  # fmt: skip


def choice_labels(shown: Sequence[Row], say: Speech) -> dict[str, str]:
    """A label for every scenario, no two alike: the browser sends labels."""
    plain = {
        row.kept.id: say(
            "library.choice", name=words.one_line(row.content.name), unit=row.about.unit_name,
            when=words.when(row.kept.newest.saved_at),
        )
        for row in shown
    }  # fmt: skip
    times = Counter(plain.values())
    seen: Counter[str] = Counter()
    labels = {}
    for key, label in plain.items():
        seen[label] += 1
        labels[key] = f"{label} ({seen[label]})" if times[label] > 1 else label
    return labels
