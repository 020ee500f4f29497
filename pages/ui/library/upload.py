"""A scenario from a file: shown first, and only then opened or kept, as one asks."""

from __future__ import annotations

import streamlit as st

from pages.ui import opening, shell
from pages.ui.library import changing, name, one, words
from simulator import scenario_files
from simulator.errors import SimulatorError
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.store import NewVersion
from simulator.text import explain

_ROUND = "library-upload-round"


def draw_upload(say: Speech) -> None:
    """The field for a file; what is wrong with it, or what it holds."""
    file = st.file_uploader(
        say("library.upload"), type=["json"], help=say("library.upload_help"),
        key=f"library-upload-{st.session_state.get(_ROUND, 0)}",
    )  # fmt: skip
    if file is None:
        return
    try:
        content = scenario_files.read(file.getvalue())
    except SimulatorError as problem:
        st.error(literal(explain(problem, say.language)))
        return
    with st.container(border=True, key="library-file"):
        st.subheader(literal(words.one_line(content.name)), anchor=False)
        one.draw_content(content, say)
        st.caption(say("library.upload_not_kept"))
        name.draw_who("file", say)
        _actions(content, say)


def _actions(content: NewVersion, say: Speech) -> None:
    with st.container(horizontal=True, gap="small"):
        if st.button(
            say("library.open_file"), key="library-open-file", type="primary",
            icon=":material/login:",
        ):  # fmt: skip
            if opening.open_content(content):
                shell.go(shell.SIMULATE)
            st.rerun()
        st.button(
            say("library.keep_file"), key="library-keep-file", icon=":material/save:",
            on_click=_keep, args=(content,),
        )  # fmt: skip


def _keep(content: NewVersion) -> None:
    # Where it is refused the file stays where it was dropped.
    if changing.take_in(content):
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
