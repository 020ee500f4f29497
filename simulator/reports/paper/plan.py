"""The plan: its goal, its tasks with what each brings, and where it leads."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.baseline import Basis, Evidence
from simulator.contributions import Contribution
from simulator.effort import hours
from simulator.effort_files import takes_effort
from simulator.levers import work_shown
from simulator.plan_target import Target
from simulator.presentation.dividing import words
from simulator.presentation.effort import effort_of
from simulator.reports.announcement.written import listed
from simulator.reports.blocks import Block, Grid, Paragraph
from simulator.reports.paper import certainty, units
from simulator.reports.paper.topic import Topic
from simulator.rules import Lever

NO_BREAK = "\u00a0"
SHORT_UNIT = 8  # letters
# Columns of the tasks.
TASKS = ("number", "lever", "amount", "rates", "points", "hours", "responsible")


def goal(topic: Topic) -> list[Block]:
    """What the plan leads to, without which it would be so, and what was asked for."""
    say, ahead = topic.say, topic.view.outlook
    texts = [_total(topic)]
    after = topic.view.projection.after
    if after.standing is not None:
        texts += [_rank(topic), *certainty.borrowed(topic)]
    if ahead is not None and after.total is not None:
        line = topic.view.projected({}).after.total
        texts.append(say("paper.goal_line", last=topic.last, line=topic.after(line)))
    parts = _asked(topic, topic.subject.target)
    if parts:
        texts.append(say("paper.target", parts=listed(parts)))
    if topic.view.edition.estimate:
        texts.append(say("paper.estimate"))
    return [Paragraph(text) for text in texts]


def _total(topic: Topic) -> str:
    projection, say = topic.view.projection, topic.say
    way = "whole" if topic.view.outlook is None else "ahead"
    change = topic.change(projection.total_change)
    if projection.after.total is None:
        key = f"paper.goal_no_total_{way}"
        return say(key, unit=topic.unit, last=topic.last, change=change)
    return say(
        f"paper.goal_{way}", unit=topic.unit, last=topic.last,
        total=topic.after(projection.after.total), now=topic.now(projection.before.total),
        change=change, score_class=_class(topic),
    )  # fmt: skip


def _class(topic: Topic) -> str:
    projection = topic.view.projection
    name, now = topic.class_name(projection.after), topic.class_name(projection.before)
    return topic.say(f"paper.class_{'kept' if name == now else 'moved'}", name=name, now=now)


def _rank(topic: Topic) -> str:
    """The places to be expected before the one that only holds if nobody else moves."""
    say, projection, ends = topic.say, topic.view.projection, topic.ends()
    held = {
        "rank": topic.place(projection.after.standing),
        "was": topic.place(projection.before.standing),
    }
    if ends is None or topic.view.outlook is None:
        return say("paper.goal_rank", **held)
    best, middle, worst = ends
    places = topic.places(best, worst)
    return say("paper.goal_places", places=places, middle=str(middle), last=topic.last, **held)


def _asked(topic: Topic, target: Target) -> list[str]:
    """The goal a plan was searched for, in words."""
    say, edition = topic.say, topic.view.edition
    found: dict[str, str] = {}
    if target.total is not None:
        found["total"] = say.points(target.total)
    if target.score_class is not None:
        names = {one.code: say.name(one.name) for one in edition.classes}
        found["class"] = names[target.score_class]
    if target.rank is not None:
        found["rank"] = str(target.rank)
    if target.hours is not None:
        found["hours"] = words.hours(target.hours, say)
    parts = [say(f"paper.target_{key}", value=value) for key, value in found.items()]
    for code, score in target.groups:
        name = say.name(edition.group_by_code[code].name)
        parts.append(say("paper.target_group", name=name, value=say.points(score)))
    return parts


def tasks(topic: Topic) -> list[Block]:
    """Every lever with its amount, rate, points, own hours, and who is responsible."""
    say, view = topic.say, topic.view
    parts = own_parts(topic)
    rows = [
        (str(number), *task_row(topic, part)) for number, part in enumerate(ordered(parts), start=1)
    ]
    rows.append(_sum(topic))
    kept = [k for k, name in enumerate(TASKS) if name != "hours" or topic.tells_hours]
    grid = topic.grid(
        say("paper.tasks_title"), [topic.column(TASKS[k]) for k in kept],
        [[row[k] for k in kept] for row in rows], "".join("clrcrrl"[k] for k in kept),
        [(8, 31, 21, 17, 13, 13, 30)[k] for k in kept], (len(rows) - 1,), _how(topic),
    )  # fmt: skip
    told = [] if view.projection.total_change else [Paragraph(say("paper.tasks_none"))]
    return [grid, *told]


def _how(topic: Topic) -> str:
    """How points and hours of the tasks are to be read."""
    say, settings = topic.say, topic.view.projection.settings
    key = "tasks_how_adverse" if any(map(topic.is_adverse, settings)) else "tasks_how"
    texts = [say(f"paper.{key}")]
    if topic.tells_hours:
        texts.append(say("paper.hours_rounded"))
    return " ".join([*texts, *units.hours_differ(topic)])


def own_parts(topic: Topic) -> list[Contribution]:
    """What the tasks bring, and what comes without them; not the adverse assumptions."""
    return [one for one in topic.subject.contributions if not topic.is_adverse(one.lever)]


def ordered(parts: Sequence[Contribution]) -> list[Contribution]:
    """Those that bring most first."""
    return sorted(parts, key=lambda part: -part.hundredths)


def task_row(topic: Topic, part: Contribution) -> tuple[str, ...]:
    """Name, amount, rates, points, hours, responsible of one part of the change."""
    say, view, unknown = topic.say, topic.view, topic.say("unit.unknown")
    brought = topic.change(part.hundredths)
    if part.lever not in view.edition.lever_by_code:
        name = say(f"charts.{part.lever.lower()}")
        return name, unknown, unknown, brought, unknown, unknown
    lever = view.edition.lever_by_code[part.lever]
    return (
        say.name(lever.name), amount(topic, lever), _rates(topic, lever), brought,
        _hours(topic, lever), say.name(lever.responsible),
    )  # fmt: skip


def amount(topic: Topic, lever: Lever) -> str:
    """``+3.000 hồ sơ``."""
    say, bounds = topic.say, topic.view.ranges[lever.code]
    setting = work_shown(bounds, topic.view.projection.settings[lever.code])
    unit = say(f"unit.{bounds.count_unit}")
    # A short unit stays on one line.
    kept = unit.replace(" ", NO_BREAK) if len(unit) <= SHORT_UNIT else unit
    return f"{say.count(setting, sign=True)} {kept}"


def _rates(topic: Topic, lever: Lever) -> str:
    """The rate of the lever's indicator as published, and where the plan leads."""
    say, view = topic.say, topic.view
    k = view.edition.position[lever.indicator]
    evidence = view.unit.evidence[k]
    if not lever.moves or lever.moves[0].part != "numerator" or evidence.basis is Basis.UNKNOWN:
        return say("unit.unknown")
    after = say.percent(view.projection.counts.rate_percent(k))
    return f"{_known_rate(topic, evidence)} → {after}"


