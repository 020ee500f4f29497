"""Which scenarios the session compares: kept, and put into links.

A token names a column: ``~`` what is being simulated, ``preset.CODE`` a scenario that is shipped,
``ID.NUMBER`` a saved version. Whether there is such a scenario is found when it is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import streamlit as st

from pages.ui import kept
from simulator.errors import ScenarioError, SimulatorError
from simulator.links import BESIDE
from simulator.scenario_comparison import MOST_COLUMNS

WORKING, PRESET = "~", "preset."
_CHOSEN = "compared-scenarios"
_TOKEN = re.compile(rf"~|preset\.[a-z0-9_-]{{1,40}}|{kept.MARK.pattern}")


def tokens() -> tuple[str, ...]:
    """The columns in their order; empty where nobody chose any."""
    chosen: tuple[str, ...] = st.session_state.get(_CHOSEN, ())
    return chosen


def set_tokens(chosen: Iterable[str]) -> None:
    """Compare these from now on, each once, as many as there is room for."""
    st.session_state[_CHOSEN] = tuple(dict.fromkeys(chosen))[:MOST_COLUMNS]


def read_link(params: Mapping[str, str]) -> list[SimulatorError]:
    """Take what a link says; what could not be taken."""
    given = [*dict.fromkeys(filter(None, params.get(BESIDE, "").split(",")))]
    known = [token for token in given if _TOKEN.fullmatch(token)]
    problems: list[SimulatorError] = [
        ScenarioError("unknown_parameter", name=f"{BESIDE}={token[:40]}")
        for token in given
        if token not in known
    ]
    if len(known) > MOST_COLUMNS:
        problems.append(ScenarioError("compare_count", count=len(known), most=MOST_COLUMNS))
    set_tokens(known)
    return problems


def link_params() -> dict[str, str]:
    """The part of a link that says what is compared."""
    return {BESIDE: ",".join(tokens())} if tokens() else {}
