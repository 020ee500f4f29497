"""What an announcement requests: only what its figures show, of those who can do it."""

from __future__ import annotations

from simulator.baseline import Basis
from simulator.reports.announcement.lists import late_of
from simulator.reports.announcement.strengths import MOST, counts_words, missing_words
from simulator.reports.announcement.told import Told
from simulator.reports.announcement.words import lever_of, levers_of_group, period
from simulator.reports.announcement.written import (
    listed,
    lowered,
    of_max,
    padded,
    points,
    rate,
)
from simulator.reports.blocks import Block, Paragraph
from simulator.rules import Indicator
from simulator.summary import Loss

# What is done about dossiers that are overdue already.
_LATE = ("OVERDUE_BACKLOG_CLEARED", "OVERDUE_FLAG_REPAIRED")
MOST_ACTIONS = 3


def requests(told: Told) -> list[Block]:
    """One request for each of the largest losses, one about overdue dossiers, and the end."""
    say, unit = told.say, told.view.unit
    found: list[str] = []
    for loss in [one for one in told.losses if _has_cases(told, one)][:MOST]:
        found += _request(told, loss, len(found) + 1)
    gap = [say("announcement.requests_gap")] if found else []
    found += _about_late(told, len(found) + 1)
    key = "province" if unit.level == "province" else "other"
    if found:
        texts = [say(f"announcement.requests_{key}", unit=unit.name), *found, *gap]
    else:
        known = told.has_groups and not told.losses
        name = "no_requests" if known else "requests_unknown"
        texts = [say(f"announcement.{name}", unit=unit.name)]
    texts.append(say("announcement.closing", period=period(told)))
    return [Paragraph(text) for text in texts]


def _has_cases(told: Told, loss: Loss) -> bool:
    """False where nothing came that could have been done better."""
    if loss.indicator is None:
        return not told.view.unit.has_no_dossiers(told.view.edition)
    evidence = told.view.unit.evidence[told.view.edition.position[loss.indicator.code]]
    return bool(evidence.denominator)


def _request(told: Told, loss: Loss, number: int) -> list[str]:
    say = told.say
    if loss.indicator is None:
        return _of_group(told, loss, number)
    lever = lever_of(told, loss.indicator)
    if lever is None:
        return []
    return [
        say(
            "announcement.request", number=str(number), who=say.name(lever.responsible),
            action=lowered(say.name(lever.name)), state=_state(told, loss, loss.indicator),
        )
    ]  # fmt: skip


def _state(told: Told, loss: Loss, item: Indicator) -> str:
    view, say = told.view, told.say
    evidence = view.unit.evidence[view.edition.position[item.code]]
    score = of_max(100 * item.maximum - loss.lost, item.maximum, say)
    if evidence.assumed:
        lost = points(loss.lost, say)
        return say("announcement.request_state_points", score=score, lost=lost)
    if evidence.basis is Basis.RATE:
        cap, told_rate = say.cap(item.cap_percent), rate(evidence, say)
        return say("announcement.request_state_rate", rate=told_rate, score=score, cap=cap)
    return say(
        "announcement.request_state", counts=counts_words(told, item), score=score,
        missing=missing_words(told, item), unit=say(f"unit.{item.count_unit}"),
    )  # fmt: skip


def _of_group(told: Told, loss: Loss, number: int) -> list[str]:
    """A group whose parts are not known: its weightiest actions, and who does them."""
    say = told.say
    levers = levers_of_group(told, loss.group.code)[:MOST_ACTIONS]
    if not levers:
        return []
    score = of_max(100 * loss.group.maximum - loss.lost, loss.group.maximum, say)
    state = say("announcement.request_state_points", score=score, lost=points(loss.lost, say))
    bodies = dict.fromkeys(say.name(lever.responsible) for lever in levers)
    actions = listed([lowered(say.name(lever.name)) for lever in levers])
    return [
        say(
            "announcement.request_group", number=str(number), who=listed(list(bodies)),
            name=say.name(loss.group.name), state=state, actions=actions,
        )
    ]  # fmt: skip


def _about_late(told: Told, number: int) -> list[str]:
    say, known = told.say, told.view.edition.lever_by_code
    levers = [known[code] for code in _LATE if code in known]
    if not levers:
        return []
    actions = listed([lowered(say.name(lever.name)) for lever in levers])
    late = told.lateness.late
    if late:
        part = padded(len(late), say)
        return [say("announcement.request_late", number=str(number), part=part, actions=actions)]
    own = late_of(told.view.baseline, told.view.unit)
    if own is None or own.overdue <= 0:
        return []
    who, overdue = say.name(levers[0].responsible), say.count(own.overdue)
    return [
        say(
            "announcement.request_late_own", number=str(number), who=who, actions=actions,
            overdue=overdue,
        )
    ]  # fmt: skip
