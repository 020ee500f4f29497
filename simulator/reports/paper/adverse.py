"""Adverse assumptions of a scenario: risks, and levels below the present; nobody's tasks."""

from __future__ import annotations

from simulator.contributions import Contribution
from simulator.reports.announcement.written import listed
from simulator.reports.blocks import Block, Paragraph
from simulator.reports.paper import plan
from simulator.reports.paper.topic import Topic
from simulator.rules import Lever


def adverse(topic: Topic) -> list[Block]:
    """What is tried besides the tasks, and what both lead to together; empty without any."""
    parts = [one for one in topic.subject.contributions if topic.is_adverse(one.lever)]
    if not parts:
        return []
    say, change = topic.say, topic.view.projection.total_change
    rows = [_row(topic, one) for one in parts]
    count = len(rows)
    if topic.has_tasks:
        rows.append((say("paper.row_sum_all"), "", "", topic.change(change)))
    names = ("adverse", "amount", "rates", "change")
    grid = topic.grid(
        say("paper.adverse_title"), [topic.column(name) for name in names], rows, "lrcr",
        (40, 24, 22, 14), (count,) if topic.has_tasks else (),
    )  # fmt: skip
    return [Paragraph(say("paper.adverse_intro")), grid]


def _row(topic: Topic, part: Contribution) -> tuple[str, ...]:
    name, amount, rates, brought, *_ = plan.task_row(topic, part)
    return name, amount, rates, brought


def in_words(topic: Topic) -> list[str]:
    """The same in one sentence; empty without any."""
    parts = [
        f"{topic.say.name(lever.name)} ({plan.amount(topic, lever)})" for lever in levers(topic)
    ]  # fmt: skip
    return [topic.say("paper.page_adverse", parts=listed(parts))] if parts else []


def levers(topic: Topic) -> list[Lever]:
    """Levers that are set downwards, and risks."""
    by_code = topic.view.edition.lever_by_code
    return [by_code[code] for code in topic.view.projection.settings if topic.is_adverse(code)]
