"""What was read and checked once is not read again while a person fills in the fields below it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from simulator.readers.uploads import Files

T = TypeVar("T")
_SLOT = "take-in-"


def digest(files: Files, *choices: object) -> str:
    """Another text for other files or other choices."""
    written = hashlib.sha256(repr(choices).encode())
    for name, content in files:
        written.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return written.hexdigest()


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
