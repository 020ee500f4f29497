"""The field for the name that goes with what is changed here."""

from __future__ import annotations

import streamlit as st

from pages.ui import who
from pages.ui.following import follow
from simulator.presentation.speech import Speech


def draw_who(place: str, say: Speech) -> None:
    """Filled with the name typed anywhere in this session; ``place`` tells fields apart."""
    key = f"library-who-{place}"
    st.text_input(
        say("library.who"), who.name(), key=follow(key, who.name()), max_chars=who.LONGEST_NAME,
        help=say("library.who_help"), on_change=lambda: who.set_name(st.session_state[key]),
    )  # fmt: skip
