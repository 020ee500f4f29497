"""What the session looks at, and the language it reads."""

from __future__ import annotations

from pages.ui import state
from simulator.errors import SimulatorError
from simulator.presentation.speech import Speech, speech_for
from simulator.presentation.view import View, evaluate


def current() -> View:
    """What the session looks at; figures that are gone give way to those that open the app."""
    try:
        return evaluate(state.scenario())
    except SimulatorError as problem:
        state.leave(problem)
        return evaluate(state.scenario())


def speech(view: View | None = None) -> Speech:
    """How the session is spoken to; with ``view``, figures as its edition claims them."""
    if view is None:
        return Speech(state.language())
    return speech_for(view.edition, state.language())
