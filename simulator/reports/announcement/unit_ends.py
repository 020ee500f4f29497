"""The highest and lowest unit of each group, in each list of the units below."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.reports.announcement.lists import Listed, UnitList
from simulator.reports.announcement.told import Told
from simulator.reports.announcement.words import level_name
from simulator.reports.announcement.written import inside, listed, of_max, padded
from simulator.reports.blocks import Align, Block, Grid
from simulator.rules import Group


def ends(told: Told) -> list[Block]:
    """A table for each list in which units can be compared."""
    return [grid for one in told.below if (grid := _ends_grid(told, one)) is not None]


def _ends_grid(told: Told, one: UnitList) -> Grid | None:
    """The highest and lowest unit of each group; None where fewer than two can be compared."""
    say = told.say
    rows = [row for row in one.rows if not row.is_idle]
    found = [
        line
        for group in one.baseline.edition.groups
        if (line := _ends_row(told, group, rows)) is not None
    ]
    if not found:
        return None
    with_scores = sum(any(score is not None for score in row.groups.values()) for row in rows)
    level, count = level_name(one.kind, say), padded(with_scores, say)
    return Grid(
        title=say("announcement.ends_title", level=level, count=count),
        head=tuple(
            say(f"announcement.column_{key}")
            for key in ("group", "highest", "highest_points", "lowest", "lowest_points")
        ),
        rows=found,
        aligns=(Align.LEFT, Align.LEFT, Align.RIGHT, Align.LEFT, Align.RIGHT),
        widths=(24, 28, 12, 28, 12),
        note=say("announcement.ends_note") if len(rows) < len(one.rows) else "",
    )


def _ends_row(told: Told, group: Group, rows: Sequence[Listed]) -> tuple[str, ...] | None:
    say = told.say
    known = [(row, score) for row in rows if (score := row.groups[group.code]) is not None]
    if len(known) < 2:
        return None
    name, scores = say.name(group.name), [score for _, score in known]
    low, high = min(scores), max(scores)
    top, bottom = of_max(high, group.maximum, say), of_max(low, group.maximum, say)
    if low == high:
        same = say("announcement.ends_same")
        return name, same, top, same, bottom
    return (
        name,
        _named(told, [row for row, score in known if score == high]), top,
        _named(told, [row for row, score in known if score == low]), bottom,
    )  # fmt: skip


def _named(told: Told, rows: Sequence[Listed]) -> str:
    first, *others = rows
    if len(others) == 1:
        return listed([first.unit.short_name, inside(others[0].unit.short_name, told.say)])
    if others:
        count = padded(len(others), told.say)
        return told.say("announcement.and_more", name=first.unit.short_name, count=count)
    return first.unit.short_name
