"""What was read and checked once is not read again while a person fills in the fields below it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from simulator.readers.uploads import Files

T = TypeVar("T")
_SLOT = "take-in-"


def digests(files: Files) -> dict[str, str]:
    """The SHA-256 of every file, by name: computed once in a run, as files may be large."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in files}


def mark_of(*what: object) -> str:
    """Another short text for other digests or choices."""
    return hashlib.sha256(repr(what).encode()).hexdigest()[:16]


def remembered(slot: str, mark: str, make: Callable[[], T], label: str) -> T:
    """``make()``, once for the same ``mark``; ``label`` is shown while it takes its time."""
    known = st.session_state.get(_SLOT + slot)
    if known is not None and known[0] == mark:
        value: T = known[1]
        return value
    with st.spinner(label):
        value = make()
    st.session_state[_SLOT + slot] = (mark, value)
    return value


def forget(*slots: str) -> None:
    """Let go of what is not needed any more."""
    for slot in slots:
        st.session_state.pop(_SLOT + slot, None)
