"""The three figures of the headline as words: total, class, rank; no Streamlit inside.

The same functions word what a screen shows now and what a lever would lead to, so that a
preview and the answer of the server never differ.
"""

from __future__ import annotations

from dataclasses import dataclass

from simulator.caveats import caveats
from simulator.numbers import format_points, in_last_decimal
from simulator.peers_mode import PeersMode
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rank import to_next_class
from simulator.rules import ScoreClass
from simulator.text import explain

# Best place of the interval, the one in the middle, and the worst.
Ends = tuple[int, int, int]
GAIN, LOSS, SAME = "gain", "loss", "same"


@dataclass(frozen=True)
class Figure:
    """A figure, what it is, what it is compared with (coloured by ``tone``), how sure it is."""

    label: str
    value: str
    note: str
    tone: str = SAME
    range: str = ""


def tone(change: int) -> str:
    return GAIN if change > 0 else LOSS if change < 0 else SAME


def figures(view: View, say: Speech) -> dict[str, Figure]:
    """Total, class and rank of ``view`` under the names the page knows them by."""
    return {
        "total": total_figure(view, say),
        "class": _class(view, say),
        "rank": _rank(view, say),
    }


def total_figure(view: View, say: Speech) -> Figure:
    projection = view.projection
    if not view.changed:
        value = published(projection.before.total, say)
        return Figure(say("headline.total"), value, say("headline.published"))
    value = say.points(projection.after.total)
    change = say.points(projection.total_change, sign=True)
    return Figure(
        moved_label(view, say), value, moved_note(view, change, say),
        tone(in_last_decimal(projection.total_change, say.decimals)),
    )  # fmt: skip


def moved_label(view: View, say: Speech) -> str:
    """What the total is called once a lever has been moved."""
    return say(f"headline.total_{'estimate' if view.edition.estimate else 'projected'}")


def moved_note(view: View, change: str, say: Speech) -> str:
    """``change`` beside the published total."""
    was = published(view.projection.before.total, say)
    return say("headline.points_change", change=change, was=was)


def published(hundredths: int | None, say: Speech) -> str:
    """A published score with the decimals it was printed with (one or two)."""
    if hundredths is None:
        return say("unit.unknown")
    decimals = 2 if say.decimals == 2 or hundredths % 10 else 1
    return format_points(hundredths, decimals, say.language)


def _class(view: View, say: Speech) -> Figure:
    after = view.projection.after
    above = None if after.total is None else to_next_class(view.edition, after.total)
    return class_figure(view, after.score_class, say.points(above[1]) if above else "", say)


def class_figure(view: View, reached: ScoreClass | None, missing: str, say: Speech) -> Figure:
    """A class, and the one before or the points ``missing`` to the one above."""
    before = view.projection.before.score_class
    label = say("headline.class")
    if reached is None or before is None:
        return Figure(label, say("unit.unknown"), say("headline.class_unknown"))
    if reached != before:
        note = say("headline.class_was", name=say.name(before.name))
    elif reached == view.edition.classes[0]:
        note = say("headline.class_highest")
    else:
        above = view.edition.classes[view.edition.classes.index(reached) - 1]
        note = say("headline.class_next", points=missing, name=say.name(above.name))
    return Figure(label, say.name(reached.name), note)


def _rank(view: View, say: Speech) -> Figure:
    after = view.projection.after.standing
    if after is None or view.projection.before.standing is None:
        return printed_rank(view, view.changed, say)
    score = view.projection.after.total
    ends = None if view.rank_ahead is None or score is None else view.rank_ahead.ends(score)
    if view.changed:
        return rank_figure(view, after.rank, after.tied, ends, say)
    value = say("headline.rank_value", rank=after.rank, of=after.of)
    note = _tied(say("headline.rank_published"), after.tied, say)
    told = _range(view, ends, say)
    is_published = view.outlook is None and told
    label = say("headline.rank" if is_published else "headline.rank_projected")
    return Figure(label, value, note, range=told)


def rank_figure(view: View, rank: int, tied: bool, ends: Ends | None, say: Speech) -> Figure:
    """A rank that levers lead to, compared with the one before; ``ends`` of its interval.

    A tie is said in the note, so that the figure itself keeps its width under a moving hand.
    """
    before = view.projection.before.standing
    if before is None:
        return printed_rank(view, True, say)
    change = before.rank - rank
    key = "rank_up" if change > 0 else "rank_down" if change < 0 else "rank_same"
    note = say(f"headline.{key}", places=abs(change), was=before.rank)
    value = say("headline.rank_value", rank=rank, of=before.of)
    return Figure(
        say("headline.rank_projected"), value, _tied(note, tied, say), tone(change),
        _range(view, ends, say),
    )  # fmt: skip


def _range(view: View, ends: Ends | None, say: Speech) -> str:
    """The interval of the rank, or its place on the trend; empty where the peers are held.

    ``ends``: best place, the one in the middle, and the worst.
    """
    ahead = view.rank_ahead
    if ahead is None or ends is None or ahead.last is None or ahead.mode is PeersMode.FIXED:
        return ""
    best, middle, worst = ends
    last = f"{ahead.last:%d/%m}"
    if ahead.mode is PeersMode.TREND:
        return say("headline.range_trend", last=last, place=middle)
    who = say("headline.all_move" if ahead.question.own else "headline.peers_move")
    return say("headline.range", last=last, who=who, place=middle, places=span((best, worst)))


def span(ends: tuple[int, int]) -> str:
    """Places from the best to the worst; one where they are the same."""
    best, worst = ends
    return str(best) if best == worst else f"{best}–{worst}"


def _tied(note: str, tied: bool, say: Speech) -> str:
    return f"{say('headline.tied_note')} · {note}" if tied else note


def printed_rank(view: View, changed: bool, say: Speech) -> Figure:
    """The rank as printed, for units whose peers are not listed; no rank after a move."""
    label, unknown = say("headline.rank"), say("unit.unknown")
    if not view.unit.published_rank:
        return Figure(label, unknown, rank_reason(view, say))
    printed = say(
        "headline.rank_value",
        rank=view.unit.published_rank, of=view.unit.published_pool_size or unknown,
    )  # fmt: skip
    if changed:
        return Figure(label, unknown, say("headline.rank_was", rank=printed))
    return Figure(label, printed, say("headline.published"))


def rank_reason(view: View, say: Speech) -> str:
    """Why no rank can be projected for this unit."""
    notices = caveats(view.baseline, view.projection, view.peers)
    reasons = [item for item in notices if item.code.startswith("no_rank")]
    return explain(reasons[0], say.language) if reasons else ""
