"""The parts of the screen *Thư viện*; a box is computed when it is opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from pages.ui import dialogs, log, permission, scenario_menu
from pages.ui.library import (
    begin_with,
    changing,
    listing,
    name,
    one,
    shelf,
    upload,
    versions,
    words,
)
from pages.ui.library.listing import Row
from simulator.errors import SimulatorError
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.text import explain


def draw_library(view: View, say: Speech) -> None:
    """The whole screen; where the store cannot be read: why, and what is there without it."""
    permission.draw(say)
    try:
        _draw_kept(view, say)
    except SimulatorError as problem:
        st.error(literal(explain(problem, say.language)))
    _box("presets", say, lambda: begin_with.draw_presets(view, say), expanded=True)
    _box("file_box", say, lambda: upload.draw_upload(say))
    log.draw(say)


def _draw_kept(view: View, say: Speech) -> None:
    kept = listing.read()
    changing.draw_told(kept, say)
    if kept.rows:
        left, right = st.columns([5.4, 3], gap="medium")
        with left:
            row = shelf.draw_list(kept, view, say)
        with right:
            if row is not None:
                one.draw_one(row, say)
            name.draw_who("list", say)
        if row is not None:
            versions.draw_versions(row, say)
    else:
        st.info(say("library.empty"))
        st.button(
            say("library.save"), key="library-save", type="primary",
            icon=":material/save:", on_click=dialogs.ask,
            args=(scenario_menu.NAME,),
        )  # fmt: skip
    if kept.deleted:
        _box("deleted", say, lambda: _draw_deleted(kept.deleted, say), count=len(kept.deleted))


def _draw_deleted(deleted: Sequence[Row], say: Speech) -> None:
    """Each with the way back."""
    st.caption(say("library.deleted_help"))
    for row in deleted:
        told, back = st.columns([6, 1.2], vertical_alignment="center")
        told.text(
            say(
                "library.choice", name=words.one_line(row.content.name), unit=row.about.unit_name,
                when=words.when(row.kept.newest.saved_at),
            )
        )  # fmt: skip
        back.button(
            say("library.bring_back"), key=f"library-back-{row.kept.id}", width="stretch",
            on_click=changing.undelete, args=(row.kept,),
        )  # fmt: skip


def _box(
    which: str, say: Speech, content: Callable[[], None], expanded: bool = False, **fields: int
) -> None:
    box = st.expander(
        say(f"library.{which}", **fields), expanded=expanded, key=f"library-box-{which}",
        on_change="rerun",
    )  # fmt: skip
    if box.open:
        with box:
            content()
