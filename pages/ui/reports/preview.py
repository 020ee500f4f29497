"""The preview: what a document will say, before anything is made."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from pages.ui.reports.sheet import pieces
from simulator import library
from simulator.errors import SimulatorError
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.reports import contents
from simulator.reports.blocks import Chart, Content
from simulator.reports.order import DOCUMENTS, Letterhead, Order, Part
from simulator.reports.subject import subject_of
from simulator.store import NewVersion
from simulator.text import explain

GRID = "#DDE2E8"
# A scenario as something that can be remembered by: its fields, its parameters as pairs.
_Key = tuple[object, ...]


def draw_preview(view: View, order: Order, say: Speech) -> None:
    """A box that costs nothing until it is opened; then it runs alone."""
    box = st.expander(say("reports.preview"), key="report-preview", on_change="rerun")
    if box.open:
        with box:
            _draw(view, order, say)


@st.fragment
def _draw(view: View, order: Order, say: Speech) -> None:
    part: Part = st.segmented_control(
        say("reports.preview_of"), DOCUMENTS, default=DOCUMENTS[0], required=True,
        key=f"report-preview-of-{say.language}", label_visibility="collapsed",
        format_func=lambda one: say(f"reports.short_{one}"),
    )  # fmt: skip
    try:
        with st.spinner(say("reports.preview_wait")):
            content = content_of(part or DOCUMENTS[0], order)
    except SimulatorError as problem:
        st.error(literal(explain(problem, say.language, view.edition)))
        return
    if part in order.templates:
        st.caption(say("reports.preview_template"))
    _draw_sheet(content, part or DOCUMENTS[0], Speech(order.language))


def _draw_sheet(content: Content, part: Part, say: Speech) -> None:
    """The sheet is white on a dark screen too, as the paper is."""
    with st.container(key="report-sheet", gap="small"):
        for piece in pieces(content, part, say("document.recipients")):
            if isinstance(piece, Chart):
                _draw_chart(piece)
            else:
                st.html(f'<div class="report-text">{piece}</div>')


def _draw_chart(chart: Chart) -> None:
    with st.container(key=f"report-chart-{chart.key}"):
        st.vega_lite_chart(
            spec=on_screen(chart), width="content", theme=None, key=f"report-chart-of-{chart.key}"
        )  # fmt: skip


def on_screen(chart: Chart) -> dict[str, Any]:
    """Its specification, as the page understands it; what it shows is described in it.

    A padding that is one number is none to the page, and a page that is dark would draw the lines
    of the grid for a dark ground.
    """
    spec = dict(chart.spec)
    if not isinstance(spec.get("padding", {}), dict):
        spec["padding"] = dict.fromkeys(("left", "right", "top", "bottom"), spec["padding"])
    config = dict(spec.get("config", {}))
    config["axis"] = {"gridColor": GRID} | config.get("axis", {})
    return spec | {"config": config}


def content_of(part: Part, order: Order) -> Content:
    """What a document of ``order`` says, computed once; :class:`SimulatorError` if it cannot be."""
    assert order.letterhead is not None
    chosen = tuple(_key(one) for one in order.chosen)
    return _content(part, chosen, order.language, order.letterhead, order.day)


@library.remembered(maxsize=16)
def _content(
    part: Part, chosen: tuple[_Key, ...], language: str, letterhead: Letterhead, day: date
) -> Content:
    subjects = [subject_of(_scenario(one), language) for one in chosen]
    return contents.content_of(part, subjects, letterhead, day)


def _key(content: NewVersion) -> _Key:
    return (
        content.name, content.author, content.note, content.edition, content.baseline,
        content.fingerprint, content.unit, tuple(content.parameters.items()), content.total,
        content.place, content.pool_size,
    )  # fmt: skip


def _scenario(key: _Key) -> NewVersion:
    *first, parameters, total, place, pool_size = key
    return NewVersion(*first, dict(parameters), total, place, pool_size)
