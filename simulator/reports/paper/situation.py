"""Where the unit stands, and where it loses points: published figures only."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from simulator.baseline import Basis
from simulator.presentation import figures
from simulator.reports.announcement import annex_own, group_results, result, strengths
from simulator.reports.announcement.written import listed, of_max, rate
from simulator.reports.blocks import Block, Grid, Paragraph
from simulator.reports.paper.cautions import inconsistent
from simulator.reports.paper.topic import Topic
from simulator.summary import Loss

MOST = 10


def situation(topic: Topic) -> list[Block]:
    """Total, class, rank and what changed; the six groups against the average."""
    told, say = topic.told, topic.say
    sheet = annex_own.groups(told)
    table = []
    if sheet is not None:
        grid = sheet.without_empty().grid(say)
        note = " ".join(filter(None, (grid.note, topic.peers_source)))
        table = [topic.numbered(replace(grid, note=note), say("paper.groups_title"))]
    return [
        *result.overall(told),
        *(Paragraph(text) for text in inconsistent(topic)),
        *(one for one in group_results.groups(told) if isinstance(one, Paragraph)),
        *table,
        *topic.picture("groups", topic.published),
    ]


def losses(topic: Topic) -> list[Block]:
    """The largest losses with their counts; what is saturated, and what is not published."""
    told, say = topic.told, topic.say
    if not told.losses:
        return [Paragraph(say("paper.lost_nothing")), *_silent(topic)]
    total = told.view.projection.before.total
    intro = (
        say("paper.lost_unknown", unit=topic.unit)
        if total is None
        else say("paper.lost_sum", unit=topic.unit, lost=topic.now(10_000 - total))
    )
    return [
        Paragraph(intro),
        _table(topic),
        *topic.picture("losses", topic.published),
        *_saturated(topic),
        *_silent(topic),
    ]


def _table(topic: Topic) -> Grid:
    top = topic.told.losses[:MOST]
    names: tuple[str, ...] = (
        "number", "part", "counts", "rate", "cap", "score", "lost", "missing"
    )  # fmt: skip
    rows: list[tuple[str, ...]] = [
        (str(number), *_row(topic, loss)) for number, loss in enumerate(top, start=1)
    ]
    aligns, widths = "clrrrrrr", [6, 31, 24, 11, 15, 13, 10, 13]
    if not any(loss.indicator for loss in top):
        # Of whole groups only points are known.
        names, aligns, widths = ("number", "part", "score", "lost"), "clrr", [8, 52, 20, 20]
        rows = [(row[0], row[1], row[5], row[6]) for row in rows]
    return topic.grid(
        topic.say("paper.losses_title"), [topic.column(name) for name in names], rows,
        aligns, widths,
    )  # fmt: skip


def _row(topic: Topic, loss: Loss) -> tuple[str, ...]:
    """Everything of a loss but its number."""
    say, view, unknown = topic.say, topic.told.view, topic.say("unit.unknown")
    item = loss.indicator
    name, lost = figures.loss_name(loss, say), topic.now(loss.lost)
    if item is None:
        score = of_max(100 * loss.group.maximum - loss.lost, loss.group.maximum, say)
        return name, unknown, unknown, unknown, score, lost, unknown
    evidence = view.unit.evidence[view.edition.position[item.code]]
    score = of_max(100 * item.maximum - loss.lost, item.maximum, say)
    counts, missing = unknown, unknown
    if evidence.basis is Basis.COUNTS and evidence.denominator and not evidence.assumed:
        counts = f"{say.count(evidence.numerator)}/{say.count(evidence.denominator)}"
        needed = ceil(evidence.denominator * item.cap_percent / 100 - 1e-9)
        missing = say.count(max(0, needed - evidence.numerator))
    shown = unknown if evidence.assumed else rate(evidence, say)
    return name, counts, shown, say.cap(item.cap_percent), score, lost, missing


def _saturated(topic: Topic) -> list[Block]:
    """Indicators that have full marks already; none where their points are not published."""
    view, say = topic.told.view, topic.say
    if view.edition.estimate:
        return []
    names = [
        say.name(item.name)
        for k, item in enumerate(view.edition.indicators)
        if view.unit.knows(k) and view.projection.before.indicators[k] == 100 * item.maximum
    ]
    return [Paragraph(say("paper.saturated", names=listed(names)))] if names else []


def _silent(topic: Topic) -> list[Block]:
    return [Paragraph(text) for text in strengths.silent(topic.told)]
