"""The answer: a sentence, what stands in the way, the levers, and the ways to use the plan."""

from __future__ import annotations

import streamlit as st

from pages.ui import draw
from pages.ui.goal import asked, asking, barriers, chances, pace, proof, rows, take, words
from pages.ui.goal.asked import Kind
from pages.ui.goal.found import with_plan
from simulator.peers_mode import PeersMode
from simulator.plan_found import Plan, Status
from simulator.planning import Answer
from simulator.presentation import figures
from simulator.presentation.effort import effort_of
from simulator.presentation.speech import Speech
from simulator.presentation.view import View, evaluate
from simulator.project import FULL_TOTAL
from simulator.text import explain

BUTTONS = {"simulate": take.SIMULATE, "months": take.MONTHS, "dividing": take.DIVIDING}


def draw_answer(view: View, found: Answer, say: Speech) -> None:
    """Everything about the plan but the curve and the boxes."""
    plan = found.plan
    if plan.status is Status.IMPOSSIBLE:
        _draw_impossible(view, found, say)
    is_idle = words.is_there(plan) and not plan.settings
    if plan.status is Status.REACHED:
        is_likely = chances.is_likely(view, plan, found.target)
        (st.success if is_likely else st.info)(words.answer_words(view, found, say))
        _draw_reserve(found, say)
    elif plan.settings:
        st.info(words.answer_words(view, found, say))
    notes = [*words.given_words(view, plan, say)]
    if not is_idle and plan.settings:
        notes.insert(0, proof.proof_words(plan, say, is_estimate=view.edition.estimate))
    notes += _peers_words(found, say)
    if view.changed:
        notes.append(say("goal.from_now"))
    if not is_idle and plan.settings:
        source = say.name(effort_of(view).source)
        notes.append(say("goal.source", source=source))
    if notes:
        st.caption(" ".join(notes))
    if plan.settings:
        _draw_table(view, found, say)


def _peers_words(found: Answer, say: Speech) -> list[str]:
    """How sure the place is, and what is weak about that."""
    chance = chances.chance_words(found, say)
    ahead = found.ahead
    if ahead is None or ahead.question.mode is PeersMode.FIXED:
        return [chance] if chance else []
    return [*filter(None, [chance]), *(explain(one, say.language) for one in ahead.notices)]


def _draw_reserve(found: Answer, say: Speech) -> None:
    """That a total or class is only just reached, and the way to a little more."""
    plan, target = found.plan, found.target
    needed, reached = found.goal.total, plan.projection.after.total
    if needed is None or reached is None or not plan.settings:
        return
    is_total = asked.kinds_of(target) in ([Kind.TOTAL], [Kind.CLASS])
    if not is_total or not needed <= reached < min(needed + asked.RESERVE, FULL_TOTAL):
        return
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="left",
        key="goal-reserve",
    ):  # fmt: skip
        st.markdown(say("goal.exactly", points=say.points(reached)), width="content")
        st.button(
            say("goal.add_reserve", points=say.number(asked.RESERVE / 100, 1)),
            key="goal-add-reserve", on_click=asking.take,
            args=(asked.with_reserve(target, needed),),
        )  # fmt: skip


def _draw_impossible(view: View, found: Answer, say: Speech) -> None:
    plan = found.plan
    lines = [barriers.impossible_words(view, found, say)]
    if barriers.may_be_unpublished(view, found) is None:
        lines.append(barriers.since_words(view, plan.reachable_until, say))
    st.warning("\n\n".join(filter(None, lines)))
    binding = barriers.binding_words(view, plan.binding, say)
    if binding:
        lines = [say("goal.binds"), ""]
        for reason, held in binding:
            lines += [f"* {reason}", *(f"    * {line}" for line in held)]
        st.markdown("\n".join(lines))


def _draw_table(view: View, found: Answer, say: Speech) -> None:
    """The levers, and below them the way into the scenario and out as a file."""
    plan = found.plan
    table = rows.plan_table(view, plan, effort_of(view), say)
    with st.container(key="goal-plan"):
        st.table(table, hide_index=True, border="horizontal")
    exact = [] if view.edition.estimate else [say("goal.table_exact")]
    st.caption(" ".join([say("goal.table_how"), *exact]))
    late = pace.late_words(view, say)
    if late:
        st.markdown(f":orange[{late}]")
    with st.container(horizontal=True, key="goal-buttons"):
        for name, path in BUTTONS.items():
            why_not = take.why_not(view, plan, path)
            if st.button(say(f"goal.take_{name}"), key=f"goal-take-{name}",
                         help=say(why_not or "goal.take_help"), disabled=bool(why_not),
                         type="primary" if name == "simulate" else "secondary"):  # fmt: skip
                take.take(view, plan, path)
    wanted = words.goal_words(view, found.target, say)
    numbers = rows.plan_numbers(view, found, wanted, say)
    draw.download(numbers, say, "goal", evaluate(with_plan(view.scenario, plan)))


def draw_groups(view: View, plan: Plan, say: Speech) -> None:
    """Six groups now and with the plan."""
    st.subheader(say("goal.groups"), anchor=False)
    planned = evaluate(with_plan(view.scenario, plan))
    table = figures.groups_table(planned, say)
    draw.chart("groups", table, say, say("unit.points_axis"), say("goal.groups"))
    st.caption(say("goal.groups_legend"))
