"""The three figures of the headline as words: total, class, rank; no Streamlit inside.

The same functions word what a screen shows now and what a lever would lead to, so that a
preview and the answer of the server never differ.
"""

from __future__ import annotations

from dataclasses import dataclass

from pages.ui.view import Speech, View
from simulator.caveats import caveats
from simulator.numbers import format_points
from simulator.rank import to_next_class
from simulator.rules import ScoreClass
from simulator.text import explain

GAIN, LOSS, SAME = "gain", "loss", "same"


@dataclass(frozen=True)
class Figure:
    """A figure, what it is, and what it is compared with (coloured by ``tone``)."""

    label: str
    value: str
    note: str
    tone: str = SAME


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
        moved_label(view, say), value, moved_note(view, change, say), tone(projection.total_change)
    )


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
    return class_figure(view, after.score_class, after.total, say)


def class_figure(view: View, reached: ScoreClass | None, total: int | None, say: Speech) -> Figure:
    """A class; with ``total`` also how far the next one is."""
    before = view.projection.before.score_class
    label = say("headline.class")
    if reached is None or before is None:
        return Figure(label, say("unit.unknown"), say("headline.class_unknown"))
    if reached != before:
        note = say("headline.class_was", name=say.name(before.name))
    elif total is None:
        note = ""
    elif above := to_next_class(view.edition, total):
        note = say("headline.class_next", points=say.points(above[1]), name=say.name(above[0].name))
    else:
        note = say("headline.class_highest")
    return Figure(label, say.name(reached.name), note)


def _rank(view: View, say: Speech) -> Figure:
    after = view.projection.after.standing
    if after is None or view.projection.before.standing is None:
        return printed_rank(view, view.changed, say)
    if view.changed:
        return rank_figure(view, after.rank, after.tied, say)
    value = _place(after.rank, after.of, after.tied, say)
    return Figure(say("headline.rank"), value, say("headline.rank_published"))


def rank_figure(view: View, rank: int, tied: bool, say: Speech) -> Figure:
    """A rank that levers lead to, compared with the one before."""
    before = view.projection.before.standing
    if before is None:
        return printed_rank(view, True, say)
    change = before.rank - rank
    key = "rank_up" if change > 0 else "rank_down" if change < 0 else "rank_same"
    note = say(f"headline.{key}", places=abs(change), was=before.rank)
    return Figure(say("headline.rank"), _place(rank, before.of, tied, say), note, tone(change))


def _place(rank: int, of: int, tied: bool, say: Speech) -> str:
    value = say("headline.rank_value", rank=rank, of=of)
    return f"{value} {say('headline.tied')}" if tied else value


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
