"""The last step: keep the figures, and what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import streamlit as st

from pages.ui import permission, shell, who
from pages.ui.data.memory import forget
from pages.ui.data.one_entry import open_figures
from pages.ui.data.words import lacking
from simulator import library
from simulator.checks import Report
from simulator.errors import SimulatorError
from simulator.imports import About
from simulator.own_figures import OWN_FIGURES, Kept, keep
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.readers.uploads import Files
from simulator.rules import Edition
from simulator.store import Entry
from simulator.text import explain

_ROUND, _KEPT, _PROBLEM = "take-in-round", "take-in-kept", "take-in-problem"


def round_() -> int:
    """Part of the keys of the fields: after figures were kept, they are empty again."""
    number: int = st.session_state.get(_ROUND, 0)
    return number


def draw_button(
    report: Report, edition: Edition, about: About | None, files: Files, say: Speech
) -> None:
    """Keep what was checked; says what is missing where that cannot be done yet."""
    problem = st.session_state.get(_PROBLEM)
    if problem is not None and not permission.is_settled(problem):
        st.error(literal(explain(problem, say.language)))
    if not report.is_usable:
        st.error(say("data.cannot_keep"))
        return
    _ask_name(say)
    permission.draw(say)
    pressed = st.button(
        say("data.keep"), type="primary", key="keep-figures", icon=":material/save:",
        disabled=about is None,
    )  # fmt: skip
    if about is None:
        st.caption(say("data.captured_first"))
    elif pressed:
        with st.spinner(say("data.keeping")):
            _keep(report, edition, about, files)
        st.rerun()


def _ask_name(say: Speech) -> None:
    """Who takes the figures in, for the log; nobody has to say it."""
    key = f"take-in-who-{round_()}-{say.language}"
    st.text_input(
        say("who.name"), who.name(), key=key, max_chars=who.LONGEST_NAME,
        help=say("who.name_help"), on_change=_take_name, args=(key,),
    )  # fmt: skip


def _take_name(key: str) -> None:
    who.set_name(str(st.session_state.get(key, "")))


def _keep(report: Report, edition: Edition, about: About, files: Files) -> None:
    st.session_state.pop(_PROBLEM, None)
    try:
        permission.require()
        done = keep(report, edition, about, files, who.actor())
    except SimulatorError as problem:
        st.session_state[_PROBLEM] = problem
        return
    OWN_FIGURES.refresh()
    forget("words", "outlines", "reading", "report")
    st.session_state[_KEPT] = done
    st.session_state[_ROUND] = round_() + 1


def draw(say: Speech) -> None:
    """What became of the last import, with the way on."""
    done: Kept | None = st.session_state.get(_KEPT)
    entry = next((one for one in library.listed() if done and one.id == done.id), None)
    if done is None or entry is None:
        return
    with st.container(border=True, key="take-in-done"):
        st.success(say(f"data.outcome_{done.outcome.value}", name=literal(say.name(entry.title))))
        if done.lacks:
            st.warning(say("data.lacks", parts=literal(lacking(done.lacks, entry.edition, say))))
        if st.button(
            say("data.open"), type="primary", key="open-kept", icon=":material/login:",
            on_click=open_figures, args=(done.id,),
        ):  # fmt: skip
            st.session_state.pop(_KEPT)
            shell.go(shell.SIMULATE)


def draw_known(known: Mapping[str, str], say: Speech) -> None:
    """Files (SHA-256 by name) that were taken in before, and where they went."""
    before: dict[str, list[str]] = defaultdict(list)
    found: dict[str, Entry] = {}
    for name, sha256 in known.items():
        for entry in OWN_FIGURES.with_file(sha256):
            found[entry.id] = entry
            before[entry.id].append(name)
    for key, names in before.items():
        entry = found[key]
        where = "data.known_deleted" if entry.deleted_at else "data.known_file"
        st.info(say(where, files=literal(", ".join(names)), name=literal(entry.name)))
