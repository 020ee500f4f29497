"""Total, class and rank, always in the same place, with the change beside them."""

from __future__ import annotations

import time

import streamlit as st

from pages.ui.view import Speech, View
from simulator.baseline_files import load_baseline
from simulator.caveats import caveats, sums
from simulator.numbers import format_points
from simulator.rank import Peers, to_next_class
from simulator.text import explain

GAIN, LOSS, NEUTRAL = "green", "red", "gray"


# Streamlit's page draws together whatever arrives within 10 ms. This pause lets it draw the
# figures alone, before the charts come: the total is there in two thirds of the time.
SETTLE_S = 0.04


def settle() -> None:
    """Give the browser a moment to draw the headline before anything else is sent."""
    time.sleep(SETTLE_S)


def draw(view: View, say: Speech) -> None:
    """The headline of every screen."""
    with st.container(key="headline", horizontal=True):
        _total(view, say)
        _class(view, say)
        _rank(view, say)
        _mode(view, say)


def tone(change: int) -> str:
    return GAIN if change > 0 else LOSS if change < 0 else NEUTRAL


def _total(view: View, say: Speech) -> None:
    projection = view.projection
    if not view.changed:
        label, delta, value = say("headline.total"), None, published(projection.before.total, say)
    else:
        kind = "estimate" if view.edition.estimate else "projected"
        label, value = say(f"headline.total_{kind}"), say.points(projection.after.total)
        delta = say(
            "headline.points_change",
            change=say.points(projection.total_change, sign=True),
            was=published(projection.before.total, say),
        )
    change = projection.total_change
    with st.container(key="total"):
        st.metric(
            label, value, delta=delta or say("headline.published"),
            delta_color=tone(change), delta_arrow="auto" if change else "off",
        )  # fmt: skip


def published(hundredths: int | None, say: Speech) -> str:
    """A published score with the decimals it was printed with (one or two)."""
    if hundredths is None:
        return say("unit.unknown")
    decimals = 2 if say.decimals == 2 or hundredths % 10 else 1
    return format_points(hundredths, decimals, say.language)


def _class(view: View, say: Speech) -> None:
    projection = view.projection
    after = projection.after
    value = say("unit.unknown") if after.score_class is None else say.name(after.score_class.name)
    note = say("headline.class_unknown")
    if after.total is not None and projection.before.score_class is not None:
        above = to_next_class(view.edition, after.total)
        note = (
            say("headline.class_next", points=say.points(above[1]), name=say.name(above[0].name))
            if above
            else say("headline.class_highest")
        )
        if after.score_class != projection.before.score_class:
            note = say("headline.class_was", name=say.name(projection.before.score_class.name))
    with st.container(key="class"):
        st.metric(say("headline.class"), value, delta=note, delta_color=NEUTRAL, delta_arrow="off")


def _rank(view: View, say: Speech) -> None:
    before, after = view.projection.before.standing, view.projection.after.standing
    change = 0
    if before is None or after is None:
        value, note = _printed_rank(view, say)
    else:
        change = before.rank - after.rank
        value = say("headline.rank_value", rank=after.rank, of=after.of)
        if after.tied:
            value += " " + say("headline.tied")
        key = "rank_up" if change > 0 else "rank_down" if change < 0 else "rank_same"
        note = say(f"headline.{key}", places=abs(change), was=before.rank)
        if not view.changed:
            note = say("headline.rank_published")
    with st.container(key="rank"):
        st.metric(
            say("headline.rank"), value, delta=note,
            delta_color=tone(change), delta_arrow="auto" if change else "off",
        )  # fmt: skip


def _printed_rank(view: View, say: Speech) -> tuple[str, str]:
    """The rank as printed, for units whose peers are not listed; no rank after a move."""
    if not view.unit.published_rank:
        return say("unit.unknown"), rank_reason(view, say)
    of = view.unit.published_pool_size or say("unit.unknown")
    printed = say("headline.rank_value", rank=view.unit.published_rank, of=of)
    if view.changed:
        return say("unit.unknown"), say("headline.rank_was", rank=printed)
    return printed, say("headline.published")


def rank_reason(view: View, say: Speech) -> str:
    """Why no rank can be projected for this unit."""
    notices = caveats(view.baseline, view.projection, view.peers)
    reasons = [item for item in notices if item.code.startswith("no_rank")]
    return explain(reasons[0], say.language) if reasons else ""


def _mode(view: View, say: Speech) -> None:
    """Whose figures these are, of when, and how to read them."""
    place = say(
        "headline.place", unit=view.unit.short_name, period=say.name(view.baseline.period_text)
    )
    lines = [place, say("headline.mode" if view.changed else "headline.not_simulated")]
    if view.projection.after.standing is not None:
        lines.append(say("headline.peers_fixed"))
    if view.edition.estimate and view.changed:
        lines.append(say("headline.estimate"))
    if view.scenario.assumptions:
        lines.append(say("headline.assumed"))
    if view.peers is not None and view.peers.borrowed:
        lines.append(_borrowed(view, view.peers, say))
    if view.unit.has_no_dossiers(view.edition):
        lines.append(say("overview.no_dossiers"))
    lines += [explain(notice, say.language) for notice in sums(view.projection)]
    with st.container(key="mode"):
        st.text("\n".join(lines))


def _borrowed(view: View, peers: Peers, say: Speech) -> str:
    """Where the peers come from, and where that list sees the unit itself."""
    source = load_baseline(peers.baseline_id)
    own = source.units.get(view.unit.code)
    return say(
        "headline.peers_borrowed",
        baseline=say.name(source.title), unit=view.unit.short_name,
        total=say.points(own.total if own else None),
    )  # fmt: skip
