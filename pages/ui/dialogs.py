"""Dialogs: at most one is open, and it stays while anything else runs.

A dialog and not a popover: the keyboard goes into it and comes back to the button.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

_OPEN = "open-dialog"


def ask(name: str) -> None:
    """Open the dialog in this run."""
    st.session_state[_OPEN] = name


def close() -> None:
    """Not drawn any more; :func:`streamlit.rerun` takes it off the screen at once."""
    st.session_state.pop(_OPEN, None)


def closing(change: Callable[..., object], *args: object) -> None:
    """A callback of a button in a dialog: ``change``, and the dialog is over."""
    change(*args)
    close()


def is_open(name: str) -> bool:
    return bool(st.session_state.get(_OPEN) == name)


def draw(name: str, title: str, content: Callable[[], None]) -> None:
    """The dialog, if it is the one that is open."""

    def shown() -> None:
        # Closed by a callback of its own: a run of the whole page takes it off the screen.
        if not is_open(name):
            st.rerun()
        content()

    if is_open(name):
        st.dialog(title, width="medium", on_dismiss=close)(shown)()


def behind_button(
    name: str, label: str, content: Callable[[], None], place: Any = st, **options: Any
) -> None:
    """A button and the dialog it opens; ``options`` as :func:`streamlit.button` takes them."""
    place.button(label, key=f"ask-{name}", on_click=ask, args=(name,), **options)
    draw(name, label, content)


def done() -> None:
    """Close it and draw the whole page anew."""
    close()
    st.rerun()
