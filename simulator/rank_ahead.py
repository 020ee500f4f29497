"""How sure a rank is on the day a scenario looks to: the peers held, on their trend, or moving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from simulator import library
from simulator.baseline import Baseline, Unit
from simulator.captures import Capture, captures_of, readings
from simulator.errors import Notice, ScenarioError
from simulator.movement import Basis, Movement, movement_of
from simulator.peers_mode import DRAWS, MOST_CELLS, MOST_DRAWS, SEED, PeersMode
from simulator.period import days_in
from simulator.rank import Peers, peers_of
from simulator.uncertainty import Floats, Outcomes, Whole, drawn, still, trend

# A look further ahead than this many times the history is an extrapolation to be named.
FAR = 2
# Beside a rank stands the interval that holds it nine times out of ten.
LEVEL, MIDDLE = 0.9, 0.5


@dataclass(frozen=True)
class Question:
    """What is asked about the peers of a unit; hashable, so that answers can be kept.

    ``until``: ISO day, empty for the end of the period; ``own``: True where the unit's own result
    is as uncertain as those of its peers.
    """

    baseline: str
    unit: str
    mode: PeersMode = PeersMode.UNCERTAIN
    until: str = ""
    draws: int = DRAWS
    seed: int = SEED
    own: bool = False


@dataclass(frozen=True)
class RankAhead:
    """The peers on the day looked at, and what the reader must know of how they got there.

    ``question.mode`` is what was asked, ``mode`` what could be answered: peers cannot move in a
    period that is over. ``days``: from the reading of their figures to the end of ``last``.
    """

    question: Question
    mode: PeersMode
    last: date | None
    days: float
    movement: Movement | None
    outcomes: Outcomes
    notices: tuple[Notice, ...] = ()

    def interval(self, score: int) -> tuple[int, int]:
        """Best and worst place that is told beside a rank."""
        return self.outcomes.interval(score, LEVEL)

    def ends(self, score: int) -> tuple[int, int, int]:
        """Best place of the interval, the one in the middle, and the worst."""
        best, worst = self.interval(score)
        return best, self.outcomes.place(score, MIDDLE), worst

    def many_ends(self, scores: Floats) -> tuple[Whole, Whole, Whole]:
        """:meth:`ends` of each of ``scores``."""
        best, worst = self.outcomes.intervals(scores, LEVEL)
        return best, self.outcomes.places_at(scores, MIDDLE), worst


def rank_ahead(question: Question) -> RankAhead | None:
    """The answer; None for a unit whose peers are not listed."""
    if question.mode is not PeersMode.UNCERTAIN:
        # Chance plays no part: the same answer whatever the seed.
        question = Question(question.baseline, question.unit, question.mode, question.until)
    return _kept_answer(question)


# The counts of a list of 135 communes take some 7 MB.
@library.remembered(maxsize=24)
def _kept_answer(question: Question) -> RankAhead | None:
    baseline = library.load(question.baseline)
    unit = baseline.unit(question.unit)
    peers = peers_of(baseline, unit, library.load)
    if peers is None or unit.pool is None:
        return None
    source, pool = library.load(peers.baseline_id), unit.pool
    return _answer(baseline, source, peers, question, lambda: captures_of(source.id, pool))


def ahead_of(baseline: Baseline, unit: Unit, peers: Peers, question: Question) -> RankAhead:
    """:func:`rank_ahead` of figures the library need not know: ``question`` names them only."""
    source = library.load(peers.baseline_id) if peers.borrowed else baseline
    return _answer(baseline, source, peers, question, lambda: readings(source, unit.pool or ""))


def _answer(
    baseline: Baseline, source: Baseline, peers: Peers, question: Question,
    captures: Callable[[], tuple[Capture, ...]],
) -> RankAhead:  # fmt: skip
    """``source``: the figures of the peers, with their ``captures`` where these move."""
    question = replace(question, draws=min(question.draws, most_draws(len(peers.units))))

    def held(last: date | None, days: float, *notices: Notice) -> RankAhead:
        outcomes = still(peers.totals)
        return RankAhead(question, PeersMode.FIXED, last, days, None, outcomes, notices)

    try:
        last, days = _time_left(baseline, source, question.until)
    except ScenarioError:
        return held(None, 0.0, Notice("peers_capture_unknown"))
    if question.mode is PeersMode.FIXED:
        return held(last, days)
    if not days:
        return held(last, days, Notice("peers_period_over", {"last": last.isoformat()}))
    movement = movement_of(captures())
    return RankAhead(
        question, question.mode, last, days, movement,
        _outcomes(question, peers, movement, days), _doubts(movement, peers, days),
    )  # fmt: skip


def _time_left(baseline: Baseline, source: Baseline, until: str) -> tuple[date, float]:
    """The day looked at, and the days from the reading of the peers' figures to its end."""
    period = baseline.whole_period()
    last = date.fromisoformat(until) if until else period.last
    read = source.whole_period()
    left = float(days_in(replace(period, last=last).ends - read.captured))
    return last, max(left, 0.0)


def _outcomes(question: Question, peers: Peers, movement: Movement, days: float) -> Outcomes:
    if question.mode is PeersMode.TREND:
        return still(trend(peers.totals, movement, days, peers.idle))
    own = question.unit if question.own else None
    return drawn(
        peers.totals, movement, days, question.draws, question.seed, held=peers.idle, own=own
    )


def most_draws(peers: int) -> int:
    """As often as so many peers can be drawn within the bounds of time and memory."""
    return min(MOST_DRAWS, MOST_CELLS // max(peers, 1))


def _doubts(movement: Movement, peers: Peers, days: float) -> tuple[Notice, ...]:
    """What is weak about a fit: whose history it is, and how far ahead it is asked to look."""
    found = []
    if movement.basis is not Basis.OWN:
        fields = {"captures": len(movement.own_days), "units": len(peers.units) + 1}
        found.append(Notice(f"movement_{movement.basis}", fields))
    if days > FAR * movement.span:
        fields = {"days": round(days), "span": round(movement.span)}
        found.append(Notice("movement_far", fields))
    return tuple(found)
