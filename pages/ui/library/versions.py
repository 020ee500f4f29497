"""All versions of a scenario: who saved what, from what; open, compare, bring back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.ui import kept
from pages.ui.library import changing, one, rows, side_by_side, words
from pages.ui.library.listing import Row
from simulator.errors import SimulatorError
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.store import Version, open_store
from simulator.text import explain

MOST_ROWS, ROW = 10, 35


def draw_versions(row: Row, say: Speech) -> None:
    """A folded box; its content is read when it is opened."""
    label = say(
        "library.versions", name=literal(words.one_line(row.content.name)),
        count=row.kept.versions,
    )  # fmt: skip
    box = st.expander(label, key=f"library-versions-{row.kept.id}", on_change="rerun")
    if not box.open:
        return
    with box:
        try:
            versions = open_store().scenarios.versions(row.kept.id)
        except SimulatorError as problem:
            st.error(literal(explain(problem, say.language)))
            return
        _draw(row, versions, say)


def _draw(row: Row, versions: Sequence[Version], say: Speech) -> None:
    for based_on, numbers in rows.siblings(versions).items():
        shown = ", ".join(map(str, numbers))
        st.caption(say("library.side_by_side", numbers=shown, based_on=based_on))
    st.dataframe(
        rows.versions_table(versions, row.about.decimals, say), hide_index=True,
        placeholder=say("unit.unknown"), height=ROW * (min(len(versions), MOST_ROWS) + 1) + 3,
        column_config={
            say("library.column_number"): st.column_config.NumberColumn(width=70),
            say("library.column_note"): st.column_config.TextColumn(width="large"),
        },
        key=f"library-versions-table-{row.kept.id}",
    )  # fmt: skip
    left, right = st.columns(2, gap="medium")
    with left:
        version = _choice("library.version", versions, len(versions) - 1, say)
        _actions(row, version, versions[-1], say)
    if len(versions) > 1:
        with right:
            other = _choice("library.beside", versions, len(versions) - 2, say)
            if other.number == version.number:
                st.caption(say("library.beside_itself"))
            else:
                pair = (kept.mark(other), kept.mark(version))
                side_by_side.draw_button(pair, f"library-compare-versions-{row.kept.id}", say)


def _actions(row: Row, version: Version, newest: Version, say: Speech) -> None:
    with st.container(horizontal=True, gap="small"):
        if st.button(
            say("library.open_version", number=version.number),
            key=f"library-open-version-{row.kept.id}", icon=":material/login:",
        ):  # fmt: skip
            one.open_version(version)
        st.button(
            say("library.make_newest"), key=f"library-newest-{row.kept.id}",
            disabled=version.number == newest.number, help=say("library.make_newest_help"),
            on_click=changing.make_newest, args=(version, row.kept), icon=":material/history:",
        )  # fmt: skip


def _choice(label: str, versions: Sequence[Version], first: int, say: Speech) -> Version:
    """One of them; the key holds what the labels depend on, as the browser sends labels."""
    newest = versions[-1]
    labels = {k: _words(one, say) for k, one in enumerate(versions)}
    places = list(reversed(labels))
    chosen: int = st.selectbox(
        say(label), places, index=places.index(first), format_func=labels.__getitem__,
        key=f"{label.replace('.', '-')}-{kept.mark(newest)}-{say.language}",
    )  # fmt: skip
    return versions[chosen]


def _words(version: Version, say: Speech) -> str:
    """``Phiên bản 3 · Nguyễn Văn A · 21/11/2026 14:05``: the number makes it the only one."""
    author = version.content.author or say("saving.nobody")
    fields = {"number": version.number, "author": author, "when": words.when(version.saved_at)}
    return say("saving.version", **fields)
