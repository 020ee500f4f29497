"""What to do first: the steps in words, each with the way to try it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.ui import draw, moves, shell
from simulator.first_steps import Aim, FirstSteps, Step, aims
from simulator.presentation import peers_told, priority_tables
from simulator.presentation.priorities_found import moving, steps_of
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rank import to_next_class

# A longer list is no longer a first thing to do.
SHOWN = 8


def draw_first(view: View, say: Speech) -> None:
    """The aim, the steps to it, and what they add up to."""
    st.subheader(say("priorities.first"), anchor=False)
    found = aims(view.projection, view.peers)
    if not found:
        st.info(say("priorities.no_aim"))
        return
    aim = _aim(view, list(found), say)
    steps = steps_of(view.scenario, found[aim])
    st.caption(say("priorities.first_how"))
    if not steps.steps:
        st.info(say("priorities.no_steps"))
        return
    with st.container(key="priorities-first", gap="small"):
        for number, step in enumerate(steps.steps[:SHOWN], start=1):
            _draw_step(number, step, say)
    if len(steps.steps) > SHOWN:
        st.caption(say("priorities.more_steps", count=len(steps.steps) - SHOWN))
    st.markdown(_sum(view, steps, say))
    if len(steps.steps) > 1:
        _button("all", {step.lever: step.end for step in steps.steps}, say)
    draw.download(
        priority_tables.steps_table(view, steps, say), say, f"priorities-first-{aim}", view
    )


def _aim(view: View, found: list[Aim], say: Speech) -> Aim:
    labels = {aim: say(f"priorities.aim_{aim}", name=_next_class(view, say)) for aim in found}
    # The key names what the labels show: the browser sends labels.
    key = f"priorities-aim-{'-'.join([say.language, *labels.values()])}"
    chosen = st.segmented_control(
        say("priorities.aim"), found, default=found[0], required=True, key=key,
        format_func=labels.__getitem__,
    )  # fmt: skip
    return chosen or found[0]


def _next_class(view: View, say: Speech) -> str:
    total = view.projection.after.total
    above = None if total is None else to_next_class(view.edition, total)
    return say.name(above[0].name) if above else ""


def _draw_step(number: int, step: Step, say: Speech) -> None:
    words, button = st.columns([14, 2], vertical_alignment="center")
    words.markdown(f"{number}. {step_words(step, say)}")
    with button:
        _button(str(number), {step.lever: step.end}, say)


def step_words(step: Step, say: Speech) -> str:
    """``Cấp kết quả điện tử: thêm 3.000 hồ sơ, +0,03 điểm, khoảng 600 giờ công, hạng 19 → 18``."""
    return say(
        "priorities.step", name=say.name(step.bounds.lever.name),
        count=priority_tables.units(step.added, step.bounds, say),
        unit=say(f"unit.{step.bounds.count_unit}"), points=say.points(step.gain, sign=True),
        hours=priority_tables.hours_text(step.hours, say), rank=_ranks(step.ranks, say),
    )  # fmt: skip


def _ranks(ranks: tuple[int, int] | None, say: Speech) -> str:
    if ranks is None:
        return ""
    before, after = ranks
    key = "step_same" if before == after else "step_rank"
    return say(f"priorities.{key}", before=before, after=after)


def _sum(view: View, found: FirstSteps, say: Speech) -> str:
    """What the steps add up to, how sure the place is, and what is missing."""
    begun, ended = found.steps[0].ranks, found.steps[-1].ranks
    total = found.projection.after.total
    parts = [
        say(
            "priorities.sum", points=say.points(found.gain, sign=True), total=say.points(total),
            hours=priority_tables.hours_text(found.hours, say),
            rank=_ranks((begun[0], ended[1]) if begun and ended else None, say),
        )
    ]  # fmt: skip
    ahead = moving(view)
    if ahead is not None and total is not None:
        best, worst = ahead.interval(total)
        places = str(best) if best == worst else f"{best}–{worst}"
        parts.append(say("priorities.sum_interval", last=peers_told.day(view), places=places))
    if not found.reached:
        parts.append(say("priorities.sum_missing", points=say.points(found.missing)))
    return " ".join(parts)


def _button(name: str, changes: Mapping[str, float], say: Speech) -> None:
    """Sets levers and goes to where they can be moved on."""
    kind = "try_all" if name == "all" else "try_one"
    if st.button(
        say(f"priorities.{kind}"), key=f"priorities-try-{name}", help=say(f"priorities.{kind}_help")
    ):  # fmt: skip
        moves.set_changes(changes)
        shell.go(shell.SIMULATE)
