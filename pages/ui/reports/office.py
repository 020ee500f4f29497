"""Letterhead and templates: how the papers of an office are headed and laid out."""

from __future__ import annotations

import streamlit as st

from pages.ui import dialogs, permission
from pages.ui.reports import office_kept, office_letterhead, office_templates
from pages.ui.reports.office_kept import letterhead_for, templates_for
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.text import LANGUAGES, explain

__all__ = ["draw_button", "letterhead_for", "templates_for"]

NAME = "office-papers"


def draw_button(view: View, say: Speech, language: str = "") -> None:
    """The button and its dialog; ``language`` of the papers, by default that of the screen."""
    dialogs.behind_button(
        NAME, say("office_papers.title"), lambda: _draw(view, say, language or say.language),
        icon=":material/article:", width="stretch", help=say("office_papers.help"),
    )  # fmt: skip
    problem = office_kept.problem()
    if problem is not None:
        why = explain(problem, say.language)
        st.warning(literal(say("office_papers.not_read", why=why)))


def _draw(view: View, say: Speech, language: str) -> None:
    first = st.container()
    chosen: str = st.radio(
        say("office_papers.language"), LANGUAGES, index=LANGUAGES.index(language),
        format_func=lambda one: say(f"office_papers.language_{one}"), horizontal=True,
        key=f"office-language-{say.language}-{language}",
    )  # fmt: skip
    heading, layout = st.tabs([say("office_papers.letterhead"), say("office_papers.templates")])
    with heading:
        office_letterhead.draw(view, say, chosen)
    with layout:
        office_templates.draw(say, chosen)
    # Drawn last: it may have been found only now that a PIN is needed.
    with first:
        permission.draw(say, "-office")
