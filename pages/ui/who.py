"""Who works in this session: a name as typed, and the address of the machine.

The address is that of the connection. Where a proxy on this machine handed the connection on, the
server has already put in its place the last hop of ``X-Forwarded-For`` that is not this machine
(uvicorn, which believes that header from a loopback connection only), so no other machine can
pass for another one. Headers are not read here: whatever else they say may be made up.
"""

from __future__ import annotations

from ipaddress import ip_address

import streamlit as st

from simulator.store import THIS_MACHINE, Actor
from simulator.store.scenario_records import MOST_AUTHOR

LONGEST_NAME = MOST_AUTHOR
_NAME = "who-name"


def actor(name: str = "") -> Actor:
    """Who changes something now; ``name``: as just typed, else as typed in this session."""
    return Actor(_clean(name) or _known(), address())


def name() -> str:
    """The name typed in this session, empty if none was."""
    return _known()


def set_name(name: str) -> None:
    """Remember the name for the session."""
    st.session_state[_NAME] = _clean(name)


def address() -> str:
    """Where this session comes from."""
    return address_of(st.context.ip_address)


def address_of(connection: str | None) -> str:
    """One way of writing the address of a connection; :data:`THIS_MACHINE` for this machine.

    ``connection``: None where Streamlit names none, as it does for this machine.
    """
    if not connection:
        return THIS_MACHINE
    try:
        found = ip_address(connection)
    except ValueError:
        return connection
    # A server that listens on IPv6 too sees IPv4 in IPv6: one machine must not count as two.
    found = getattr(found, "ipv4_mapped", None) or found
    return THIS_MACHINE if found.is_loopback else str(found)


def _known() -> str:
    typed: str = st.session_state.get(_NAME, "")
    return typed


def _clean(typed: str) -> str:
    """On one line: a name must not look like another entry of the log."""
    return " ".join("".join(c if c.isprintable() else " " for c in typed).split())[:LONGEST_NAME]
