"""What can still be reached before the period ends, whatever the plan."""

from __future__ import annotations

from simulator.errors import ScenarioError
from simulator.numbers import format_date
from simulator.presentation.target_told import classes_gone
from simulator.reach import Reachable, ceilings
from simulator.reports.announcement.written import listed
from simulator.reports.blocks import Block, Paragraph
from simulator.reports.paper.topic import Topic


def reachable(topic: Topic) -> list[Block]:
    """Floor, do-nothing line and ceiling; classes that are out of reach, and since when."""
    reach = topic.view.reach
    if reach is None:
        return [Paragraph(_why_none(topic))]
    say = topic.say
    last = format_date(reach.outlook.period.last.isoformat())
    line = reach.line.after.total
    if line is None:
        return [Paragraph(say("paper.reach_no_total", last=last))]
    intro = say(
        "paper.reach", last=last, low=topic.after(reach.floor.after.total),
        high=topic.after(reach.ceiling.after.total), line=topic.after(line),
    )  # fmt: skip
    known = ceilings(
        topic.view.edition, topic.view.unit, reach.outlook, reach.ceiling.settings
    )  # fmt: skip
    texts = [*_held(topic, reach), *classes_gone(topic.view, reach, known, say)]
    return [Paragraph(intro), _table(topic, reach, last), *(Paragraph(text) for text in texts)]


def _why_none(topic: Topic) -> str:
    """Why nothing can be told: the period is over, or not enough is known of it."""
    try:
        period = topic.view.baseline.whole_period()
    except ScenarioError:
        return topic.say("paper.reach_unknown")
    if period.is_over:
        return topic.say("paper.reach_over", last=format_date(period.last.isoformat()))
    return topic.say("paper.reach_silent")


def _held(topic: Topic, reach: Reachable) -> list[str]:
    names = [
        topic.say.name(topic.view.edition.group_by_code[code].name) for code in reach.held
    ]  # fmt: skip
    return [topic.say("paper.reach_held", groups=listed(names))] if names else []


def _table(topic: Topic, reach: Reachable, last: str) -> Block:
    say = topic.say
    states = [reach.floor.after, reach.line.after, reach.ceiling.after]
    before = reach.line.before
    rows = [
        (say("paper.row_total"), topic.now(before.total),
         *(say.points(one.total) for one in states)),
        (say("paper.row_class"), *(topic.class_name(one) for one in (before, *states))),
    ]  # fmt: skip
    if before.standing is not None:
        rows.append(
            (say("paper.row_rank"), *(topic.place(one.standing) for one in (before, *states)))
        )
    names = ("content", "now", "floor", "line", "ceiling")
    return topic.grid(
        say("paper.reach_title", last=last), [topic.column(name) for name in names], rows,
        "lcccc", (40, 20, 20, 20, 20),
    )  # fmt: skip
