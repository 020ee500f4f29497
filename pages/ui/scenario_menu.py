"""The scenario the session works on: save it, go back to what was saved, its file."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import dialogs, kept, moves, opening, saving, state, who
from pages.ui.version_words import version_fields, version_words
from simulator import scenario_files
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.store import NewVersion, Version

NAME = "scenario"


def draw_button(place: DeltaGenerator, say: Speech) -> None:
    """The name of the scenario. Pressing it runs the page: moves on the lever board draw nothing
    of the frame."""
    version = kept.opened()
    name = say("saving.title") if version is None else version.content.name
    with place.container(key="scenario-menu"):
        st.button(
            literal(name), key="open-scenario-dialog", width="stretch", wrap=False,
            on_click=ask, icon=":material/bookmark:",
        )  # fmt: skip


def ask() -> None:
    """Open the dialog in this run."""
    dialogs.ask(NAME)


def draw_dialog(say: Speech, to_library: Callable[[], None]) -> None:
    """``to_library`` goes to the screen with all saved ones."""

    def content() -> None:
        version = kept.opened()
        _draw_version(version, say)
        saving.draw_form(say)
        _draw_actions(version, say, to_library)

    dialogs.draw(NAME, say("saving.title"), content)


def _draw_version(version: Version | None, say: Speech) -> None:
    if version is None:
        scenario = state.scenario()
        is_changed = scenario.settings or scenario.assumptions or scenario.inflow
        st.caption(say("saving.none_changed" if is_changed else "saving.none"))
        return
    st.text(version.content.name)
    st.text(version_words(version, say))
    st.caption(say("saving.is_changed" if kept.is_changed() else "saving.is_same"))
    if kept.is_deleted(version):
        st.warning(say("saving.is_deleted"))
    newest = kept.newest_of(version)
    if newest.number > version.number:
        st.warning(literal(say("saving.newer_version", **version_fields(newest, say))))
        st.button(
            say("saving.open_newer", number=newest.number), key="open-newest",
            on_click=dialogs.closing, args=(opening.open_version, newest),
        )  # fmt: skip


def _draw_actions(version: Version | None, say: Speech, to_library: Callable[[], None]) -> None:
    """Two ways back, the file, and the way to all others."""
    with st.container(horizontal=True):
        if version is not None:
            st.button(
                say("saving.to_saved", number=version.number), key="reset-to-saved",
                on_click=dialogs.closing, args=(opening.reset_to_opened,),
                disabled=not kept.is_changed(), icon=":material/settings_backup_restore:",
            )  # fmt: skip
        st.button(
            say("saving.to_now"), key="reset-to-now", help=say("saving.to_now_help"),
            on_click=dialogs.closing, args=(moves.reset_all,), disabled=not moves.can_reset_all(),
            icon=":material/restart_alt:",
        )  # fmt: skip
        st.download_button(
            say("saving.file"), data=_file, key="save-file", on_click="ignore",
            file_name=scenario_files.file_name(_content(say)), mime="application/json",
            icon=":material/download:",
        )  # fmt: skip
        if st.button(say("saving.to_library"), key="to-library", icon=":material/folder_open:"):
            dialogs.close()
            to_library()


def _content(say: Speech) -> NewVersion:
    version = kept.opened()
    name = version.content.name if version else say("saving.unnamed")
    note = version.content.note if version else ""
    return kept.content_of_now(name, who.name(), note)


def _file() -> bytes:
    return scenario_files.written(_content(Speech(state.language())))
