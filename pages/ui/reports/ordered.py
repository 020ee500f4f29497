"""The report the session ordered last: found again on every screen, and after a reload."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from simulator.links import REPORT
from simulator.reports.order import Order
from simulator.reports.worker import WORKSHOP, Ticket
from simulator.reports.worker_states import Waiting, Working

_TICKET = "ordered-report"


def ticket() -> Ticket | None:
    """What was ordered last, None if nothing was."""
    found: Ticket | None = st.session_state.get(_TICKET)
    return found


def is_being_made() -> bool:
    found = ticket()
    return found is not None and isinstance(found.state, Waiting | Working)


def give(order: Order) -> None:
    """Order it; :class:`ScenarioError` where too many wait. A hand that presses twice while one
    is made orders once."""
    if not is_being_made():
        st.session_state[_TICKET] = WORKSHOP.order(order)


def put_away() -> None:
    st.session_state.pop(_TICKET, None)


def address_params() -> dict[str, str]:
    """The part of the address that finds the report again; not of links one shares."""
    found = ticket()
    return {} if found is None else {REPORT: found.key}


def read_address(params: Mapping[str, str]) -> None:
    """Take up what was ordered before a reload, as long as this server knows of it."""
    found = WORKSHOP.ticket(params.get(REPORT, ""))
    if found is not None:
        st.session_state[_TICKET] = found
