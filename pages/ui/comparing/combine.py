"""Two of the columns made into one scenario, which can be put into the simulation."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.ui import dialogs, kept, shell, state
from pages.ui.comparing.found import combined_of
from pages.ui.comparing.offered import Chosen
from simulator.errors import ScenarioError
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View, evaluate
from simulator.scenario import Scenario
from simulator.text import explain


def draw_combine(view: View, columns: Sequence[Chosen], say: Speech) -> None:
    """A dialog that computes when it is opened."""

    def content() -> None:
        if len(columns) < 2:
            st.caption(say("comparing.combine_few"))
            return
        st.caption(say("comparing.combine_how"))
        first, second = _ask("first", 0, columns, say), _ask("second", 1, columns, say)
        if first is second:
            st.caption(say("comparing.combine_same"))
        else:
            _draw_result(view, first, second, say)

    dialogs.behind_button("combine", say("comparing.combine"), content, width="stretch")


def _ask(which: str, default: int, columns: Sequence[Chosen], say: Speech) -> Chosen:
    names = numbered(columns, say)
    # The browser sends labels: under other labels it is another question.
    key = f"combine-{which}-{hash((say.language, *names))}"
    chosen = st.selectbox(
        say(f"comparing.combine_{which}"), range(len(columns)), index=default, key=key,
        format_func=names.__getitem__,
    )  # fmt: skip
    return columns[chosen]


def numbered(columns: Sequence[Chosen], say: Speech) -> list[str]:
    """Names of the scenarios with their numbers, so that each is there once."""
    return [
        say("comparing.numbered", number=k, name=column.name)
        for k, column in enumerate(columns, start=1)
    ]


def _draw_result(view: View, first: Chosen, second: Chosen, say: Speech) -> None:
    try:
        found, problems = combined_of(first.scenario, second.scenario)
    except ScenarioError as problem:
        st.warning(literal(explain(problem, say.language, view.edition)))
        return
    st.text(" ".join(_words(evaluate(found), say)))
    if problems:
        lines = [literal(explain(problem, say.language, view.edition)) for problem in problems]
        st.warning("\n".join([say("comparing.combine_lost"), "", *(f"* {line}" for line in lines)]))
    if st.button(
        say("comparing.combine_use"), key="combine-use", type="primary",
        help=say("comparing.combine_use_help"),
    ):  # fmt: skip
        _use(found, problems)


def _words(there: View, say: Speech) -> list[str]:
    after = there.projection.after
    reached = say("unit.unknown") if after.score_class is None else say.name(after.score_class.name)
    change = say.points(there.projection.total_change, sign=True)
    words = [say("comparing.combine_result", total=say.points(after.total), change=change,
                 **{"class": reached})]  # fmt: skip
    if after.standing is not None:
        rank = say("headline.rank_value", rank=after.standing.rank, of=after.standing.of)
        words.append(say("comparing.combine_rank", rank=rank))
    return words


def _use(found: Scenario, problems: Sequence[ScenarioError]) -> None:
    """Simulate ``found`` from now on; what could not be kept is told there too."""
    here = state.scenario()
    if (here.baseline, here.unit) != (found.baseline, found.unit):
        state.switch_to(found.baseline, found.unit)
    state.adopt(found)
    # It is another scenario, not a version of the one that was open.
    kept.set_opened(None)
    state.set_link_problems([*problems, *state.link_problems()])
    dialogs.close()
    shell.go(shell.SIMULATE)
