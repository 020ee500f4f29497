"""Starting values for indicators the portal does not publish, marked as assumptions."""

from __future__ import annotations

import streamlit as st

from pages.ui import state
from pages.ui.view import current
from simulator import library
from simulator.baseline import Basis, Evidence, with_assumption
from simulator.errors import ScenarioError
from simulator.numbers import parse_number
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rules import AtZero, Group, Indicator, Lever
from simulator.text import explain


def is_asked_at(view: View, lever: Lever) -> bool:
    """True for the lever of an unpublished indicator that carries its form.

    Of the indicators printed without cases only those are asked for that have their full
    marks and no lever that could bring cases.
    """
    position = view.edition.position[lever.indicator]
    basis = view.unit.evidence[position].basis
    if lever.code != lever.indicator or basis not in (Basis.UNKNOWN, Basis.NONE):
        return False
    if basis is Basis.UNKNOWN:
        return True
    brings_cases = any(
        move.part == "denominator" and move.indicator == lever.indicator
        for other in view.edition.levers
        for move in other.moves
    )
    return view.edition.indicators[position].at_zero is AtZero.FULL and not brings_cases


def draw_given(view: View, group: Group, say: Speech) -> None:
    """The starting values in use in ``group`` that were not published, and the way back."""
    for k in view.edition.group_positions[group.code]:
        item = view.edition.indicators[k]
        evidence = view.unit.evidence[k]
        assumed = any(code == item.code for code, *_ in view.scenario.assumptions)
        if assumed:
            _assumed(item, evidence, say)
        elif evidence.assumed:
            st.caption(say("assume.inferred", name=say.name(item.name)))


def _assumed(item: Indicator, evidence: Evidence, say: Speech) -> None:
    text, remove = st.columns([10, 4], vertical_alignment="center")
    text.caption(
        say(
            "assume.given", name=say.name(item.name), numerator=evidence.numerator,
            denominator=evidence.denominator,
        )
    )  # fmt: skip
    remove.button(
        say("assume.remove"), key=f"unassume-{item.code}", on_click=_remove, args=(item.code,),
        type="tertiary",
    )  # fmt: skip


def form(view: View, item: Indicator, say: Speech) -> None:
    """Ask for the counts an unpublished indicator starts from."""
    known = _elsewhere(view, item)
    # Keys name the unit: what was typed for one never stands in the form of another.
    place = f"{item.code}-{view.baseline.id}-{view.unit.code}"
    with st.form(f"assume-{place}", border=False):
        st.caption(say(_question(view, item), name=say.name(item.name)))
        numerator, denominator, submit = st.columns([4, 4, 4], vertical_alignment="bottom")
        numerator.text_input(
            say("assume.numerator"), key=f"assume-n-{place}", max_chars=20,
            value=say.count(known.numerator) if known else "",
        )  # fmt: skip
        denominator.text_input(
            say("assume.denominator"), key=f"assume-d-{place}", max_chars=20,
            value=say.count(known.denominator) if known else "",
        )  # fmt: skip
        submit.form_submit_button(
            say("assume.use"), on_click=_assume, args=(item.code, place), width="stretch"
        )
        if known:
            st.caption(say("assume.suggested", source=literal(known.note or "")))
        problem = state.entry_problems().get(f"assume-{item.code}")
        if problem:
            st.error(explain(problem.error, say.language, view.edition))


def _elsewhere(view: View, item: Indicator) -> Evidence | None:
    """The same unit's published counts in another capture of the period, as a suggestion."""
    here = view.baseline
    for other in library.holding(view.unit.code, here.edition.code, here.period):
        evidence = other.units[view.unit.code].evidence[other.edition.position[item.code]]
        if evidence.basis is Basis.COUNTS and evidence.denominator and not evidence.assumed:
            title = other.period_text[state.language()]
            return Evidence(Basis.COUNTS, evidence.numerator, evidence.denominator, note=title)
    return None


def _question(view: View, item: Indicator) -> str:
    """Key of the sentence above the form: nothing published, or printed without cases."""
    basis = view.unit.evidence[view.edition.position[item.code]].basis
    return "assume.ask_without_cases" if basis is Basis.NONE else "assume.ask"


def _assume(indicator: str, place: str) -> None:
    view = current()
    typed = [st.session_state.get(f"assume-{part}-{place}", "") for part in "nd"]
    try:
        numerator, denominator = (float(parse_number(text, state.language())) for text in typed)
        with_assumption(view.unit, view.edition, indicator, numerator, denominator)
    except ScenarioError as error:
        problem = state.EntryProblem(" / ".join(typed), error)
        state.set_entry_problem(f"assume-{indicator}", problem)
        return
    state.adopt(state.scenario().with_assumption(indicator, numerator, denominator))


def _remove(indicator: str) -> None:
    """Without its starting value the indicator's levers cannot stay moved."""
    state.adopt(state.scenario().without_assumption(indicator))
