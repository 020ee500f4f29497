"""A paper on one page, for a meeting: whatever the scenario, it fits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from simulator.presentation import figures
from simulator.reports.announcement.words import source_line
from simulator.reports.announcement.written import of_max
from simulator.reports.blocks import Block, Content, Grid, Items, Paragraph
from simulator.reports.documents.lines import Kind, letterhead_fields, recipients
from simulator.reports.order import Letterhead
from simulator.reports.paper import adverse, certainty, plan
from simulator.reports.paper.cautions import most_urgent
from simulator.reports.paper.topic import Topic, cut
from simulator.reports.subject import Subject

MOST_TASKS = 5
# Letters of a text on one page; what is longer is cut, and the paper has it whole.
LONGEST_NAME, LONGEST_NOTE = 70, 330


def page(subjects: Sequence[Subject], letterhead: Letterhead, day: date) -> Content:
    """Key figures, groups, the tasks that bring most, and what to keep in mind."""
    topic = Topic(subjects, day)
    say = topic.say
    fields = letterhead_fields(letterhead, day, say.language, Kind.SUMMARY)
    abstract = say("paper.abstract_summary", period=topic.period, unit=topic.unit)
    blocks: list[Block] = [
        _unnumbered(_figures(topic)),
        _unnumbered(_groups(topic)),
        _unnumbered(_tasks(topic) if topic.has_tasks else _losses(topic)),
        Items([cut(text, LONGEST_NOTE) for text in _notes(topic)]),
        Paragraph(cut(source_line(topic.view.baseline, say), LONGEST_NOTE), is_note=True),
    ]
    shortened = {
        name: cut(text, LONGEST_NOTE) for name, text in {**fields, "trich_yeu": abstract}.items()
    }
    return Content(
        shortened, {"tom_tat": blocks}, {"noi_nhan": recipients(letterhead, say.language)}
    )


def _unnumbered(grid: Grid) -> Grid:
    return Grid(
        grid.title.split(". ", 1)[-1], grid.head,
        [[cut(text, LONGEST_NAME) for text in row] for row in grid.rows],
        grid.aligns, grid.widths, grid.bold,
    )  # fmt: skip


def _figures(topic: Topic) -> Grid:
    """Total, class, rank and its interval, now and with the plan."""
    say, projection = topic.say, topic.view.projection
    before, after = projection.before, projection.after
    rows = [
        (say("paper.row_total"), topic.now(before.total), topic.after(after.total)),
        (say("paper.row_class"), topic.class_name(before), topic.class_name(after)),
        (say("paper.row_rank"), topic.place(before.standing), topic.place(after.standing)),
        (say("paper.row_interval"), say("unit.unknown"), _interval(topic)),
    ]
    if not topic.subject.is_moved:
        rows = [(*row[:1], row[1]) for row in rows[:3]]  # type: ignore[misc]
        rows.append((say("paper.row_interval"), _interval(topic)))  # type: ignore[arg-type]
    count = len(rows[0])
    head = [topic.column(name) for name in ("content", "now", "after")[:count]]
    return topic.grid(
        say("paper.page_figures"), head, rows, "lcc"[:count], (40, 25, 25)[:count], (0,)
    )  # fmt: skip


def _interval(topic: Topic) -> str:
    ends = topic.ends()
    return topic.say("unit.unknown") if ends is None else topic.places(ends[0], ends[2])


def _groups(topic: Topic) -> Grid:
    if topic.subject.is_moved:
        return plan.groups_after(topic)
    say, projection = topic.say, topic.view.projection
    marks = topic.told.marks
    rows = [
        (say.name(group.name), topic.now(projection.before.groups[group.code]),
         str(group.maximum), topic.now(marks[group.code].mean))
        for group in topic.view.edition.groups
    ]  # fmt: skip
    most = topic.known_columns(rows)
    head = [topic.column(name) for name in ("content", "now", "maximum", "mean")[:most]]
    return topic.grid(
        say("paper.page_groups"), head, [row[:most] for row in rows], "lrrr"[:most],
        (40, 15, 15, 15)[:most],
    )  # fmt: skip


def _tasks(topic: Topic) -> Grid:
    """The levers that bring most; what the others bring together."""
    say = topic.say
    parts = plan.ordered(plan.own_parts(topic))
    rows = []
    for part in parts[:MOST_TASKS]:
        name, amount, _, brought, _, responsible = plan.task_row(topic, part)
        rows.append((name, amount, brought, responsible))
    rest = parts[MOST_TASKS:]
    if rest:
        points = topic.change(sum(part.hundredths for part in rest))
        rows.append((say("paper.page_more", count=str(len(rest)), points=points), "", "", ""))
    head = [topic.column(name) for name in ("lever", "amount", "points", "responsible")]
    return topic.grid(say("paper.page_tasks"), head, rows, "lrrl", (38, 20, 14, 36))


def _losses(topic: Topic) -> Grid:
    say = topic.say
    rows = []
    for loss in topic.told.losses[:MOST_TASKS]:
        item = loss.indicator
        most = loss.group.maximum if item is None else item.maximum
        score = of_max(100 * most - loss.lost, most, say)
        rows.append((figures.loss_name(loss, say), score, topic.now(loss.lost)))
    head = [topic.column(name) for name in ("part", "score", "lost")]
    return topic.grid(say("paper.page_losses"), head, rows, "lrr", (50, 20, 20))


def _notes(topic: Topic) -> list[str]:
    """What may not be left out, how it was reckoned, how sure it is, what could be reached."""
    say, view = topic.say, topic.view
    notes = [*most_urgent(topic), *adverse.in_words(topic)]
    if topic.subject.is_moved and not topic.has_tasks:
        notes.append(say("paper.page_trial"))
    if not topic.subject.is_moved:
        notes.append(say("paper.page_unmoved"))
    elif view.outlook is None:
        notes.append(say("paper.horizon_whole"))
    else:
        days = say.count(round(view.outlook.period.remaining_days))
        notes.append(say("paper.horizon", last=topic.last, days=days))
    if view.edition.estimate:
        notes.append(say("paper.estimate"))
    if view.projection.after.standing is not None:
        notes += [say("paper.peers_fixed"), *certainty.borrowed(topic)]
    reach = view.reach
    if reach is not None and reach.line.after.total is not None:
        last = topic.last or reach.outlook.period.last.strftime("%d/%m/%Y")
        notes.append(
            say(
                "paper.reach", last=last, low=topic.after(reach.floor.after.total),
                high=topic.after(reach.ceiling.after.total),
                line=topic.after(reach.line.after.total),
            )
        )  # fmt: skip
    return notes
