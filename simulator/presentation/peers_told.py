"""What the peers do until the day looked at, in words."""

from __future__ import annotations

from simulator.numbers import format_date
from simulator.peers_mode import PeersMode
from simulator.presentation.speech import Speech
from simulator.presentation.view import View

SHADES = {
    PeersMode.FIXED: "ranking.fixed",
    PeersMode.TREND: "ranking.trend",
    PeersMode.UNCERTAIN: "ranking.bands",
}


def day(view: View) -> str:
    """The day the peers are looked at, as people write it."""
    ahead = view.rank_ahead
    return "" if ahead is None or ahead.last is None else format_date(ahead.last.isoformat())


def words(view: View, say: Speech) -> str:
    """What the peers do in the figures beside, in one sentence."""
    ahead = view.rank_ahead
    mode = PeersMode.FIXED if ahead is None else ahead.mode
    return say(SHADES[mode], last=day(view))
