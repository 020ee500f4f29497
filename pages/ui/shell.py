"""The frame of every screen: navigation, unit and period, headline, link, language."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import address, problems, scenario_menu, share, state, told
from pages.ui.following import follow
from pages.ui.view import current, speech
from simulator import library, own_figures
from simulator.errors import SimulatorError
from simulator.numbers import format_date
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.search import folded
from simulator.text import LANGUAGES

UI = Path(__file__).parent
SCREENS = UI.parent / "screens"
ICON = UI / "icon.png"
# Its own part of the page tells what could not be used: moves there run nothing else.
SIMULATE = "mo-phong"
LIBRARY, COMPARING = "thu-vien", "so-sanh"
# url path -> (script, key of the title)
PAGES = {
    "tong-quan": ("tong_quan.py", "nav.overview"),
    SIMULATE: ("mo_phong.py", "nav.simulate"),
    "uu-tien": ("uu_tien.py", "nav.priorities"),
    "muc-tieu": ("muc_tieu.py", "nav.goal"),
    "ke-hoach": ("ke_hoach.py", "nav.plan"),
    "giao-chi-tieu": ("giao_chi_tieu.py", "nav.dividing"),
    "xep-hang": ("xep_hang.py", "nav.ranking"),
    LIBRARY: ("thu_vien.py", "nav.library"),
    COMPARING: ("so_sanh.py", "nav.comparing"),
    "bao-cao": ("bao_cao.py", "nav.reports"),
    "du-lieu": ("du_lieu.py", "nav.data"),
    "phuong-phap": ("phuong_phap.py", "nav.method"),
}


def declare_pages(language: str = LANGUAGES[0]) -> Any:
    """Tell the server its pages; returns the page to run."""
    say = Speech(language)
    pages = [
        st.Page(SCREENS / script, title=say(title), url_path=path if k else None, default=not k)
        for k, (path, (script, title)) in enumerate(PAGES.items())
    ]
    # The first page answers at "/"; its own name in the address must work too.
    path, (script, title) = next(iter(PAGES.items()))
    alias = st.Page(SCREENS / script, title=say(title), url_path=path, visibility="hidden")
    return st.navigation([*pages, alias], position="top")


@contextmanager
def quietly() -> Iterator[None]:
    """Without the warnings Streamlit writes when it is used outside a session."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def run() -> None:
    """Draw the frame and the chosen screen."""
    own_figures.attach()
    address.read()
    view = current()
    say = speech()
    st.set_page_config(
        page_title=say("app.title"), page_icon=str(ICON), layout="wide",
        initial_sidebar_state="collapsed",
    )  # fmt: skip
    st.html(UI / "style.css")
    page = declare_pages(state.language())
    address.write()
    with st.container(key="frame"):
        _toolbar(view, speech(view))
    told.draw(view, speech(view), partial(go, COMPARING))
    scenario_menu.draw_dialog(speech(view), partial(go, LIBRARY))
    share.draw_dialog(say)
    if page.url_path != SIMULATE:
        problems.draw(view)
    page.run()


def _toolbar(view: View, say: Speech) -> None:
    baselines, units, captured, steps, scenario, shared, language = st.columns(
        [3.6, 3.2, 2.6, 0.9, 2.1, 1.3, 1.4], vertical_alignment="bottom"
    )
    # Pickers follow the scenario: a link or the browser's "back" can change it too.
    # The browser sends labels, so a picker with other labels or in another language is another one.
    titles = {entry.id: entry.title for entry in library.listed()}
    # Figures that were deleted meanwhile stay open where they are.
    titles.setdefault(view.baseline.id, view.baseline.title)
    picker = f"pick-baseline-{say.language}-{library.version()}"
    baselines.selectbox(
        say("frame.baseline"), list(titles), list(titles).index(view.baseline.id),
        key=follow(picker, view.baseline.id),
        format_func=lambda key: say.name(titles[key]),
        on_change=_pick_baseline, args=(picker,),
    )  # fmt: skip
    key = f"pick-unit-{view.baseline.id}"
    codes = _sorted_units(view)
    units.selectbox(
        say("frame.unit"), codes, codes.index(view.unit.code), key=follow(key, view.unit.code),
        format_func=lambda code: view.baseline.units[code].short_name,
        on_change=_pick_unit, args=(key,),
    )  # fmt: skip
    with captured.container(key="captured"):
        st.text(say.name(view.baseline.period_text))
        when = format_date(view.baseline.captured_at)
        st.text(say("frame.captured", when=when) if when else say("frame.captured_unknown"))
    _steps(steps, say)
    scenario_menu.draw_button(scenario, say)
    share.draw_button(shared, say)
    language.segmented_control(
        say("frame.language"), LANGUAGES, key=follow("pick-language", say.language),
        default=say.language,
        format_func=str.upper, on_change=_pick_language, label_visibility="collapsed",
        required=True,
    )  # fmt: skip


def go(path: str) -> None:
    """Go to the screen with that path."""
    st.switch_page(SCREENS / PAGES[path][0])


def _sorted_units(view: View) -> list[str]:
    """Provinces and departments first, then the others, each in the order of their names."""
    units = view.baseline.units
    first = ("country", "province", "department")
    return sorted(
        units, key=lambda code: (units[code].level not in first, folded(units[code].short_name))
    )


def _steps(place: DeltaGenerator, say: Speech) -> None:
    """Undo and redo of the changes made since one came to this unit.

    Never greyed out: a move on the lever board draws nothing of the frame.
    """
    with place.container(key="steps", horizontal=True, gap="small"):
        for name in ("undo", "redo"):
            st.button(
                say(f"frame.{name}"), icon=f":material/{name}:", key=f"step-{name}",
                on_click=_step, args=(name,), type="tertiary",
            )  # fmt: skip


def _step(name: str) -> None:
    if not (state.undo() if name == "undo" else state.redo()):
        st.toast(speech()(f"frame.no_{name}"))


def _pick_baseline(key: str) -> None:
    try:
        chosen = library.load(st.session_state[key])
    except SimulatorError as problem:
        # Deleted by somebody else a moment ago.
        state.leave(problem)
        return
    unit = state.scenario().unit
    state.switch_to(chosen.id, unit if unit in chosen.units else chosen.default_unit)


def _pick_unit(key: str) -> None:
    state.switch_to(state.scenario().baseline, st.session_state[key])


def _pick_language() -> None:
    # No choice at all: a browser that draws the page anew meanwhile.
    state.set_language(st.session_state["pick-language"] or state.language())
