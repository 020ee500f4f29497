"""The form of the letterhead: for this time, or kept for the unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from pages.ui import permission, who
from pages.ui.reports import office_kept, office_told
from simulator.errors import SimulatorError
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.reports.letterhead import from_fields, to_fields
from simulator.store import KeptLetterhead, open_store
from simulator.store.paper_records import MOST_LETTERS, MOST_LINES, as_lines, check_letterhead

PLACE = "letterhead"
LF = "\n"
_ROUND = "office-letterhead-round"
_SEEN = "office-letterhead-seen"
LINE, FRAME = 24, 20  # pixels of a line of a field, and around all of them
SHOWN = 6  # lines of a long field
LEFT, RIGHT = (
    ("parent", "authority", "symbol"),
    ("place", "on_behalf", "office", "signer"),
)  # fmt: skip


def draw(view: View, say: Speech, language: str) -> None:
    """The fields with what is used now, and what can be done with them."""
    unit = view.unit.code
    kept = office_kept.kept_letterhead(unit, language)
    key = f"office-{unit}-{language}-{st.session_state.get(_ROUND, 0)}"
    # What the fields began with: whoever saved since then is told of.
    seen = st.session_state.setdefault(_SEEN, {}).setdefault(key, kept.set_at if kept else None)
    st.caption(_in_use(view, kept, say, language))
    fields = to_fields(office_kept.letterhead_for(view, language))
    with st.form(f"{key}-form-{say.language}", border=False):
        left, right = st.columns(2)
        for place, names in ((left, LEFT), (right, RIGHT), (st, ("recipients",))):
            for name in names:
                _field(place, name, fields[name], f"{key}-{name}", say)
        st.text_input(say("who.name"), who.name(), key=f"{key}-who", max_chars=who.LONGEST_NAME)
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(
                say("office_papers.keep"), type="primary", icon=":material/save:",
                on_click=_keep, args=(unit, language, key, seen, say),
            )  # fmt: skip
            st.form_submit_button(
                say("office_papers.use_once"), on_click=_use_once,
                args=(unit, language, key, say), help=say("office_papers.use_once_help"),
            )  # fmt: skip
    # Beside the buttons: the dialog is longer than a small screen.
    office_told.draw(PLACE, say)
    _draw_back(unit, language, key, kept is not None, say)


def _draw_back(unit: str, language: str, key: str, is_kept: bool, say: Speech) -> None:
    """What is for this time only goes first; then what is kept, which others use too."""
    is_once = office_kept.letterhead_of_session(unit, language) is not None
    st.button(
        say("office_papers.drop_head_once" if is_once else "office_papers.back"),
        key=f"{key}-back", disabled=not (is_once or is_kept), type="tertiary",
        icon=":material/undo:", on_click=_go_back, args=(unit, language, is_once, say),
    )  # fmt: skip


def _in_use(view: View, kept: KeptLetterhead | None, say: Speech, language: str) -> str:
    unit = literal(view.unit.short_name)
    if office_kept.letterhead_of_session(view.unit.code, language) is not None:
        return say("office_papers.head_of_session", unit=unit)
    if kept is not None:
        when = literal(office_told.when(kept.set_at, kept.set_by, say))
        return say("office_papers.head_is_kept", unit=unit, when=when)
    return say("office_papers.head_suggested", unit=unit)


def _field(place: Any, name: str, text: str, key: str, say: Speech) -> None:
    label, most = say(f"office_papers.field_{name}"), MOST_LINES[name]
    hint = say(f"office_papers.field_{name}_help")
    if most == 1:
        place.text_input(label, text, key=key, max_chars=MOST_LETTERS, help=hint)
        return
    place.text_area(
        label, text, key=key, max_chars=(MOST_LETTERS + 1) * most, help=hint,
        height=LINE * max(min(most, SHOWN), 2) + FRAME,
    )  # fmt: skip


def _typed(key: str) -> dict[str, str]:
    if name := str(st.session_state.get(f"{key}-who", "")):
        who.set_name(name)
    return {name: as_lines(str(st.session_state.get(f"{key}-{name}", ""))) for name in MOST_LINES}


def _keep(unit: str, language: str, key: str, seen: datetime | None, say: Speech) -> None:
    typed = _typed(key)
    try:
        check_letterhead(typed)
        permission.require()
        before = open_store().papers.set_letterhead(unit, language, typed, who.actor())
    except SimulatorError as problem:
        office_told.refuse(PLACE, problem)
        return
    office_kept.set_letterhead(unit, language, None)
    _anew()
    if before is not None and before.set_at != seen:
        office_told.warn(PLACE, _replaced(before, typed, say))
    else:
        office_told.tell(PLACE, say("office_papers.head_kept"))


def _replaced(before: KeptLetterhead, now: Mapping[str, str], say: Speech) -> str:
    """Whose letterhead it took the place of, with the texts that are not kept any more."""
    gone = {name: text for name, text in before.fields.items() if text != now[name]}
    parts = "; ".join(
        f"{say(f'office_papers.field_{name}')}: {text.replace(LF, ' / ') or say('unit.unknown')}"
        for name, text in gone.items()
    )
    when = office_told.when(before.set_at, before.set_by, say)
    key = "head_replaced" if parts else "head_same"
    return say(f"office_papers.{key}", when=when, parts=parts)


def _use_once(unit: str, language: str, key: str, say: Speech) -> None:
    typed = _typed(key)
    try:
        check_letterhead(typed)
    except SimulatorError as problem:
        office_told.refuse(PLACE, problem)
        return
    office_kept.set_letterhead(unit, language, from_fields(typed))
    _anew()
    office_told.tell(PLACE, say("office_papers.head_used"))


def _go_back(unit: str, language: str, is_once: bool, say: Speech) -> None:
    try:
        if not is_once:
            permission.require()
            open_store().papers.clear_letterhead(unit, language, who.actor())
    except SimulatorError as problem:
        office_told.refuse(PLACE, problem)
        return
    office_kept.set_letterhead(unit, language, None)
    _anew()
    done = "head_once_dropped" if is_once else "head_back"
    office_told.tell(PLACE, say(f"office_papers.{done}"))


def _anew() -> None:
    """Other fields, filled with what is used now."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
