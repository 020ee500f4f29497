"""The row of controls that says what is wanted; it follows the state, as links do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from pages.ui import state
from pages.ui.following import follow
from pages.ui.goal import asked, words
from pages.ui.goal.asked import Kind
from pages.ui.goal.found import Range, moving_peers
from simulator.errors import ScenarioError
from simulator.numbers import format_certainty
from simulator.peers_mode import PeersMode
from simulator.plan_target import CERTAINTIES, Target
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.text import explain

# What was asked last of every kind, for the way back, and the kind a person chose.
_KEPT, _CHOSEN = "goal-kept", "goal-chosen"
# Of the choice among certainties: no peer moves.
HELD = 0.0
Reader = Callable[[str], Target]


def ask(view: View, known: Range, say: Speech) -> Target:
    """The controls; returns what is wanted, which is proposed where nobody said anything."""
    target = state.target()
    if target.is_empty:
        target = asked.proposed(view, known, st.session_state.get(_CHOSEN))
    kinds = asked.kinds_of(target)
    if not kinds:
        return target
    st.subheader(say("goal.wanted"), anchor=False)
    _ask_kind(view, known, kinds[0], say)
    inputs = {
        Kind.TOTAL: _ask_total, Kind.CLASS: _ask_class, Kind.RANK: _ask_rank,
        Kind.GROUPS: _ask_groups, Kind.HOURS: _ask_hours,
    }  # fmt: skip
    inputs[kinds[0]](view, known, target, say)
    if len(kinds) > 1:
        st.caption(say("goal.several", goal=words.goal_words(view, target, say)))
    if state.target().is_empty:
        st.caption(say("goal.proposed"))
    return target


def _ask_kind(view: View, known: Range, kind: Kind, say: Speech) -> None:
    kinds = asked.possible(view)
    # A link may ask for what this unit does not have; why not is told beside it.
    kinds += [] if kind in kinds else [kind]
    key = f"goal-kind-{say.language}-{'-'.join(kinds)}"
    st.segmented_control(
        say("goal.wanted"), kinds, key=follow(key, kind), default=kind, required=True,
        label_visibility="collapsed",
        format_func=lambda one: say(f"goal.kind_{one}"), on_change=_choose_kind,
        args=(key, kind, view, known),
    )  # fmt: skip


def _choose_kind(key: str, left: Kind, view: View, known: Range) -> None:
    # No choice at all: a browser that draws the page anew meanwhile.
    if st.session_state[key] is None:
        return
    kept: dict[Kind, Target] = st.session_state.setdefault(_KEPT, {})
    if not state.target().is_empty:
        kept[left] = state.target()
    chosen = Kind(st.session_state[key])
    st.session_state[_CHOSEN] = chosen
    target = kept.get(chosen) or asked.target_of_kind(chosen, view, known)
    if target.is_empty:
        # Nothing is above the highest class but itself.
        target = Target(score_class=view.edition.classes[0].code)
    take(target)


def take(target: Target) -> None:
    state.set_target(target)
    for place in list(state.entry_problems()):
        if place.startswith("goal-"):
            state.set_entry_problem(place, None)


def _ask_total(view: View, known: Range, target: Target, say: Speech) -> None:
    field, beside = st.columns([2, 7], vertical_alignment="bottom")
    with field:
        text = words.typed_number(words.in_points(target.total), say)
        _field(
            "goal-total", say("goal.ask_total"), text, say,
            partial(asked.typed_total, language=say.language),
        )  # fmt: skip
    beside.caption(_now_best(view, known, say))


def _ask_class(view: View, known: Range, target: Target, say: Speech) -> None:
    labels = {
        item.code: say("goal.class_from", name=say.name(item.name), points=say.count(item.lowest))
        for item in view.edition.classes
    }
    field, beside = st.columns([2, 7], vertical_alignment="bottom")
    # The browser sends labels, so the key names what they show.
    key = f"goal-class-{say.language}-{view.edition.code}"
    shown = target.score_class if target.score_class in labels else None
    field.selectbox(
        say("goal.ask_class"), list(labels), list(labels).index(shown) if shown else None,
        key=follow(key, shown), format_func=labels.__getitem__, placeholder=say("goal.choose"),
        on_change=_choose_class, args=(key,),
    )  # fmt: skip
    now, best = view.projection.before.score_class, known.ceiling.after.score_class
    beside.caption(
        say(
            f"goal.now_best_class{words.way(view)}", now=words.class_name(now, say),
            best=words.class_name(best, say),
        )
    )  # fmt: skip


def _choose_class(key: str) -> None:
    take(Target(score_class=st.session_state[key]))


def _ask_rank(view: View, known: Range, target: Target, say: Speech) -> None:
    field, quick, sure = st.columns([2, 5, 6], vertical_alignment="bottom")
    with field:
        _field(
            "goal-rank", say("goal.ask_rank"), "" if target.rank is None else str(target.rank),
            say, partial(asked.typed_rank, certainty=target.certainty),
        )  # fmt: skip
    ranks = asked.quick_ranks(view)
    if ranks:
        key = f"goal-quick-{say.language}-{'-'.join(map(str, ranks))}"
        shown = target.rank if target.rank in ranks else None
        quick.pills(
            say("goal.quick"), list(ranks), key=follow(key, shown), default=shown,
            on_change=_choose_rank,
            args=(key, target.certainty),
            format_func=lambda rank: say("goal.places_up", places=ranks[rank], rank=rank),
        )  # fmt: skip
    with sure:
        _ask_certainty(view, target, say)


def _choose_rank(key: str, certainty: float | None) -> None:
    rank = st.session_state[key]
    # Pressed again, a choice is taken back: then the number stays.
    if rank is not None:
        take(Target(rank=rank, certainty=certainty))


def _ask_certainty(view: View, target: Target, say: Speech) -> None:
    current = target.certainty or HELD
    options = [HELD, *CERTAINTIES]
    options += [] if current in options else [current]
    ahead = moving_peers(view.scenario)
    can_move = ahead is None or ahead.mode is PeersMode.UNCERTAIN
    key = f"goal-certainty-{say.language}-{'-'.join(map(str, options))}"
    st.segmented_control(
        say("goal.ask_peers"), options, key=follow(key, current), default=current,
        on_change=_choose_certainty, args=(key, target),
        format_func=partial(_certainty_name, say), disabled=not can_move, required=True,
        help=say("goal.ask_peers_help"),
    )  # fmt: skip
    if ahead is not None and not can_move:
        st.caption(" ".join(explain(notice, say.language) for notice in ahead.notices))


def _certainty_name(say: Speech, certainty: float) -> str:
    if certainty == HELD:
        return say("goal.peers_held")
    return say("goal.peers_sure", percent=format_certainty(certainty, say.language))


def _choose_certainty(key: str, target: Target) -> None:
    if st.session_state[key] is not None:
        take(replace(target, certainty=st.session_state[key] or None))


def _ask_groups(view: View, known: Range, target: Target, say: Speech) -> None:
    now, best = view.projection.before.groups, known.ceiling.after.groups
    current = target if asked.kinds_of(target) == [Kind.GROUPS] else Target()
    groups = dict(target.groups)
    columns = st.columns(len(view.edition.groups), vertical_alignment="bottom")
    for column, group in zip(columns, view.edition.groups, strict=True):
        with column:
            reader = partial(
                asked.typed_group, current, group.code, language=say.language,
                highest=group.maximum,
            )  # fmt: skip
            _field(
                f"goal-group-{group.code}", say.name(group.name),
                words.typed_number(words.in_points(groups.get(group.code)), say), say, reader,
                disabled=now[group.code] is None,
            )  # fmt: skip
            st.caption(
                say(
                    "goal.now_best_group", now=say.points(now[group.code]),
                    best=say.points(best[group.code]), of=group.maximum,
                )
            )  # fmt: skip
    st.caption(say("goal.groups_how"))


def _ask_hours(view: View, known: Range, target: Target, say: Speech) -> None:
    field, beside = st.columns([2, 7], vertical_alignment="bottom")
    with field:
        _field(
            "goal-hours", say("goal.ask_hours"), words.typed_number(target.hours, say), say,
            partial(asked.typed_hours, language=say.language),
        )  # fmt: skip
    beside.caption(_now_best(view, known, say))


def _now_best(view: View, known: Range, say: Speech) -> str:
    now, best = view.projection.before.total, known.ceiling.after.total
    key = f"goal.now_best{words.way(view)}"
    return say(key, now=say.points(now), best=say.points(best))


def _field(
    place: str, label: str, value: str, say: Speech, read: Reader, *, disabled: bool = False
) -> None:
    """A field that shows ``value``, or what was refused of it and why."""
    problem = state.entry_problems().get(place)
    key = f"{place}-{say.language}"
    text = problem.text if problem else value
    st.text_input(
        label, text, key=follow(key, text), max_chars=20, on_change=_typed, args=(place, key, read),
        disabled=disabled,
    )  # fmt: skip
    if problem:
        st.error(literal(explain(problem.error, say.language)))


def _typed(place: str, key: str, read: Reader) -> None:
    text = st.session_state[key]
    try:
        target = read(text)
    except ScenarioError as error:
        state.set_entry_problem(place, state.EntryProblem(text, error))
        return
    take(target)
