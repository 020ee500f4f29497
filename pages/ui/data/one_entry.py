"""The figures chosen in the list: open, rename, delete, their flags, files and history."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from pages.ui import dialogs, draw, permission, shell, state, written
from pages.ui.data import changes_of_shelf
from pages.ui.data.words import lacking
from simulator import library
from simulator.library import Listed
from simulator.numbers import format_date
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.rank import unit_total
from simulator.search import folded
from simulator.store import StoredFile, open_store

SHOWN_FLAGS = 40
SHORT_MARK = 16


def draw_entry(entry: Listed, say: Speech) -> None:
    """Everything about ``entry``, and what can be done with it."""
    with st.container(border=True, key="shelf-entry"):
        st.subheader(literal(say.name(entry.title)), anchor=False)
        _actions(entry, say)
        if entry.lacks:
            st.warning(literal(say("data.lacks", parts=lacking(entry.lacks, entry.edition, say))))
        if entry.flags:
            with st.expander(say("data.flags_of", count=len(entry.flags)), expanded=entry.is_own):
                items = [say.name(flag) for flag in entry.flags[:SHOWN_FLAGS]]
                lines = "".join(f"<li>{escape(item)}</li>" for item in items)
                st.html(f'<ul class="findings">{lines}</ul>')
        if entry.is_own:
            _files(entry, say)
        _history(entry, say)


def _actions(entry: Listed, say: Speech) -> None:
    opened, renamed, deleted, _ = st.columns([1.3, 1.1, 1, 3])
    if opened.button(
        say("data.open"), key=f"open-{entry.id}", type="primary", width="stretch",
        on_click=open_figures, args=(entry.id,), icon=":material/login:",
    ):  # fmt: skip
        shell.go(shell.SIMULATE)
    if not entry.is_own:
        return
    dialogs.behind_button(
        f"rename-{entry.id}", say("data.rename"), partial(_ask_name, entry, say), renamed,
        width="stretch",
    )  # fmt: skip
    deleted.button(
        say("data.delete"), key=f"delete-{entry.id}", width="stretch", icon=":material/delete:",
        on_click=changes_of_shelf.delete, args=(entry.id,),
    )  # fmt: skip


def _ask_name(entry: Listed, say: Speech) -> None:
    permission.draw(say, "-rename")
    # A form: Enter is enough.
    with st.form(f"rename-form-{entry.id}", border=False):
        key = f"name-{entry.id}"
        name = st.text_input(say("data.name"), say.name(entry.title), key=key, max_chars=120)
        pressed = st.form_submit_button(
            say("data.rename_do"), key=f"rename-{entry.id}", type="primary"
        )
    if pressed and changes_of_shelf.rename(entry.id, name.strip()):
        dialogs.done()
    changes_of_shelf.draw_problem(say)


def open_figures(baseline_id: str) -> None:
    """Go on with these figures on every screen."""
    baseline = library.load(baseline_id)
    unit = state.scenario().unit
    state.switch_to(baseline.id, unit if unit in baseline.units else baseline.default_unit)


def _files(entry: Listed, say: Speech) -> None:
    """The original files, byte for byte, with the mark that proves it."""
    stored = open_store().entry(entry.id)
    if stored is None or not stored.files:
        return
    with st.expander(say("data.files", count=len(stored.files))):
        st.caption(say("data.files_help"))
        for k, file in enumerate(stored.files):
            name, mark, button = st.columns([4, 3, 2], vertical_alignment="center")
            name.text(file.name)
            mark.text(say("data.file_mark", size=_size(file, say), mark=file.sha256[:SHORT_MARK]))
            button.download_button(
                say("data.file_download"), data=_content(file.sha256), file_name=file.name,
                key=f"file-{entry.id}-{k}", on_click="ignore", type="tertiary",
                mime="application/octet-stream",
            )  # fmt: skip


def _content(sha256: str) -> Callable[[], bytes]:
    return lambda: open_store().content(sha256)


def _size(file: StoredFile, say: Speech) -> str:
    kilobytes = max(1, round(file.size / 1024))
    return say("data.kilobytes", size=kilobytes)


def _history(entry: Listed, say: Speech) -> None:
    """Totals of one of its units in all figures that hold it."""
    units = library.load(entry.id).units
    with st.expander(say("data.history")):
        names = {code: unit.short_name for code, unit in units.items()}
        known = sorted(names, key=lambda code: folded(names[code]))
        first = state.scenario().unit
        code = st.selectbox(
            say("frame.unit"), known, format_func=names.__getitem__, key=f"history-{entry.id}",
            index=known.index(first if first in names else library.load(entry.id).default_unit),
        )  # fmt: skip
        rows = []
        for baseline in library.holding(code):
            total = unit_total(baseline.edition, baseline.units[code])
            rows.append(
                {
                    say("data.column_period"): say.name(baseline.period_text),
                    say("data.column_captured"): format_date(baseline.captured_at) or None,
                    say("tables.total"): None if total is None else total / 100,
                    say("data.column_name"): say.name(baseline.title),
                    "when": (baseline.period, baseline.captured_at),
                }
            )
        rows.sort(key=lambda row: row["when"], reverse=True)
        table = pd.DataFrame(rows).drop(columns="when")
        written.show(table, say)
        draw.download(table, say, f"history-{code}")
