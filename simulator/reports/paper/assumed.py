"""What the figures of a paper rest on: how it looks ahead, what comes, what is assumed."""

from __future__ import annotations

from simulator.presentation import figures
from simulator.reports.blocks import Block, Items, Paragraph
from simulator.reports.paper.topic import Topic


def assumptions(topic: Topic) -> list[Block]:
    """The way of looking, what is still to come, peers, and what to keep in mind."""
    say = topic.say
    texts = [*_way(topic), say("paper.anchored")] if topic.subject.is_moved else []
    if topic.tells_hours:
        texts.append(say("paper.effort"))
    if topic.view.peers is not None and topic.view.projection.after.standing is not None:
        texts.append(say("paper.peers_fixed"))
    blocks: list[Block] = [Paragraph(text) for text in texts]
    if topic.subject.warnings:
        blocks += [Paragraph(say("paper.warnings")), Items(topic.subject.warnings)]
    return blocks


def _way(topic: Topic) -> list[str]:
    say, ahead = topic.say, topic.view.outlook
    if ahead is None:
        return [say("paper.horizon_whole")]
    days = say.count(round(ahead.period.remaining_days))
    coming = figures.inflow_words(ahead, say)
    return [
        say("paper.horizon", last=topic.last, days=days),
        say("paper.inflow", last=topic.last, parts=coming)
        if coming
        else say("paper.inflow_unknown"),
    ]
