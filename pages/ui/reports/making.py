"""The button, what is being made, and what was made or why not."""

from __future__ import annotations

import streamlit as st

from pages.ui.reports import ordered
from pages.ui.reports.files import draw_files
from simulator.errors import SimulatorError
from simulator.numbers import format_date
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.reports.order import Order
from simulator.reports.worker import Ticket
from simulator.reports.worker_states import Cancelled, Done, Failed, Gone, State, Waiting, Working
from simulator.text import explain

_PRESSED = "report-pressed"
# Seconds between two looks at what is being made.
LOOK_S = 1.0


def draw_making(view: View, order: Order, say: Speech) -> None:
    """What became of the last order, and the button for the next; ``order``: as of now."""
    refused = None
    if st.session_state.pop(_PRESSED, False) and order.parts:
        refused = _give(order)
        if refused is None:
            # The address, by which a reload finds it again, is written where a run begins.
            st.rerun()
    ticket = ordered.ticket()
    state = None if ticket is None else ticket.state
    if ticket is not None and isinstance(state, Waiting | Working):
        _draw_whose(ticket, say)
        _draw_progress(ticket, say)
        return
    _draw_button(order, is_first=not isinstance(state, Done) or ticket.order != order, say=say)
    if refused:
        st.error(literal(explain(refused, say.language, view.edition)))
    if ticket is not None and state is not None:
        _draw_over(view, ticket, state, order, say)


def _draw_button(order: Order, *, is_first: bool, say: Speech) -> None:
    st.button(
        say("reports.make"), key="report-make", type="primary" if is_first else "secondary",
        icon=":material/description:", on_click=_press, disabled=not order.parts,
    )  # fmt: skip
    if not order.parts:
        st.caption(say("reports.no_part"))


def _press() -> None:
    """Ordered once all else that was heard with the press is in the order."""
    st.session_state[_PRESSED] = True


def _give(order: Order) -> SimulatorError | None:
    """Order it; why it is refused, if it is."""
    try:
        ordered.give(order)
    except SimulatorError as problem:
        return problem
    return None


def _draw_whose(ticket: Ticket, say: Speech) -> None:
    """What was ordered and when: it may be another scenario than the one on screen."""
    when = format_date(ticket.ordered_at.isoformat())
    name = ticket.order.chosen[0].name
    st.caption(literal(say("reports.ordered", name=name, when=when)))


@st.fragment(run_every=LOOK_S)
def _draw_progress(ticket: Ticket, say: Speech) -> None:
    """Looks again by itself; once it is over, the whole page is drawn anew."""
    state = ticket.state
    if isinstance(state, Waiting):
        st.progress(0.0, text=say("reports.waiting", before=state.before))
    elif isinstance(state, Working):
        share = state.done / state.of if state.of else 0.0
        st.progress(min(share, 1.0), text=_step_words(state, say))
    else:
        st.rerun()
    st.button(
        say("reports.cancel"), key="report-cancel", on_click=ticket.cancel,
        icon=":material/close:",
    )  # fmt: skip


def _step_words(state: Working, say: Speech) -> str:
    if not state.of:
        return say("reports.starting")
    step = say(f"reports.step_{state.step}")
    return say("reports.working", step=step, number=min(state.done + 1, state.of), of=state.of)


def _draw_over(view: View, ticket: Ticket, state: State, order: Order, say: Speech) -> None:
    if isinstance(state, Failed):
        st.error(literal(explain(state.problem, say.language, view.edition)))
    elif isinstance(state, Cancelled):
        st.info(say("reports.cancelled"))
    elif isinstance(state, Gone):
        st.info(say("reports.gone"))
    elif isinstance(state, Done):
        _draw_whose(ticket, say)
        if ticket.order != order:
            st.warning(say(f"reports.{_what_differs(ticket.order, order)}"))
        for warning in state.warnings:
            st.caption(literal(warning))
        draw_files(ticket, state, say)


def _what_differs(made: Order, now: Order) -> str:
    """What changed since: the scenario weighs more than how it is told."""
    if made.chosen[0].unit != now.chosen[0].unit:
        return "made_for_other_unit"
    return "made_before_change" if made.chosen != now.chosen else "made_with_other_choices"
