"""The screen: whose report, what it consists of, and what becomes of it side by side; below them
the preview."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.ui.reports.asked import order_of_now
from pages.ui.reports.asking import draw_parts, draw_whose
from pages.ui.reports.making import draw_making
from pages.ui.reports.preview import draw_preview
from simulator.errors import SimulatorError
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.text import explain

STYLE = Path(__file__).parent / "style.css"


def draw_reports(view: View, say: Speech) -> None:
    """The whole screen."""
    st.html(STYLE)
    whose, parts, made = st.columns([4, 5, 5], gap="medium")
    with whose, st.container(key="report-whose", gap="small"):
        draw_whose(view, say)
    with parts:
        draw_parts(say)
    with made, st.container(key="report-making", gap="small"):
        st.subheader(say("reports.make_title"), anchor=False)
        try:
            order = order_of_now(view, say)
        except SimulatorError as problem:
            # A template that is damaged: the office has to choose another one.
            st.error(literal(explain(problem, say.language, view.edition)))
            return
        draw_making(view, order, say)
    draw_preview(view, order, say)
