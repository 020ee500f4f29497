"""How sure the rank is: the interval, the chance of the place, and what both were fitted from."""

from __future__ import annotations

from datetime import date

from simulator.caveats import no_list_reason
from simulator.errors import Notice
from simulator.movement import Basis
from simulator.numbers import format_date
from simulator.peers_mode import PeersMode
from simulator.rank_ahead import RankAhead
from simulator.reports.blocks import Block, Paragraph
from simulator.reports.paper.topic import Topic
from simulator.text import explain


def certainty(topic: Topic) -> list[Block]:
    """Where a rank is told an interval is told too, or why there is none."""
    score, ahead = topic.view.projection.after.total, topic.view.rank_ahead
    if ahead is None or score is None:
        return [Paragraph(topic.say("paper.sure_none", why=_why_none(topic)))]
    if ahead.mode is PeersMode.FIXED:
        texts = [_held(topic, score)]
        charts = topic.picture("ladder")
    else:
        texts = _moving(topic, ahead, score)
        charts = [
            *(topic.picture("places") if ahead.mode is PeersMode.UNCERTAIN else []),
            *topic.picture("ladder"),
        ]
    edition, language = topic.view.edition, topic.say.language
    texts += [
        explain(one, language, edition) for one in ahead.notices if one.code != "movement_default"
    ]
    texts += borrowed(topic)
    return [*(Paragraph(text) for text in texts), *charts]


def borrowed(topic: Topic) -> list[str]:
    """That the places were expected by how others move; empty where the list's own history is."""
    ahead = topic.view.rank_ahead
    if topic.ends() is None or ahead is None or ahead.movement is None:
        return []
    if ahead.movement.basis is not Basis.DEFAULT:
        return []
    return [topic.say("paper.sure_borrowed")]


def _why_none(topic: Topic) -> str:
    """A sentence without its stop."""
    view = topic.view
    code = (
        "no_rank_without_total"
        if view.projection.after.total is None
        else no_list_reason(view.baseline, view.unit)
    )
    told = explain(Notice(code), topic.say.language)
    # What follows the colon is the reason itself.
    return told.split(":", 1)[-1].strip()


def _held(topic: Topic, score: int) -> str:
    place = topic.place(topic.view.projection.after.standing)
    return topic.say(
        "paper.sure_held", total=topic.after(score), unit=topic.unit, rank=place
    )  # fmt: skip


def _moving(topic: Topic, ahead: RankAhead, score: int) -> list[str]:
    say, last = topic.say, "" if ahead.last is None else format_date(ahead.last.isoformat())
    best, middle, worst = ahead.ends(score)
    fields = {"unit": topic.unit, "total": topic.after(score), "last": last, "middle": str(middle)}
    if ahead.mode is PeersMode.TREND:
        texts = [say("paper.sure_trend", **fields)]
    else:
        key = "own" if ahead.question.own else "range"
        texts = [say(f"paper.sure_{key}", places=topic.places(best, worst), **fields)]
        texts += _chance(topic, ahead, score)
    if topic.view.outlook is None and topic.subject.is_moved:
        texts.append(say("paper.sure_whole"))
    return [*texts, *_fit(topic, ahead)]


def _chance(topic: Topic, ahead: RankAhead, score: int) -> list[str]:
    place = topic.view.projection.after.standing
    if place is None:
        return []
    chance = float(ahead.outcomes.chances_at_least(score)[place.rank - 1])
    shown = topic.say.percent(100 * chance)
    if place.rank == 1:
        return [topic.say("paper.sure_chance_first", chance=shown)]
    return [topic.say("paper.sure_chance", rank=str(place.rank), chance=shown)]


def _fit(topic: Topic, ahead: RankAhead) -> list[str]:
    movement = ahead.movement
    if movement is None:
        return []
    say = topic.say
    first, last = movement.days[0], movement.days[-1]
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    key = "sure_fit_trend" if ahead.mode is PeersMode.TREND else "sure_fit"
    texts = [
        say(
            f"paper.{key}", captures=say.count(len(movement.days)),
            first=format_date(first), last=format_date(last), days=say.count(days),
            units=say.count(movement.units),
        )
    ]  # fmt: skip
    if movement.basis is Basis.PARTLY:
        texts.append(say("paper.sure_span", days=say.count(round(movement.span))))
    return texts
