"""Widgets that show what the session has, whoever changed it: a person, a link, another screen."""

from __future__ import annotations

import streamlit as st


def follow(key: str, value: object) -> str:
    """Let the widget of this key show ``value``; returns the key.

    The widget needs ``value`` as its default too. A browser that was still loading the widget's
    own script when the next run came has never drawn it: it knows the default only, and sends
    that back with whatever is pressed next as if somebody had chosen it.
    """
    # Written only when it differs: an echo of the same value could overtake a faster hand.
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key
