"""The parts of the screen, the answer first; a box is computed when it is opened."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from pages.ui import effort_editor, horizon
from pages.ui.goal import answer, as_if, asking, background, curve, words
from pages.ui.goal.found import Range, answer_of, range_of
from pages.ui.priorities.parts import reason_words
from simulator.errors import ScenarioError
from simulator.numbers import format_date
from simulator.plan_target import Target
from simulator.planning import Answer
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.text import explain

# Boxes about an answer, and those that are there without one.
ABOUT_ANSWER: dict[str, Callable[[View, Target, Speech], None]] = {
    "prices": background.draw_prices,
    "others": background.draw_alternatives,
}
BOXES: dict[str, Callable[[View, Speech], None]] = {"effort": effort_editor.draw_effort}


def draw_goal(view: View, say: Speech) -> None:
    """The whole screen; without a lever, why."""
    horizon.draw(view, say)
    as_if.draw(view, say)
    try:
        known = range_of(view.scenario)
    except ScenarioError as problem:
        # Limits that cannot be: they are mended in their box.
        st.error(literal(explain(problem, say.language, view.edition)))
        _boxes(view, say)
        return
    if not known.has_levers:
        unit = literal(view.unit.short_name)
        st.info(say("goal.no_levers", unit=unit, reason=reason_words(view, say)))
        return
    head = st.container(key="goal-head")
    with st.container(key="goal-ask"):
        target = asking.ask(view, known, say)
    found = _answer(view, target, say)
    if found is not None:
        with head:
            _print_head(view, found, say)
        answer.draw_answer(view, found, say)
    place = _charts(view, known, found, say)
    if found is not None and not words.is_there(found.plan):
        for name, content in ABOUT_ANSWER.items():
            box = _box(name, say)
            if box.open:
                with box:
                    content(view, target, say)
    _boxes(view, say, found)
    place()


def _answer(view: View, target: Target, say: Speech) -> Answer | None:
    """The answer; what cannot be asked is told where it was asked."""
    if target.is_empty:
        st.info(say("goal.nothing_to_ask", unit=literal(view.unit.short_name)))
        return None
    try:
        with st.spinner(say("goal.wait")):
            return answer_of(view.scenario, target)
    except ScenarioError as problem:
        st.error(literal(explain(problem, say.language, view.edition)))
        return None


def _charts(view: View, known: Range, found: Answer | None, say: Speech) -> Callable[[], None]:
    """Both charts side by side; returns what draws the slow one into its place."""
    plan = None if found is None else found.plan
    columns = st.columns(2, gap="medium") if plan is not None else [st.container()]
    if plan is not None:
        with columns[0]:
            answer.draw_groups(view, plan, say)
    place = columns[-1].container()

    def fill() -> None:
        with place:
            st.subheader(say("goal.curve"), anchor=False)
            curve.draw_curve(view, known, plan, say)

    return fill if known.ceiling.after.total is not None else lambda: None


def _boxes(view: View, say: Speech, found: Answer | None = None) -> None:
    """What the effort is reckoned with; below it what its values lead to."""
    for name, content in BOXES.items():
        box = _box(name, say)
        if box.open:
            with box:
                content(view, say)
                if found is not None and found.plan.settings:
                    st.markdown(words.plan_words(view, found.plan, say))


def _print_head(view: View, found: Answer, say: Speech) -> None:
    """On paper the controls are gone, so this says what was asked, and of which figures."""
    captured = format_date(view.baseline.captured_at) or say("unit.unknown")
    goal = words.goal_words(view, found.target, say)
    title = say("goal.print_title", unit=view.unit.name, goal=goal)
    line = say(
        "goal.print_line", source=say.name(view.baseline.title), captured=captured,
        horizon=words.horizon_words(view, say),
    )  # fmt: skip
    st.html(f'<div class="print-only"><strong>{escape(title)}</strong><br>{escape(line)}</div>')


def _box(name: str, say: Speech) -> Any:
    return st.expander(say(f"goal.{name}"), expanded=False, key=f"goal-{name}", on_change="rerun")
