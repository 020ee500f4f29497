"""Strong and weak points of a unit, by its published figures."""

from __future__ import annotations

from math import ceil

from simulator.baseline import Basis
from simulator.reports.announcement.told import Told
from simulator.reports.announcement.words import average_name
from simulator.reports.announcement.written import (
    listed,
    lowered,
    of_max,
    padded,
    part_of,
    points,
    rate,
)
from simulator.reports.blocks import Block, Heading, Items, Paragraph
from simulator.rules import Indicator
from simulator.summary import Loss

MOST = 5  # losses told in the text; the annex has all
MOST_NAMES = 8
PROVISIONAL = "TEMP_NATIONAL_REPORT_DENOMINATOR"


def strong_and_weak(told: Told) -> list[Block]:
    """What stands well, where most is lost, and what is not known; none without groups."""
    say = told.say
    if not told.has_groups:
        return []
    weak = [loss_words(told, loss) for loss in told.losses[:MOST]]
    blocks: list[Block] = [
        Heading(f"1. {say('announcement.strong')}", 2),
        Items(_strong(told) or [say("announcement.strong_none")]),
        Heading(f"2. {say('announcement.weak')}", 2),
    ]
    if weak:
        blocks += [Paragraph(say("announcement.weak_intro")), Items(weak)]
    else:
        blocks.append(Paragraph(say("announcement.weak_none")))
    return [*blocks, *(Paragraph(text) for text in silent(told))]


def _strong(told: Told) -> list[str]:
    view, say = told.view, told.say
    found, above = [], []
    for group in view.edition.groups:
        score, mean = told.scores.groups[group.code], told.marks[group.code].mean
        if score is not None and mean is not None and score > mean:
            more = points(score - mean, say, sign=True)
            above.append(say("announcement.strong_group", name=say.name(group.name), more=more))
        elif score == 100 * group.maximum:
            full = of_max(score, group.maximum, say)
            found.append(say("announcement.group_alone", name=say.name(group.name), score=full))
    if above:
        found.insert(
            0, say("announcement.strong_groups", average=average_name(told), names=listed(above))
        )
    return [*found, *_full_indicators(told)]


def _full_indicators(told: Told) -> list[str]:
    """Indicators with full marks; none where their points were not published."""
    view, say = told.view, told.say
    if view.edition.estimate:
        return []
    full, known = [], 0
    for k, item in enumerate(view.edition.indicators):
        if not view.unit.knows(k):
            continue
        known += 1
        if told.scores.indicators[k] == 100 * item.maximum:
            name = say.name(item.name)
            is_provisional = view.unit.evidence[k].flag == PROVISIONAL
            full.append(
                say("announcement.strong_provisional", name=name) if is_provisional else name
            )
    if not full:
        return []
    part = part_of(len(full), known, say)
    return [say("announcement.strong_indicators", part=part, names=listed(full))]


def loss_words(told: Told, loss: Loss) -> str:
    """One loss with its counts and what is missing."""
    view, say = told.view, told.say
    if loss.indicator is None:
        return _group_words(told, loss)
    k = view.edition.position[loss.indicator.code]
    item, evidence = loss.indicator, view.unit.evidence[k]
    fields = {
        "name": say.name(item.name),
        "score": of_max(100 * item.maximum - loss.lost, item.maximum, say),
        "lost": points(loss.lost, say),
        "rate": rate(evidence, say),
        "cap": say.cap(item.cap_percent),
    }
    if evidence.assumed:
        return say("announcement.weak_inferred", **fields)
    if evidence.basis is Basis.RATE:
        return say("announcement.weak_indicator_rate", **fields)
    if not evidence.denominator:
        return say("announcement.weak_indicator_none", **fields)
    counts, missing = counts_words(told, item), missing_words(told, item)
    unit = say(f"unit.{item.count_unit}")
    return say(
        "announcement.weak_indicator", counts=counts, missing=missing, unit=unit, **fields
    )  # fmt: skip


def counts_words(told: Told, item: Indicator) -> str:
    """``516/1.884 thủ tục``."""
    say, evidence = told.say, told.view.unit.evidence[told.view.edition.position[item.code]]
    good, all_ = say.count(evidence.numerator), say.count(evidence.denominator)
    return f"{good}/{all_} {say(f'unit.{item.count_unit}')}"


def missing_words(told: Told, item: Indicator) -> str:
    """How many cases are missing to full marks."""
    evidence = told.view.unit.evidence[told.view.edition.position[item.code]]
    needed = ceil(evidence.denominator * item.cap_percent / 100 - 1e-9)
    return told.say.count(max(0, needed - evidence.numerator))


def _group_words(told: Told, loss: Loss) -> str:
    say = told.say
    fields = {
        "name": say.name(loss.group.name),
        "score": of_max(100 * loss.group.maximum - loss.lost, loss.group.maximum, say),
        "lost": points(loss.lost, say),
    }
    rates = group_rates(told, loss.group.code)
    if rates:
        return say("announcement.weak_group_some", rates=listed(rates), **fields)
    # Where it holds for all groups it is told once, below.
    knows_any = any(told.view.unit.knows(k) for k in range(len(told.view.edition.indicators)))
    key = "weak_group" if knows_any and not told.view.edition.estimate else "weak_group_alone"
    return say(f"announcement.{key}", **fields)


def group_rates(told: Told, group: str) -> list[str]:
    """Printed rates of a group's indicators, each with its name."""
    view, say = told.view, told.say
    return [
        say(
            "announcement.weak_rate",
            name=lowered(say.name(view.edition.indicators[k].name)),
            rate=rate(view.unit.evidence[k], say),
        )
        for k in view.edition.group_positions[group]
        if view.unit.evidence[k].basis in (Basis.RATE, Basis.COUNTS)
        and not view.unit.evidence[k].assumed
    ]  # fmt: skip


def silent(told: Told) -> list[str]:
    """What was not published."""
    view, say = told.view, told.say
    if view.edition.estimate:
        return [say("announcement.silent_edition")]
    silent = [
        say.name(item.name)
        for k, item in enumerate(view.edition.indicators)
        if not view.unit.knows(k)
    ]
    count, of = padded(len(silent), say), str(len(view.edition.indicators))
    if not silent:
        return []
    if len(silent) > MOST_NAMES:
        return [say("announcement.silent_many", count=count, of=of)]
    return [say("announcement.silent_some", count=count, names=listed(silent))]
