"""Groups and total, anchored on what was published: score + (model after − model before).

What the model does not explain of a published score stays as a visible number of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.presentation.view import View
from simulator.project import FULL_TOTAL
from simulator.reports.workbook.live import Live, highest, lowest, total
from simulator.reports.workbook.page import Page
from simulator.reports.workbook.rules_sheet import Rules

MODEL, MODEL_AFTER, REST, NOW, AFTER, CHANGE, MAXIMUM, APP_AFTER, APP_CHANGE = range(1, 10)
KEYS = (
    "group", "model_now", "model_after", "rest", "now_h", "after_h", "change_h", "maximum_h",
    "app_after_h", "app_change_h",
)  # fmt: skip


@dataclass(frozen=True)
class Level:
    """Hundredths of a point; None where the score is not known, its change always is."""

    now: Live | None
    after: Live | None
    change: Live


@dataclass(frozen=True)
class Levels:
    """Groups by code and the total; ``differing``: conditions on ranges, each true where what is
    computed is not what the app found."""

    groups: Mapping[str, Level]
    total: Level
    differing: tuple[str, ...]


def write_levels(
    page: Page, top: int, view: View, before: Mapping[int, Live], after: Mapping[int, Live],
    rules: Rules,
) -> tuple[Levels, int]:  # fmt: skip
    """The groups and the total; the row below."""
    said, projection = page.book.said, view.projection
    page.put(top, 0, said("part_levels"), "part")
    page.row_of(top + 1, 0, [said(key) for key in KEYS], "head")
    groups: dict[str, Level] = {}
    bases: list[Live] = []
    first = top + 2
    for row, group in enumerate(view.edition.groups, first):
        page.put(row, 0, page.book.say.name(group.name), "text")
        positions = [k for k in view.edition.group_positions[group.code] if k in before]
        model, model_after = (
            page.put(row, column, total([scores[k] for k in positions]), "count")
            for column, scores in ((MODEL, before), (MODEL_AFTER, after))
        )
        highest_level = page.put(row, MAXIMUM, rules.groups[group.code] * 100, "count")
        level = projection.before.groups[group.code]
        found = _level(page, row, level, model, model_after - model, highest_level)
        groups[group.code] = found
        bases.append(model if found.now is None else found.now)
        app = projection.after.groups[group.code], projection.group_change[group.code]
        _app(page, row, *app)
    row = first + len(groups)
    page.put(row, 0, page.book.say("tables.total"), "text", "bold")
    base = page.put(row, MODEL, total(bases), "count")
    change = total([level.change for level in groups.values()])
    full = page.put(row, MAXIMUM, FULL_TOTAL, "count")
    found = _level(page, row, projection.before.total, base, change, full)
    _app(page, row, projection.after.total, projection.total_change)
    differing = tuple(
        f"{page.span(first, left, row, left)}<>{page.span(first, right, row, right)}"
        for left, right in ((AFTER, APP_AFTER), (CHANGE, APP_CHANGE))
    )
    return Levels(groups, found, differing), row + 1


def _level(page: Page, row: int, level: int | None, base: Live, moved: Live, full: Live) -> Level:
    if level is None:
        unknown = page.book.say("unit.unknown")
        for column in (REST, NOW, AFTER):
            page.put(row, column, unknown, "middle")
        return Level(None, None, page.put(row, CHANGE, moved, "change"))
    rest = page.put(row, REST, level - base.value, "change")
    now = page.put(row, NOW, highest(lowest(base + rest, full), 0), "count")
    after = page.put(row, AFTER, highest(lowest(now + moved, full), 0), "count", "bold")
    return Level(now, after, page.put(row, CHANGE, after - now, "change"))


def _app(page: Page, row: int, after: int | None, change: int) -> None:
    """What the app found, as plain numbers."""
    if after is None:
        page.put(row, APP_AFTER, page.book.say("unit.unknown"), "middle", "small")
    else:
        page.put(row, APP_AFTER, after, "count", "small")
    page.put(row, APP_CHANGE, change, "change", "small")


def class_of(score: Live, rules: Rules) -> Live:
    """Name of the class of a total in hundredths: the classes stand highest first."""
    missed = sum(round(item.value * 100) > score.value for item in rules.thresholds)
    position = f"1+SUMPRODUCT(--(ROUND({rules.lowest}*100,0)>{score.text}))"
    name = rules.class_names[min(missed, len(rules.class_names) - 1)].value
    return Live(f"INDEX({rules.names},{position})", name)


def points(hundredths: Live | None) -> Live | None:
    return None if hundredths is None else hundredths / 100


def rank_of(score: Live, others: str, listed: list[Live]) -> Live:
    """1 plus the number of higher totals (hundredths) in the range ``others``."""
    higher = sum(other.value > score.value for other in listed)
    return Live(f"1+SUMPRODUCT(--({others}>{score.text}))", 1 + higher)


def is_tied(score: Live, others: str, listed: list[Live]) -> Live:
    """True if another one has the same total; the own stands in the range too."""
    equal = sum(other.value == score.value for other in listed)
    return Live(f"SUMPRODUCT(--({others}={score.text}))>1", equal > 1, 0)
