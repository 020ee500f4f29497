"""A wanted score: can it still be reached, and until when."""

from __future__ import annotations

from datetime import date

import streamlit as st

from pages.ui import horizon
from simulator.errors import ScenarioError
from simulator.numbers import format_date, parse_number
from simulator.period import Period
from simulator.presentation.speech import Speech
from simulator.presentation.target_told import classes_gone
from simulator.presentation.view import View
from simulator.reach import Ceilings, Reachable, ceilings
from simulator.score import to_hundredths
from simulator.text import explain

TOTAL = "total"


def draw(view: View, reach: Reachable, say: Speech) -> None:
    """The form, its answer, and the classes that are out of reach."""
    if reach.ceiling.after.total is None and not any(reach.ceiling.after.groups.values()):
        return
    st.subheader(say("target.title"), anchor=False)
    place = f"{view.baseline.id}-{view.unit.code}-{say.language}"
    names = _names(view, reach, say)
    with st.form(f"target-{place}", border=False):
        columns = st.columns([5, 3, 2, 4], vertical_alignment="bottom")
        what = columns[0].selectbox(
            say("target.what"), list(names), format_func=names.__getitem__,
            key=f"target-what-{place}",
        )  # fmt: skip
        text = columns[1].text_input(
            say("target.points"), key=f"target-points-{place}", max_chars=12, placeholder="65"
        )
        columns[2].form_submit_button(say("target.ask"))
    known = ceilings(view.edition, view.unit, reach.outlook, reach.ceiling.settings)
    if text.strip():
        try:
            st.info(answer(view, reach, known, what, text, say))
        except ScenarioError as problem:
            st.error(explain(problem, say.language, view.edition))
    for sentence in classes_gone(view, reach, known, say):
        st.markdown(sentence)


def _names(view: View, reach: Reachable, say: Speech) -> dict[str, str]:
    """What a score can be wanted of: everything whose level is known."""
    best = reach.ceiling.after
    names = {} if best.total is None else {TOTAL: say("target.total")}
    for group in view.edition.groups:
        if best.groups[group.code] is not None and group.code not in reach.held:
            names[group.code] = say("target.group", name=say.name(group.name), of=group.maximum)
    return names


def answer(view: View, reach: Reachable, known: Ceilings, what: str, text: str, say: Speech) -> str:
    """One sentence; :class:`ScenarioError` for what is no score of that kind."""
    group = None if what == TOTAL else what
    most = 100 if group is None else view.edition.group_by_code[group].maximum
    wanted = to_hundredths(float(parse_number(text, say.language)))
    if not 0 <= wanted <= 100 * most:
        raise ScenarioError("score_outside", value=text[:20], most=most)
    best, line = (
        state.total if group is None else state.groups[group]
        for state in (reach.ceiling.after, reach.line.after)
    )
    last = format_date(reach.outlook.period.last.isoformat())
    until = known.reachable_until(wanted, group)
    room = reach.unpublished_room if group is None else 0
    key = _key(wanted, best or 0, line or 0, until, reach.outlook.period, room)
    return say(
        f"target.{key}",
        wanted=say.points(wanted), last=last, best=say.points(best), line=say.points(line),
        until=format_date(until.isoformat()) if until else "", room=say.points(room),
        captured=format_date(reach.outlook.period.captured_day.isoformat()),
    )  # fmt: skip


def _key(wanted: int, best: int, line: int, until: date | None, period: Period, room: int) -> str:
    if wanted <= line:
        return "enough"
    if wanted <= best:
        if until is None or until >= period.last:
            return "open"
        return "closing" if until >= horizon.today() else "closing_past"
    if wanted <= best + room:
        return "unknown"
    if until is None:
        return "never"
    return "gone" if until >= period.first else "start"
