"""Total, class and rank, always in the same place, with the change beside them.

Plain markup: the lever board (see board/) writes what a hand on a lever leads to into the
same places, found by their ``data-figure``.
"""

from __future__ import annotations

import time
from html import escape

import streamlit as st

from pages.ui import kept, state
from pages.ui.headline_figures import Figure, figures
from simulator import library
from simulator.caveats import sums
from simulator.numbers import format_date
from simulator.peers_mode import PeersMode
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rank import Peers
from simulator.text import explain

# Streamlit's page draws together whatever arrives within 10 ms. This pause lets it draw the
# figures alone, before the charts come: the total is there in two thirds of the time.
SETTLE_S = 0.04


def settle() -> None:
    """Give the browser a moment to draw the headline before anything else is sent."""
    time.sleep(SETTLE_S)


def draw(view: View, say: Speech) -> None:
    """The headline of every screen."""
    parts = [_markup(key, figure) for key, figure in figures(view, say).items()]
    place, *notes = (escape(line) for line in _mode(view, say))
    # Both sentences are there: under a moving hand the board shows the second (style.css).
    still, moved = (escape(text) for text in _modes(view, say))
    state = "moved" if view.changed else "still"
    lines = [
        place, f'<span class="when-still">{still}</span><span class="when-moved">{moved}</span>',
        *notes,
    ]  # fmt: skip
    with st.container(key="headline"):
        st.html(
            f'<section class="headline is-{state}" aria-label="{escape(say("headline.title"))}">'
            f'{"".join(parts)}<p class="headline-mode">{"<br>".join(lines)}</p></section>'
        )


def _markup(key: str, figure: Figure) -> str:
    return (
        f'<div class="figure" data-figure="{key}">'
        f'<div class="figure-label">{escape(figure.label)}</div>'
        f'<div class="figure-value">{escape(figure.value)}</div>'
        f'<div class="figure-note" data-tone="{figure.tone}">{escape(figure.note)}</div>'
        f'<div class="figure-range">{escape(figure.range)}</div></div>'
    )


def _modes(view: View, say: Speech) -> tuple[str, str]:
    """What the figures are without and with moved levers."""
    if view.outlook is None:
        return say("headline.not_simulated"), say("headline.mode")
    last = format_date(view.outlook.period.last.isoformat())
    return say("headline.line", last=last), say("headline.ahead", last=last)


def _reach(view: View, say: Speech) -> str:
    """The best and the worst that the end of the period can still bring."""
    reach = view.reach
    if reach is None or reach.ceiling.after.total is None:
        return ""
    ceiling, floor = reach.ceiling.after, reach.floor.after
    last = format_date(reach.outlook.period.last.isoformat())
    key = "headline.reach" if ceiling.standing is None else "headline.reach_rank"
    text = say(
        key, last=last, high=say.points(ceiling.total), low=say.points(floor.total),
        rank=ceiling.standing.rank if ceiling.standing else "",
    )  # fmt: skip
    if not reach.held:
        return text
    names = ", ".join(say.name(view.edition.group_by_code[code].name) for code in reach.held)
    return f"{text}; {say('headline.reach_held', groups=names)}"


def _mode(view: View, say: Speech) -> list[str]:
    """Whose figures these are, of when, and how to read them."""
    place = say(
        "headline.place", unit=view.unit.short_name, period=say.name(view.baseline.period_text)
    )
    lines = [place, *filter(None, [_reach(view, say)])]
    lines += _borrowed_range(view, say)
    lines += filter(None, [_saved(view, say)])
    if view.edition.estimate and view.changed:
        lines.append(say("headline.estimate"))
    if view.scenario.assumptions:
        lines.append(say("headline.assumed"))
    if view.peers is not None and view.peers.borrowed:
        lines.append(_borrowed(view, view.peers, say))
    if view.unit.has_no_dossiers(view.edition):
        lines.append(say("overview.no_dossiers"))
    return lines + [explain(notice, say.language) for notice in sums(view.projection)]


def _saved(view: View, say: Speech) -> str:
    """Which saved scenario this is, and whether it still is."""
    version = kept.opened()
    if version is None or view.scenario != state.scenario():
        return ""
    key = "saved_changed" if kept.is_changed() else "saved"
    total = version.content.total
    return say(
        f"headline.{key}", name=version.content.name, number=version.number,
        total=say.points(total),
    )  # fmt: skip


def _borrowed_range(view: View, say: Speech) -> list[str]:
    """What is weak about the interval beside the rank."""
    ahead, score = view.rank_ahead, view.projection.after.total
    if ahead is None or score is None or ahead.mode is not PeersMode.UNCERTAIN:
        return []
    weak = {notice.code.removeprefix("movement_"): notice.fields for notice in ahead.notices}
    # One is enough in a headline: the screen of the rank tells all.
    code = next((code for code in ("default", "partly", "far") if code in weak), None)
    return [] if code is None else [say(f"headline.range_{code}", **weak[code])]


def _borrowed(view: View, peers: Peers, say: Speech) -> str:
    """Where the peers come from, and where that list sees the unit itself."""
    source = library.load(peers.baseline_id)
    own = source.units.get(view.unit.code)
    return say(
        "headline.peers_borrowed",
        baseline=say.name(source.title), unit=view.unit.short_name,
        total=say.points(own.total if own else None),
    )  # fmt: skip
