"""The plan beside its alternatives: what each leads to, and in what they differ."""

from __future__ import annotations

from simulator.peers_mode import PeersMode
from simulator.presentation.dividing import words
from simulator.reports.announcement.written import listed
from simulator.reports.blocks import Block, Grid, Paragraph
from simulator.reports.paper.topic import Topic, cut
from simulator.scenario_comparison import Column, Comparison, Part, Result, compare
from simulator.text import explain

LONGEST_HEAD = 40  # letters


def alternatives(topic: Topic) -> list[Block]:
    """Nothing where there is only one scenario."""
    if len(topic.subjects) < 2:
        return []
    say = topic.say
    names = [one.content.name for one in topic.subjects]
    columns = [
        Column(name, one.scenario) for name, one in zip(names, topic.subjects, strict=True)
    ]  # fmt: skip
    found = compare(topic.view.edition, columns)
    intro = say(
        "paper.alternatives_intro", name=names[0],
        others=listed([f"“{name}”" for name in names[1:]]),
    )  # fmt: skip
    notes = [explain(one, say.language, topic.view.edition) for one in found.notices]
    results, levers = _results(topic, found), _levers(topic, found)
    blocks: list[Block] = [Paragraph(intro), results, *(Paragraph(text) for text in notes)]
    if levers is not None:
        blocks += [Paragraph(say("paper.alternatives_levers")), levers]
    return blocks


def _head(topic: Topic, found: Comparison) -> list[str]:
    return [
        topic.column("content"), topic.column("now"), *(_short(one) for one in found.results)
    ]  # fmt: skip


def _short(one: Result) -> str:
    """The name of a scenario above a column; the text has it whole."""
    return cut(one.name, LONGEST_HEAD)


def _results(topic: Topic, found: Comparison) -> Grid:
    say, everyone = topic.say, (found.now, *found.results)
    rows = [
        (say("paper.row_total"), topic.now(found.now.state.total),
         *(topic.after(one.state.total) for one in found.results)),
        (say("paper.row_class"), *(topic.class_name(one.state) for one in everyone)),
        (say("paper.row_rank"), *(topic.place(one.state.standing) for one in everyone)),
        (say("paper.row_interval"), say("unit.unknown"),
         *(_interval(topic, one) for one in found.results)),
    ]  # fmt: skip
    if topic.tells_hours:
        spent = [words.hours(one.hours, say) for one in found.results]
        rows.append((say("paper.row_hours"), say("unit.unknown"), *spent))
    rows += [
        (say.name(group.name), topic.now(found.now.state.groups[group.code]),
         *(say.points(one.state.groups[group.code]) for one in found.results))
        for group in topic.view.edition.groups
    ]  # fmt: skip
    count = len(everyone)
    return topic.grid(
        say("paper.alternatives_title"), _head(topic, found), rows, "l" + "r" * count,
        (40, *[26] * count), (0,),
    )  # fmt: skip


def _interval(topic: Topic, one: Result) -> str:
    if one.ends is None or one.ahead is None or one.ahead.mode is not PeersMode.UNCERTAIN:
        return topic.say("unit.unknown")
    best, _, worst = one.ends
    return topic.places(best, worst)


def _levers(topic: Topic, found: Comparison) -> Grid | None:
    """What every scenario does, of the levers in which they differ."""
    say = topic.say
    rows = []
    for row in found.differing:
        if row.part is not Part.LEVER:
            continue
        lever = topic.view.edition.lever_by_code[row.code]
        amounts = [
            f"{say.count(value, sign=True)} {say(f'unit.{unit}')}"
            if isinstance(value, float | int) and value
            else say("unit.unknown")
            for value, unit in zip(row.values, row.count_units, strict=True)
        ]
        rows.append((say.name(lever.name), *amounts))
    if not rows:
        return None
    head = [topic.column("lever"), *(_short(one) for one in found.results)]
    return topic.grid(
        say("paper.levers_title"), head, rows, "l" + "r" * len(found.results),
        (40, *[26] * len(found.results)),
    )  # fmt: skip
