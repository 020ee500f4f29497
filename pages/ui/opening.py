"""Putting a saved scenario into the session, on the figures it was made on or on newer ones."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.ui import address, banner, kept, state
from pages.ui.banner import Banner
from pages.ui.view import speech
from simulator.errors import SimulatorError
from simulator.scenario_opening import Opened, on_newer, open_saved
from simulator.store import NewVersion, Version


def open_version(version: Version) -> bool:
    """Work on a version of the store; False if its figures are gone. The frame tells what is to
    be known of it."""
    return _opened(open_saved(version.content), version)


def open_content(content: NewVersion) -> bool:
    """The same for what a file holds."""
    return _opened(open_saved(content), None)


def to_newer() -> None:
    """Count the changes of what was opened from the newer figures."""
    shown = banner.banner()
    if shown is None or shown.opened is None or shown.opened.newer is None:
        return
    try:
        newer = on_newer(shown.opened)
    except SimulatorError as problem:
        # Somebody deleted them a moment ago.
        state.set_link_problems([problem])
        return
    if _take(newer, shown.version):
        # Its own figures may be there still: the way back.
        back = shown.opened if shown.opened.scenario is not None else None
        banner.show(Banner(opened=replace(newer, newer=None), version=shown.version, made_on=back))


def to_own() -> None:
    """Back to the figures it was made on."""
    shown = banner.banner()
    if shown is not None and shown.made_on is not None:
        _take(open_saved(shown.made_on.content), shown.version)


def reset_to_opened() -> None:
    """Back to the version the session works on: everything changed since is put back."""
    version = kept.opened()
    if version is not None:
        _take(open_saved(version.content), version)


def _opened(opened: Opened, version: Version | None) -> bool:
    """Take it; says so where levers that were not saved gave way and can be had back."""
    left = state.scenario()
    is_unsaved = bool(left.settings) and (kept.opened() is None or kept.is_changed())
    is_here = _take(opened, version)
    now = state.scenario()
    is_same_place = (left.baseline, left.unit) == (now.baseline, now.unit)
    if is_here and is_unsaved and is_same_place and left != now:
        st.toast(speech()("saving.gave_way"), duration="long")
    return is_here


def _take(opened: Opened, version: Version | None) -> bool:
    if opened.scenario is None:
        banner.show(Banner(opened=opened, version=version))
        return False
    address.take(dict(opened.params) | address.readers_own())
    kept.set_opened(version)
    state.set_link_problems(opened.problems)
    if opened.notices or opened.newer:
        banner.show(Banner(opened=opened, version=version))
    else:
        banner.put_away()
    return True
