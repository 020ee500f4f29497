"""The parts of the screen; where nothing can be divided, why, and the way on."""

from __future__ import annotations

import streamlit as st

from pages.ui import draw, horizon, shell, state
from pages.ui.dividing import by_hand
from pages.ui.dividing.controls import draw_controls
from pages.ui.dividing.editor import draw_table
from pages.ui.dividing.one_unit import draw_one_unit
from pages.ui.dividing.summary import GOAL, draw_summary
from simulator import library
from simulator.allocation import Allocation
from simulator.allocation_links import Division
from simulator.baseline import Baseline
from simulator.errors import ScenarioError
from simulator.presentation.dividing import annex, words
from simulator.presentation.dividing.found import dividing, listed_of, lists_of, province_of
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View

DATA = "du-lieu"


def draw_dividing(view: View, say: Speech) -> None:
    """The whole screen."""
    horizon.draw(view, say)
    if not lists_of(view.baseline.id, view.unit.code):
        _nobody(view, say)
        return
    if not view.changed:
        _nothing_moved(say)
        return
    division = by_hand.division(view.scenario)
    draw_controls(view, division, say)
    listed = listed_of(view, division)
    try:
        with st.spinner(say("dividing.working")):
            found = dividing(view, division)
    except ScenarioError as problem:
        st.error(words.told(view, problem, {}, say))
        return
    if view.edition.estimate:
        st.caption(say("dividing.estimate"))
    draw_summary(view, found, division, say)
    if not found.allocation.rows:
        return
    draw_table(view, found, division, say)
    _downloads(view, found.allocation, listed, division, say)
    draw_one_unit(view, listed, found.allocation, say)


def _downloads(
    view: View, found: Allocation, listed: Baseline, division: Division, say: Speech
) -> None:
    """The annex and, looking ahead, the months; computed when they are asked for."""
    with st.container(horizontal=True, key="dividing-downloads"):
        draw.download(
            lambda: annex.annex(view, found, listed, division, say), say,
            f"dividing-{found.way}", view, label=say("dividing.download_annex"),
        )  # fmt: skip
        if view.outlook is not None:
            draw.download(
                lambda: annex.paths(view, found, listed, say), say,
                f"dividing-months-{found.way}", view, label=say("dividing.download_months"),
            )  # fmt: skip


def _nobody(view: View, say: Speech) -> None:
    """No figures of units below: whose are missing, or where their province is."""
    above = province_of(view.baseline.id, view.unit.code)
    unit = literal(view.unit.short_name)
    if above is not None:
        baseline, code = above
        name = library.load(baseline).units[code].short_name
        st.info(say("dividing.is_below", unit=unit, province=literal(name)))
        st.button(
            say("dividing.go_province", province=literal(name)), key="dividing-province",
            on_click=state.switch_to, args=above,
        )  # fmt: skip
        return
    if view.unit.level != "province":
        st.info(say("dividing.not_a_province", unit=unit))
        return
    period = literal(say.name(view.baseline.period_text))
    st.info(say("dividing.nobody", unit=unit, code=literal(view.unit.code), period=period))
    _go(DATA, "dividing.go_data", say)


def _nothing_moved(say: Speech) -> None:
    st.info(say("dividing.nothing_moved"))
    with st.container(horizontal=True):
        _go(GOAL, "dividing.go_goal", say)
        _go(shell.SIMULATE, "dividing.go_simulate", say)


def _go(path: str, key: str, say: Speech) -> None:
    if st.button(say(key), key=f"dividing-go-{path}"):
        shell.go(path)
