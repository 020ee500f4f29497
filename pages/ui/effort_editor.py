"""The box of effort values: own hours, what a month can take, must-haves and locks, editable."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui import moves, state
from pages.ui.effort_edits import FLOOR, HOURS, LOCKED, PER_MONTH, Refused, with_edits
from pages.ui.effort_transfer import draw_transfer
from pages.ui.view import current
from simulator.baseline import Basis
from simulator.effort import LeverEffort, default_effort
from simulator.effort_files import amount_text
from simulator.levers import LeverRange
from simulator.peers_mode import SEED, PeersMode
from simulator.plan_choices import is_offered
from simulator.presentation.effort import cases_a_unit, conflicts, levers_with_effort
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.scenario import Scenario
from simulator.text import explain

ROW, HEADER = 35, 38
EDITED = (HOURS, PER_MONTH, FLOOR, LOCKED)
WIDTHS = {"name": 310, "unit": 90, "example": 110, "note": 420, "steps": 220}
# What was refused stands among the other refused entries of the session, under these names.
PROBLEM = "effort-"
_MOUNTED, _NUMBER = "effort-mounted", "effort-number"


@dataclass(frozen=True)
class Mounted:
    """The table an editor began with, its widget's key, and what it shows with its edits."""

    key: str
    table: pd.DataFrame
    shows: tuple[str, Scenario] | None


def draw_effort(view: View, say: Speech) -> None:
    """Whose values these are, the table, what was refused, and the way back to the examples."""
    levers = levers_with_effort(view)
    if not levers:
        st.info(say("effort.none"))
        return
    st.caption(f"{_whose(view, levers, say)} {say('effort.proportions')}")
    for error in conflicts(view):
        st.warning(literal(explain(error, say.language, view.edition)))
    mounted = _mounted(view, levers, say)
    st.data_editor(
        mounted.table, key=mounted.key, hide_index=True, width="stretch", placeholder=" ",
        height=ROW * len(levers) + HEADER, column_config=_columns(say), alt=say("effort.title"),
        disabled=[column for column in mounted.table.columns if column not in EDITED],
        on_change=_edited, args=(mounted, levers, say.language),
    )  # fmt: skip
    _draw_refused(view, say)
    st.caption(say("effort.how_ahead" if view.outlook else "effort.how_whole"))
    draw_transfer(view, say)


def _whose(view: View, levers: tuple[str, ...], say: Speech) -> str:
    """Whose hours are reckoned with: the examples, the office's, or some of each."""
    own = sum(code in levers for code, _ in view.scenario.hours)
    if own:
        return say("effort.whose_own", own=own, of=len(levers))
    return f"{say.name(default_effort(view.edition.code).source)}."


def effort_table(view: View, levers: tuple[str, ...], say: Speech) -> pd.DataFrame:
    """One row per lever. Numbers are texts: they are typed with a comma or with a point, whatever
    the language of the browser."""
    asked, shipped = view.scenario, default_effort(view.edition.code).levers
    hours, per_month, floors = dict(asked.hours), dict(asked.per_month), dict(asked.floors)
    rows = []
    for code in levers:
        bounds, example, cases = view.ranges[code], shipped[code], cases_a_unit(view, code)
        own = hours.get(code)
        rows.append(
            {
                "name": say.name(bounds.lever.name),
                "unit": say(f"unit.short_{bounds.count_unit}"),
                "example": amount_text(example.hours * cases, say.language),
                HOURS: amount_text(None if own is None else own * cases, say.language),
                PER_MONTH: amount_text(per_month.get(code, example.per_month), say.language),
                FLOOR: amount_text(floors.get(code), say.language),
                LOCKED: code in asked.locks,
                "note": _note(example, bounds, say),
                "steps": "; ".join(
                    say("effort.step", rate=say.cap(100 * rate), factor=say.count(factor))
                    for rate, factor in example.steps
                ),
            }
        )
    return pd.DataFrame(rows)


def _note(example: LeverEffort, bounds: LeverRange, say: Speech) -> str:
    """Where the example comes from, and what is special about the lever."""
    notes = [say.name(example.note)] if example.note else []
    if not is_offered(bounds.lever):
        notes.append(say("effort.not_offered"))
    if bounds.basis is Basis.RATE:
        notes.append(say("effort.per_point", count=say.count(example.per_point)))
    return " ".join(notes)


def _columns(say: Speech) -> dict[str, Any]:
    def text(name: str, **options: Any) -> Any:
        return st.column_config.TextColumn(say(f"effort.{name}"), width=WIDTHS.get(name), **options)

    return {
        "name": text("name"),
        "unit": text("unit"),
        "example": text("example", alignment="right", help=say("effort.example_help")),
        **{
            name: text(name, alignment="right", max_chars=20, help=say(f"effort.{name}_help"))
            for name in (HOURS, PER_MONTH, FLOOR)
        },
        LOCKED: st.column_config.CheckboxColumn(
            say("effort.locked"), help=say("effort.locked_help")
        ),
        "note": text("note"),
        "steps": text("steps", help=say("effort.steps_help")),
    }


def _shown(scenario: Scenario, language: str) -> tuple[str, Scenario]:
    """All that the table depends on: neither levers moved nor what the peers do."""
    still = replace(scenario, settings=(), peers=PeersMode.UNCERTAIN, seed=SEED, own_moves=False)
    return language, still


def _mounted(view: View, levers: tuple[str, ...], say: Speech) -> Mounted:
    """The editor of before while it shows what holds: a new one would lose the cell one is in."""
    shown = _shown(view.scenario, say.language)
    known: Mounted | None = st.session_state.get(_MOUNTED)
    if known is None or known.shows != shown or known.key not in st.session_state:
        number = st.session_state.get(_NUMBER, 0) + 1
        known = Mounted(f"effort-editor-{number}", effort_table(view, levers, say), shown)
        st.session_state[_NUMBER], st.session_state[_MOUNTED] = number, known
    return known


def _edited(mounted: Mounted, levers: tuple[str, ...], language: str) -> None:
    """Take the edited cells; one that was refused goes back, in a new editor."""
    edits = st.session_state[mounted.key]["edited_rows"]
    scenario, refused = with_edits(current(), levers, edits, language)
    take(scenario, refused)
    shows = None if refused else _shown(scenario, language)
    st.session_state[_MOUNTED] = replace(mounted, shows=shows)


def take(scenario: Scenario, refused: list[Refused]) -> None:
    """The scenario with what was edited; what was refused is told beside the table."""
    for place in state.entry_problems():
        if place.startswith(PROBLEM):
            state.set_entry_problem(place, None)
    moves.plan_with(scenario)
    for cell in refused:
        problem = state.EntryProblem(cell.text, cell.error)
        state.set_entry_problem(f"{PROBLEM}{cell.column}-{cell.lever}", problem)


def _draw_refused(view: View, say: Speech) -> None:
    for place, problem in state.entry_problems().items():
        column, _, lever = place.removeprefix(PROBLEM).partition("-")
        if place.startswith(PROBLEM):
            name = say.name(view.edition.lever_by_code[lever].name)
            why = explain(problem.error, say.language, view.edition)
            st.error(
                literal(say("effort.refused", column=say(f"effort.{column}"), lever=name, why=why))
            )
