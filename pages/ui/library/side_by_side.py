"""The way from a scenario of the library to the comparison."""

from __future__ import annotations

import streamlit as st

from pages.ui import shell
from pages.ui.comparing import choice
from simulator.presentation.speech import Speech
from simulator.scenario_comparison import MOST_COLUMNS


def draw_button(tokens: tuple[str, ...], key: str, say: Speech) -> None:
    """Adds scenarios to the comparison and goes there; tells where it has no room for them."""
    if not st.button(
        say("library.compare"), key=key, icon=":material/compare_arrows:",
        help=say("library.compare_help"),
    ):  # fmt: skip
        return
    wanted = added(choice.tokens(), tokens)
    if wanted is None:
        st.warning(say("library.compare_full", most=MOST_COLUMNS))
        return
    choice.set_tokens(wanted)
    shell.go(shell.COMPARING)


def added(present: tuple[str, ...], tokens: tuple[str, ...]) -> tuple[str, ...] | None:
    """``present`` with ``tokens`` after it, each once; None if these are too many."""
    wanted = tuple(dict.fromkeys((*present, *tokens)))
    return wanted if len(wanted) <= MOST_COLUMNS else None
