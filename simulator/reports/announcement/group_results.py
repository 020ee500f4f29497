"""The six groups of a unit against the average."""

from __future__ import annotations

from simulator.reports.announcement.told import Told
from simulator.reports.announcement.words import average_name, idle_left_out
from simulator.reports.announcement.written import day_of, listed, of_max, part_of, unit_name
from simulator.reports.blocks import Block, Items, Paragraph
from simulator.rules import Group


def groups(told: Told) -> list[Block]:
    """Each group against the average; those below it counted, those at their maximum named."""
    view, say = told.view, told.say
    if not told.has_groups:
        return [Paragraph(say("announcement.groups_silent", unit=unit_name(view.unit)))]
    items = [_group(told, group) for group in view.edition.groups]
    # How an average is known stands where the first is told.
    texts = [*([] if tells_mean(told) else averages_of(told)), *_compared(told)]
    full = [group for group in view.edition.groups if _score(told, group) == 100 * group.maximum]
    if full:
        names = listed([say.name(group.name) for group in full])
        texts.append(say("announcement.groups_full", names=names))
    return [Items(items), *(Paragraph(text) for text in texts)]


def _score(told: Told, group: Group) -> int | None:
    return told.scores.groups[group.code]


def _group(told: Told, group: Group) -> str:
    say = told.say
    score, mean = _score(told, group), told.marks[group.code].mean
    known = "silent" if score is None else "alone"
    key = {
        ("alone", False): "group", ("alone", True): "group_alone",
        ("silent", False): "group_silent_mean", ("silent", True): "group_silent",
    }[known, mean is None]  # fmt: skip
    return say(
        f"announcement.{key}", name=say.name(group.name), average=average_name(told),
        score=of_max(score, group.maximum, say), mean=of_max(mean, group.maximum, say),
        maximum=str(group.maximum),
    )  # fmt: skip


def tells_mean(told: Told) -> bool:
    """True where the total is set against the average."""
    return told.scores.total is not None and told.total_mean is not None


def averages_of(told: Told) -> list[str]:
    """How the national average is known, where it was not printed, and what is not in it."""
    view = told.view
    if view.unit.averages or view.unit.level != "province" or view.peers is None:
        return idle_left_out(told)
    of, day = str(told.count_compared), day_of(view.peers.captured_at, told.say)
    return [told.say("announcement.average_how", of=of, day=day), *idle_left_out(told)]


def _compared(told: Told) -> list[str]:
    say = told.say
    pairs = [
        (group, score, mean)
        for group in told.view.edition.groups
        if (score := _score(told, group)) is not None
        and (mean := told.marks[group.code].mean) is not None
    ]
    if not pairs:
        return []
    lower = [say.name(group.name) for group, score, mean in pairs if score < mean]
    if not lower:
        of = str(len(pairs))
        return [say("announcement.groups_none_below", of=of, average=average_name(told))]
    part = part_of(len(lower), len(pairs), say)
    average = average_name(told)
    return [say("announcement.groups_below", part=part, average=average, names=listed(lower))]
