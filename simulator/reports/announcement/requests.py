"""What an announcement requests: only what its figures show, of those who can do it."""

from __future__ import annotations

from simulator.baseline import Basis
from simulator.reports.announcement.lists import late_of
from simulator.reports.announcement.strengths import (
    MOST,
    PROVISIONAL,
    counts_words,
    missing_words,
)
from simulator.reports.announcement.told import Told
from simulator.reports.announcement.words import lever_of, levers_of_group, period
from simulator.reports.announcement.written import (
    listed,
    lowered,
    of_max,
    padded,
    points,
    printed_rate,
    rate,
    unit_name,
)
from simulator.reports.blocks import Block, Paragraph
from simulator.rules import Indicator
from simulator.summary import Loss

# Who looks after dossiers that are overdue already.
_LATE = "OVERDUE_BACKLOG_CLEARED"
MOST_ACTIONS = 3


def requests(told: Told) -> list[Block]:
    """One request for each of the largest losses, one about overdue dossiers, and the end."""
    say, unit = told.say, told.view.unit
    if told.is_over and told.view.edition.estimate:
        # Bodies of those years are not those of today: nobody is named.
        past = "requests_past" if told.has_groups and told.losses else "requests_past_alone"
        texts = [say(f"announcement.{past}", unit=unit_name(unit))]
        texts.append(say("announcement.closing_past", period=period(told)))
        return [Paragraph(text) for text in texts]
    found: list[str] = []
    for loss in [one for one in told.losses if _has_cases(told, one)][:MOST]:
        found += _request(told, loss, len(found) + 1)
    gap = [say("announcement.requests_gap")] if found else []
    found += _about_late(told, len(found) + 1)
    key = "province" if unit.level == "province" else "other"
    if found:
        texts = [say(f"announcement.requests_{key}", unit=unit_name(unit)), *found, *gap]
    else:
        known = told.has_groups and not told.losses
        name = "no_requests" if known else "requests_unknown"
        texts = [say(f"announcement.{name}", unit=unit_name(unit))]
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
    """A group whose parts are not known: actions where something is surely lost, else a review."""
    say = told.say
    everything = levers_of_group(told, loss.group.code)
    levers = [one for one in everything if _surely_loses(told, loss, one.indicator)][:MOST_ACTIONS]
    if not everything:
        return []
    score = of_max(100 * loss.group.maximum - loss.lost, loss.group.maximum, say)
    state = say("announcement.request_state_points", score=score, lost=points(loss.lost, say))
    bodies = dict.fromkeys(say.name(lever.responsible) for lever in levers or everything)
    return [
        say(
            "announcement.request_group" if levers else "announcement.request_group_review",
            number=str(number), who=listed(list(bodies)), name=say.name(loss.group.name),
            state=state, actions=listed([lowered(say.name(lever.name)) for lever in levers]),
        )
    ]  # fmt: skip


def _surely_loses(told: Told, loss: Loss, indicator: str) -> bool:
    """True where a printed rate is below the one of full marks, or where the other indicators of
    the group could not lose all that is lost."""
    edition = told.view.edition
    k = edition.position[indicator]
    item, evidence = edition.indicators[k], told.view.unit.evidence[k]
    if evidence.flag == PROVISIONAL:
        return False
    if (rate_known := printed_rate(evidence)) is not None:
        return rate_known < item.cap_percent
    others = [edition.indicators[j] for j in edition.group_positions[loss.group.code] if j != k]
    return loss.lost > 100 * sum(other.maximum for other in others)


def _about_late(told: Told, number: int) -> list[str]:
    """What is known is how many were overdue in the period, not how many are still open."""
    say, lever = told.say, told.view.edition.lever_by_code.get(_LATE)
    over = "_over" if told.is_over else ""
    late = told.lateness.late
    if late:
        key, part = f"announcement.request_late{over}", padded(len(late), say)
        return [say(key, number=str(number), part=part)]
    own = late_of(told.view.baseline, told.view.unit)
    if own is None or own.overdue <= 0 or lever is None:
        return []
    who, overdue = say.name(lever.responsible), say.count(own.overdue)
    key = f"announcement.request_late_own{over}"
    return [say(key, number=str(number), who=who, overdue=overdue)]
