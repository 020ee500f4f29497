"""What stands behind the priorities: weights that decide, pairs, and what is left out."""

from __future__ import annotations

import streamlit as st

from pages.ui import draw
from pages.ui.priorities import rows
from simulator.baseline import Basis
from simulator.combinations import Pair
from simulator.effective_weights import PartWeight
from simulator.numbers import format_percent
from simulator.presentation import priority_tables
from simulator.presentation.literal import literal
from simulator.presentation.priorities_found import pairs_of, priorities_of, weights_of
from simulator.presentation.speech import Speech
from simulator.presentation.view import View


def draw_weights(view: View, say: Speech) -> None:
    """Nominal and effective weight of every group and indicator."""
    found = weights_of(view.scenario)
    if found is None:
        st.info(say("priorities.weights_none"))
        return
    st.caption(say("priorities.weights_how", count=found.units))
    known = [part for part in found.groups if part.share is not None]
    names = {group.code: say.name(group.name) for group in view.edition.groups}
    names |= {item.code: say.name(item.name) for item in view.edition.indicators}
    if known:
        most, least = (choose(known, key=_share) for choose in (max, min))
        st.markdown(
            say(
                "priorities.weights_most", most=names[most.code], share=_percent(_share(most), say),
                nominal=_percent(most.nominal, say), least=names[least.code],
                least_share=_percent(_share(least), say),
                least_nominal=_percent(least.nominal, say),
            )
        )  # fmt: skip
    groups = priority_tables.weights_table(
        [names[part.code] for part in found.groups], found.groups, say
    )
    st.dataframe(rows.styled(groups, say), hide_index=True)
    draw.download(groups, say, "priority-weights", view)
    if any(part.share is not None for part in found.indicators):
        st.markdown(say("priorities.weights_indicators"))
        codes = [names[part.code] for part in found.indicators]
        items = priority_tables.weights_table(codes, found.indicators, say)
        st.dataframe(rows.styled(items, say), hide_index=True)
        draw.download(items, say, "priority-indicator-weights", view)
    if found.left_out and view.peers is not None:
        units = {unit.code: unit.short_name for unit in (*view.peers.units, view.unit)}
        st.text(
            say("priorities.weights_left_out", names=", ".join(units[c] for c in found.left_out))
        )


def _share(part: PartWeight) -> float:
    return part.share or 0.0


def _percent(share: float, say: Speech) -> str:
    return format_percent(100 * share, say.language, 0)


def draw_pairs(view: View, say: Speech) -> None:
    """Pairs of levers worth more or less than the sum of both."""
    found = pairs_of(view.scenario)
    if not found:
        st.info(say("priorities.no_pairs"))
        return
    st.caption(say("priorities.pairs_how"))
    st.markdown("\n".join(f"* {pair_words(view, pair, say)}" for pair in found))
    draw.download(priority_tables.pairs_table(view, found, say), say, "priority-pairs", view)


def pair_words(view: View, pair: Pair, say: Speech) -> str:
    """What a pair brings, and why it is not the sum."""
    one, other = (say.name(view.edition.lever_by_code[code].name) for code in pair.levers)
    first, second = (say.points(gain, sign=True) for gain in pair.alone)
    words = say(
        f"priorities.pair_{'more' if pair.extra > 0 else 'less'}", one=one, other=other,
        first=first, second=second, together=say.points(pair.together, sign=True),
        extra=say.points(pair.extra, sign=True),
    )  # fmt: skip
    return f"{words} {priority_tables.why(pair, say)}"


def draw_skipped(view: View, say: Speech) -> None:
    """Indicators and levers without a priority, and why."""
    lines = [
        say(f"priorities.skipped_{kind}", names=literal(", ".join(names)))
        for kind, names in skipped(view, say).items()
        if names
    ]
    st.markdown("\n".join(f"* {line}" for line in lines or [say("priorities.skipped_none")]))


def skipped(view: View, say: Speech) -> dict[str, list[str]]:
    """Names of what is not counted, by why."""
    edition, found = view.edition, priorities_of(view.scenario)
    helpful = [lever for lever in view.levers if lever.direction == "helpful"]
    judged = {one.lever for one in found}
    unknown = [item for k, item in enumerate(edition.indicators) if not view.unit.knows(k)]

    def names_of(ranked: list[str]) -> list[str]:
        return [say.name(edition.lever_by_code[code].name) for code in ranked]

    return {
        "unpublished": [say.name(item.name) for item in unknown],
        "full": names_of([one.lever for one in found if not one.gain]),
        "nothing": names_of([lever.code for lever in helpful if not lever.moves]),
        "flagged": names_of([one.lever for one in found if one.gain and not one.stock_known]),
        "locked": names_of([one.lever for one in found if one.gain and one.locked]),
        "other": names_of(
            [
                lever.code
                for lever in helpful
                if lever.moves
                and lever.code not in judged
                and view.unit.evidence[edition.position[lever.indicator]].basis is not Basis.UNKNOWN
            ]
        ),
    }
