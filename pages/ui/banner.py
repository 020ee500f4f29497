"""What the frame has to say of what was just opened or saved, until it is put away.

Kept here so that both who opens (:mod:`pages.ui.opening`) and who reads links
(:mod:`pages.ui.address`) can write it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.ui import state
from simulator.errors import Notice, SimulatorError
from simulator.rules import Edition
from simulator.scenario_opening import Opened
from simulator.store import Saved, Version

_BANNER = "banner"


@dataclass(frozen=True)
class Banner:
    """One of: ``opened`` (with the version it is, and what was made on older figures where it went
    to newer ones), ``saved``, or ``said`` (notices of what was done, under the rules they name)."""

    opened: Opened | None = None
    version: Version | None = None
    made_on: Opened | None = None
    saved: Saved | None = None
    said: tuple[Notice | SimulatorError, ...] = ()
    edition: Edition | None = None


def banner() -> Banner | None:
    """What is to be said; it is over as soon as the session goes to other figures or units."""
    found: tuple[Banner, tuple[str, str]] | None = st.session_state.get(_BANNER)
    return found[0] if found is not None and found[1] == _place() else None


def show(value: Banner) -> None:
    st.session_state[_BANNER] = (value, _place())


def _place() -> tuple[str, str]:
    scenario = state.scenario()
    return scenario.baseline, scenario.unit


def put_away() -> None:
    st.session_state.pop(_BANNER, None)


def show_link(opened: Opened, version: Version | None) -> None:
    """A link that was opened, if there is anything to say of it; ``version``: the one it names.

    One that changes nothing only looks at figures: that there are newer ones is no news then.
    """
    scenario = opened.scenario
    is_look = scenario is not None and not (
        scenario.settings or scenario.assumptions or scenario.inflow or opened.problems
    )
    if (opened.notices or opened.newer) and not is_look:
        show(Banner(opened=opened, version=version))
    else:
        put_away()


def tell(said: Sequence[Notice | SimulatorError], edition: Edition) -> None:
    """What has to be known of what was just done, under the rules it names."""
    if said:
        show(Banner(said=tuple(said), edition=edition))
    else:
        put_away()
