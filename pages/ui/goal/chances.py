"""How likely a wanted place is among peers that move, and what is said of it; no Streamlit."""

from __future__ import annotations

from pages.ui.goal.found import moving
from simulator.numbers import certainty_decimals, format_date, format_percent
from simulator.peers_mode import PeersMode
from simulator.plan_found import Plan
from simulator.plan_target import Target
from simulator.planning import Answer
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rank_ahead import RankAhead

# A place that is rather missed than reached once the peers move is no success.
LIKELY = 0.5


def chance_if_moving(view: View, plan: Plan, target: Target) -> float | None:
    """The chance of a place that was asked among held peers; None where nothing moves."""
    ahead, total = moving(view), plan.projection.after.total
    if target.rank is None or target.certainty is not None or ahead is None or total is None:
        return None
    return _chance(ahead, target.rank, total)


def is_likely(view: View, plan: Plan, target: Target) -> bool:
    """False for a place among held peers that is rather missed than reached once they move."""
    chance = chance_if_moving(view, plan, target)
    return chance is None or chance >= LIKELY


def moving_words(view: View, plan: Plan, target: Target, text: str, say: Speech) -> str:
    """``text`` and, of a place among held peers, its chance once they move."""
    chance, ahead = chance_if_moving(view, plan, target), moving(view)
    total, now = plan.projection.after.total, plan.projection.before.standing
    if chance is None or ahead is None or total is None or target.rank is None:
        return text
    is_kept = not plan.settings and now is not None and now.rank <= target.rank
    return say(
        f"goal.chance_{'keep' if is_kept else 'moving'}", text=text, rank=target.rank,
        percent=format_percent(100 * chance, say.language, 0), middle=ahead.ends(total)[1],
    )  # fmt: skip


def lead_words(found: Answer, text: str, say: Speech) -> str:
    """The certainty of a place first, where one was asked; then ``text``."""
    chance = _asked_chance(found)
    if chance is None:
        return text
    return say("goal.chance_lead", percent=_shown(chance, found, say), rank=found.target.rank,
               text=text)  # fmt: skip


def chance_words(found: Answer, say: Speech) -> str:
    """The same with how it was found; empty where no certainty was asked."""
    chance, ahead = _asked_chance(found), found.ahead
    if chance is None or ahead is None or ahead.last is None:
        return ""
    return say(
        "goal.chance", rank=found.target.rank, last=format_date(ahead.last.isoformat()),
        percent=_shown(chance, found, say), draws=say.count(ahead.question.draws),
        seed=ahead.question.seed,
    )  # fmt: skip


def _asked_chance(found: Answer) -> float | None:
    ahead, target, total = found.ahead, found.target, found.plan.projection.after.total
    if ahead is None or total is None or ahead.mode is not PeersMode.UNCERTAIN:
        return None
    if ahead.last is None or target.rank is None or target.certainty is None:
        return None
    return _chance(ahead, target.rank, total)


def _shown(chance: float, found: Answer, say: Speech) -> str:
    """As exact as the certainty it answers."""
    decimals = certainty_decimals(found.target.certainty or 1.0)
    return format_percent(100 * chance, say.language, decimals)


def _chance(ahead: RankAhead, rank: int, total: int) -> float:
    return float(ahead.outcomes.chances_at_least(total)[rank - 1])
