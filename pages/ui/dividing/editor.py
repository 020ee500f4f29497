"""The table of units: shares of one lever that can be set by hand, or all levers side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from pages.ui import written
from pages.ui.dividing import by_hand, paper
from pages.ui.dividing.cells import COLUMNS, agrees, as_text, edits_of
from pages.ui.dividing.summary import few_units
from pages.ui.view import current
from simulator.allocation import Allocation
from simulator.allocation_links import MOST_IN_LINK, Division
from simulator.allocation_scores import UnitPlan
from simulator.allocation_table import Cell, Row
from simulator.errors import ScenarioError
from simulator.presentation.dividing import rows, words
from simulator.presentation.dividing.found import Divided, listed_of, taken
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.scenario import Scenario
from simulator.search import folded

ALL = "all"
# Pixels of a row; more rows scroll inside the table, and half a row tells that there are more.
ROW, MOST_ROWS = 35, 13
_ROUND, _TOLD = "division-round", "division-told"


def draw_table(view: View, divided: Divided, division: Division, say: Speech) -> None:
    """The part; what was typed and refused is told beside the table."""
    found = divided.allocation
    st.subheader(say("dividing.table"), anchor=False)
    told = few_units(found.rows, say)
    if told:
        st.warning("\n\n".join(literal(line) for line in told))
    with st.container(horizontal=True, vertical_alignment="bottom", key="dividing-which"):
        chosen = _which(found, say)
        wanted = folded(st.text_input(say("dividing.search"), key="dividing-search", max_chars=60,
                                      width=260))  # fmt: skip
        _reset(view, division, say)
    known = words.names((own.unit for own in found.units), say)
    row = next((row for row in found.rows if row.lever.code == chosen), None)
    if row is None:
        _all(view, found, known, wanted, say)
        return
    for error in _told(view.scenario, division):
        st.error(words.told(view, error, known, say))
    cells = list(enumerate(row.takers, start=1))
    shown = [item for item in cells if _matches(wanted, item[1].unit, known)]
    if not shown:
        st.info(say("dividing.none_found"))
        return
    with st.container(key="dividing-grid"):
        _editor(view, row, shown, division, known, say)
        _hint(len(shown), say)
        st.markdown(rows.sum_words(view, row, say))
        st.caption(say("dividing.table_how"))
    whole = rows.lever_table(view, row, cells, division, known, say)
    paper.draw_paper(
        view, say.name(row.lever.name), found.way,
        pd.concat([whole, rows.sum_row(view, row, say)], ignore_index=True), say,
    )  # fmt: skip


def _matches(wanted: str, code: str, known: Mapping[str, str]) -> bool:
    return wanted in folded(f"{known[code]} {code}")


def _which(found: Allocation, say: Speech) -> str:
    """One lever, or all."""
    names = {row.lever.code: say.name(row.lever.name) for row in found.rows}
    names[ALL] = say("dividing.all_levers")
    key = f"dividing-lever-{say.language}-{'-'.join(names)}"
    return st.selectbox(
        say("dividing.which"), list(names), key=key, format_func=names.__getitem__, width=460
    )  # fmt: skip


def _all(
    view: View, found: Allocation, known: Mapping[str, str], wanted: str, say: Speech
) -> None:  # fmt: skip
    numbered = list(enumerate(found.units, start=1))
    shown: list[tuple[int, UnitPlan]] = [
        item for item in numbered if _matches(wanted, item[1].unit.code, known)
    ]
    if not shown:
        st.info(say("dividing.none_found"))
        return
    table = rows.all_table(found, shown, known, say)
    points = [say("dividing.total_now"), say("dividing.total_after")]
    with st.container(key="dividing-grid"):
        st.dataframe(
            bold_names(written.shown(table, say, points), say), hide_index=True,
            height=_height(table), placeholder=say("unit.unknown"), column_config=_pinned(say),
        )  # fmt: skip
        _hint(len(shown), say)
        st.caption(say("dividing.all_how"))
    whole = rows.all_table(found, numbered, known, say)
    paper.draw_paper(view, say("dividing.all_levers"), found.way, whole, say)


def _height(table: pd.DataFrame) -> int:
    more = ROW // 2 if len(table) > MOST_ROWS else 0
    return ROW * (min(len(table), MOST_ROWS) + 1) + 3 + more


def _hint(count: int, say: Speech) -> None:
    if count > MOST_ROWS:
        st.caption(say("dividing.scroll", count=say.count(count)))


def bold_names(table: Styler, say: Speech) -> Styler:
    """``table`` with the names of the units in bold: Streamlit fades pinned columns."""
    return table.set_properties(subset=[say("dividing.unit")], **{"font-weight": "600"})


def _pinned(say: Speech) -> dict[str, Any]:
    return {
        say("dividing.number"): st.column_config.Column(width=46, pinned=True),
        say("dividing.unit"): st.column_config.Column(width=222, pinned=True),
    }


def _editor(
    view: View, row: Row, cells: Sequence[tuple[int, Cell]], division: Division,
    known: Mapping[str, str], say: Speech,
) -> None:  # fmt: skip
    table = rows.lever_table(view, row, cells, division, known, say)
    codes = tuple(cell.unit for _, cell in cells)
    key = _key(view, row.lever.code, division, codes, say)
    if not agrees(table, st.session_state.get(key, {}).get("edited_rows", {}), say):
        # What was typed there is not so any more: start with another editor.
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
        key = _key(view, row.lever.code, division, codes, say)
    editable = {kind: say(column) for kind, column in COLUMNS.items()}
    for name in editable.values():
        table[name] = [as_text(cases, say) for cases in table[name]]
    st.data_editor(
        bold_names(paper.shown(table, say), say), key=key, hide_index=True, height=_height(table),
        disabled=[column for column in table.columns if column not in editable.values()],
        placeholder=say("unit.unknown"),
        column_config=_pinned(say) | {
            say(f"dividing.{name}_counts"): st.column_config.TextColumn(alignment="right")
            for name in ("now", "end", "after")
        } | {
            name: st.column_config.TextColumn(
                name, width=110, alignment="right", max_chars=20,
                help=say(f"dividing.{kind}_help"),
            )
            for kind, name in editable.items()
        },
        on_change=take_typed, args=(key, codes, row.lever.code, say.language),
    )  # fmt: skip


def _key(
    view: View, lever: str, division: Division, codes: Sequence[str], say: Speech
) -> str:  # fmt: skip
    """Another editor for everything its rows depend on."""
    place = "-".join(map(str, by_hand.place_of(view.scenario)))
    listed, units = listed_of(view, division).id, crc32(",".join(codes).encode())
    count = st.session_state.get(_ROUND, 0)
    return f"dividing-table-{place}-{listed}-{lever}-{units}-{say.language}-{count}"


def take_typed(key: str, codes: tuple[str, ...], lever: str, language: str) -> None:
    """Take what the editor ``key`` holds; ``codes``: the units of its rows."""
    view = current()
    scenario = view.scenario
    edited = st.session_state[key]["edited_rows"]
    edits, wrong = edits_of(edited, codes, lever, Speech(language))
    division, errors = taken(view, by_hand.division(scenario), edits)
    by_hand.keep(scenario, division)
    st.session_state[_TOLD] = (scenario, division, (*wrong, *errors))


def _told(scenario: Scenario, division: Division) -> tuple[ScenarioError, ...]:
    """Why something typed just now was refused."""
    where, how, errors = st.session_state.get(_TOLD, (None, None, ()))
    return errors if (where, how) == (scenario, division) else ()


def _reset(view: View, division: Division, say: Speech) -> None:
    if division.count:
        st.button(
            say("dividing.reset", count=division.count), key="dividing-reset",
            on_click=_forget, args=(view.scenario, division),
        )  # fmt: skip
        if division.count > MOST_IN_LINK:
            st.caption(say("dividing.not_in_link", count=division.count, most=MOST_IN_LINK))


def _forget(scenario: Scenario, division: Division) -> None:
    by_hand.keep(scenario, division.only(lambda lever, unit: False))
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