def _known_rate(topic: Topic, evidence: Evidence) -> str:
    shown, mark = topic.say.percent(evidence.rate_percent), topic.mark(evidence)
    return topic.say("paper.marked", value=shown, mark=mark) if mark else shown


def _hours(topic: Topic, lever: Lever) -> str:
    view = topic.view
    if not takes_effort(lever):
        return topic.say("unit.unknown")
    spent = hours(
        view.ranges[lever.code], effort_of(view).levers[lever.code],
        view.projection.settings[lever.code],
    )  # fmt: skip
    return words.hours(spent, topic.say)


def _sum(topic: Topic) -> tuple[str, ...]:
    view, say = topic.view, topic.say
    effort = effort_of(view)
    spent = sum(
        hours(view.ranges[code], effort.levers[code], change)
        for code, change in view.projection.settings.items()
        if takes_effort(view.edition.lever_by_code[code]) and not topic.is_adverse(code)
    )
    change = topic.change(sum(one.hundredths for one in own_parts(topic)))
    return "", say("paper.row_sum"), "", "", change, words.hours(spent, say), ""


def result(topic: Topic) -> list[Block]:
    """The groups with the plan, and which task brought what."""
    return [groups_after(topic), *topic.picture("waterfall")]


def groups_after(topic: Topic) -> Grid:
    """The six groups and the total, now and with the plan."""
    say, projection = topic.say, topic.view.projection
    marks = topic.told.marks
    names = ("content", "now", "after", "change", "maximum", "mean")
    rows = [
        (
            say.name(group.name), topic.now(projection.before.groups[group.code]),
            say.points(projection.after.groups[group.code]),
            topic.change(projection.group_change[group.code]), str(group.maximum),
            topic.now(marks[group.code].mean),
        )
        for group in topic.view.edition.groups
    ]  # fmt: skip
    rows.append(
        (
            say("paper.row_total"), topic.now(projection.before.total),
            say.points(projection.after.total), topic.change(projection.total_change), "100",
            topic.now(topic.told.total_mean),
        )
    )  # fmt: skip
    most = topic.known_columns(rows)
    return topic.grid(
        say("paper.after_title"), [topic.column(name) for name in names[:most]],
        [row[:most] for row in rows], "lrrrrr"[:most], (38, 15, 18, 15, 16, 15)[:most],
        (len(rows) - 1,), topic.peers_source if most == len(names) else "",
    )  # fmt: skip
