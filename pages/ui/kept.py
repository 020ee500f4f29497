"""The saved scenario a session works on: which version it was opened from, what differs since.

It belongs to the figures and the unit it was opened on; elsewhere the session works on none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

import streamlit as st

from pages.ui import state
from pages.ui.dividing import by_hand
from pages.ui.view import current
from simulator import library, plan_target
from simulator.errors import SimulatorError
from simulator.links import SAVED, SHAPE, to_params
from simulator.month_plan import Shape
from simulator.scenario import Scenario
from simulator.scenario_opening import open_saved
from simulator.store import NewVersion, Version, has_store, open_store

# How links name a version: its scenario and its number.
MARK = re.compile(r"([0-9a-f]{1,32})\.([0-9]{1,9})")


@dataclass(frozen=True)
class _At:
    """A version, the figures and unit it was opened on, and the link that means nothing changed."""

    version: Version
    place: tuple[str, str]
    unchanged: Mapping[str, str]


def opened() -> Version | None:
    """The saved version the session works on, None if it works on none."""
    at = _at()
    return None if at is None else at.version


def _at() -> _At | None:
    at: _At | None = st.session_state.get(state.OPENED)
    return at if at is not None and at.place == _place(state.scenario()) else None


def _place(scenario: Scenario) -> tuple[str, str]:
    return scenario.baseline, scenario.unit


def set_opened(version: Version | None) -> None:
    """Work on ``version`` from now on; it is that of the scenario the session has."""
    if version is None:
        st.session_state.pop(state.OPENED, None)
        return
    place = _place(state.scenario())
    unchanged = open_saved(version.content).params
    st.session_state[state.OPENED] = _At(version, place, unchanged)


def is_changed() -> bool:
    """True if the session shows something else than the version it works on."""
    at = _at()
    return at is not None and dict(at.unchanged) != params_of_now()


def params_of_now(most: float = inf) -> dict[str, str]:
    """What a saved scenario holds of the session: its link but for what is the reader's own.

    ``most``: of the figures set by hand, as in :func:`by_hand.link_params`.
    """
    scenario = state.scenario()
    baseline = library.load(scenario.baseline)
    found = to_params(scenario, baseline.edition, baseline.fingerprint)
    if state.shape() is not Shape.LEVEL:
        found[SHAPE] = state.shape().value
    return found | plan_target.to_params(state.target()) | by_hand.link_params(scenario, most)


def content_of_now(name: str, author: str, note: str) -> NewVersion:
    """The session's scenario as it is to be saved, with what it shows."""
    view = current()
    after = view.projection.after
    standing = after.standing
    return NewVersion(
        name=name.strip(), author=author.strip(), note=note.strip(), edition=view.edition.code,
        baseline=view.baseline.id, fingerprint=view.baseline.fingerprint, unit=view.unit.code,
        parameters=params_of_now(), total=after.total,
        place=standing.rank if standing else None, pool_size=standing.of if standing else None,
    )  # fmt: skip


def mark(version: Version) -> str:
    """How a version is named in links."""
    return f"{version.scenario_id}.{version.number}"


def version_of(text: str) -> Version | None:
    """The version with that mark in the store of this machine, None if it has none."""
    found = MARK.fullmatch(text)
    if found is None or not has_store():
        return None
    try:
        return open_store().scenarios.version(found[1], int(found[2]))
    except SimulatorError:
        return None


def newest_of(version: Version) -> Version:
    """The newest version of the scenario; ``version`` itself where the store cannot tell."""
    try:
        return open_store().scenarios.version(version.scenario_id)
    except SimulatorError:
        return version


def is_deleted(version: Version) -> bool:
    """True if somebody took the scenario off the list."""
    try:
        deleted = open_store().scenarios.listed(deleted=True)
    except SimulatorError:
        return False
    return any(one.id == version.scenario_id for one in deleted)


def link_params() -> dict[str, str]:
    """What a link says of the version the session works on."""
    version = opened()
    return {} if version is None else {SAVED: mark(version)}


def read_link(params: Mapping[str, str], scenario: Scenario) -> None:
    """Work on the version a link names, if this machine's store has it for that unit."""
    version = version_of(params.get(SAVED, ""))
    if version is not None and version.content.unit != scenario.unit:
        version = None
    set_opened(version)
