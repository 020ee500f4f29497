"""What the peers do until the day looked at: the choice, and what is weak about it."""

from __future__ import annotations

import streamlit as st

from pages.ui import state
from pages.ui.following import follow
from simulator.errors import ScenarioError
from simulator.peers_links import parse_seed
from simulator.peers_mode import DRAWS, PeersMode
from simulator.presentation import peers_told
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.text import explain

_PROBLEM = "seed"


def ask(view: View, say: Speech) -> None:
    """The three modes, and the settings of chance where it plays a part."""
    mode = view.scenario.peers
    key = f"peers-{say.language}"
    modes, settings = st.columns([13, 5], vertical_alignment="bottom")
    modes.segmented_control(
        _label(view, say), list(PeersMode), key=follow(key, mode), default=mode, required=True,
        on_change=_choose, args=(key,), format_func=lambda one: say(f"ranking.peers_{one}"),
    )  # fmt: skip
    if mode is PeersMode.UNCERTAIN:
        with settings.popover(say("ranking.settings"), width="stretch"):
            _settings(view, say)


def _label(view: View, say: Speech) -> str:
    last = peers_told.day(view)
    return say("ranking.peers", last=last) if last else say("ranking.peers_undated")


def _settings(view: View, say: Speech) -> None:
    """The seed of the draws, and whether the unit moves like its peers."""
    st.caption(say("ranking.draws", draws=say.count(DRAWS)))
    seed = view.scenario.seed
    st.text_input(
        say("ranking.seed"), value=str(seed), key=f"seed-{seed}", max_chars=12,
        help=say("ranking.seed_help"), on_change=_seed, args=(f"seed-{seed}",),
    )  # fmt: skip
    problem = state.entry_problems().get(_PROBLEM)
    if problem:
        st.error(explain(problem.error, say.language))
    own = view.scenario.own_moves
    st.checkbox(
        say("ranking.own_moves"), value=own, key=f"own-moves-{own}",
        help=say("ranking.own_moves_help"), on_change=state.set_peers,
        kwargs={"own_moves": not own},
    )  # fmt: skip


def _choose(key: str) -> None:
    # No choice at all: a browser that draws the page anew meanwhile.
    if st.session_state[key] is not None:
        state.set_peers(mode=PeersMode(st.session_state[key]))


def _seed(key: str) -> None:
    text = st.session_state[key]
    try:
        state.set_peers(seed=parse_seed(text))
    except ScenarioError as error:
        state.set_entry_problem(_PROBLEM, state.EntryProblem(text, error))
    else:
        state.set_entry_problem(_PROBLEM, None)


def doubts(view: View, say: Speech) -> None:
    """What the reader of an interval must know, and why peers could not move."""
    ahead = view.rank_ahead
    if ahead is not None and ahead.notices:
        lines = [explain(notice, say.language) for notice in ahead.notices]
        st.caption("  \n".join(f":orange[{line}]" for line in lines))
