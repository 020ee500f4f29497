"""The units below: who has overdue dossiers, classes, the highest and lowest of each group."""

from __future__ import annotations

from collections import Counter

from simulator.rank import class_of
from simulator.reports.announcement.cells import Cell, Column, Kind, Sheet
from simulator.reports.announcement.lists import UnitList
from simulator.reports.announcement.told import Told
from simulator.reports.announcement.unit_ends import ends
from simulator.reports.announcement.words import list_name, list_words, publisher
from simulator.reports.announcement.written import day_of, inside, listed, padded, part_of
from simulator.reports.blocks import Block, Grid, Heading, Items, Paragraph

MOST_LATE = 20  # in the text; the annex has all
MOST_NAMES = 12
_PRINTED = "CLASS_"


def units(told: Told, annex: str) -> list[Block]:
    """Blocks about the units below, none if there are none; ``annex``: where all are listed."""
    if not told.below:
        return []
    parts: list[tuple[str, list[Block]]] = [
        ("overdue_heading", _overdue(told, annex)),
        ("classes_heading", _classes(told)),
        ("ends_heading", ends(told)),
        ("idle_heading", _idle(told)),
    ]
    blocks: list[Block] = [Paragraph(_source(told))]
    for number, (key, found) in enumerate((part for part in parts if part[1]), start=1):
        blocks += [Heading(f"{number}. {told.say(f'announcement.{key}')}", 2), *found]
    return blocks


def _source(told: Told) -> str:
    say, baseline = told.say, told.below[0].baseline
    counts = listed([list_words(one, say) for one in told.below])
    text = say(
        "announcement.units_source", title=say.name(baseline.title),
        source=publisher(baseline, say.language), day=day_of(baseline.captured_at, say),
        lists=counts,
    )  # fmt: skip
    pools = {row.unit.pool for one in told.below for row in one.rows}
    if pools & baseline.incomplete_pools:
        text += " " + say("announcement.units_part")
    return text


def _overdue(told: Told, annex: str) -> list[Block]:
    say, found = told.say, told.lateness
    if not found.known:
        return [Paragraph(say("announcement.overdue_unknown"))]
    late = found.late
    if late:
        part = part_of(len(late), len(found.known), say)
        total = say.count(sum(one.overdue for one in late))
        texts = [say("announcement.overdue", part=part, sum=total)]
    else:
        texts = [say("announcement.overdue_none", of=say.count(len(found.known)))]
    if found.silent:
        names = listed([inside(unit.short_name, say) for unit in found.silent])
        many = "_many" if len(found.silent) > MOST_NAMES else ""
        count = padded(len(found.silent), say)
        texts.append(say(f"announcement.overdue_silent{many}", count=count, names=names))
    grid: list[Block] = [_late_grid(told, annex)] if late else []
    return [*(Paragraph(text) for text in texts), *grid]


def _late_grid(told: Told, annex: str) -> Grid:
    say, late = told.say, told.lateness.late
    is_cut = len(late) > MOST_LATE
    columns = (
        Column(say("announcement.column_number"), Kind.NUMBER, 7),
        Column(say("announcement.column_unit"), Kind.TEXT, 45),
        Column(say("announcement.column_received"), Kind.COUNT, 18),
        Column(say("announcement.column_overdue"), Kind.COUNT, 15),
        Column(say("announcement.column_on_time"), Kind.PERCENT, 15),
    )
    rows: list[tuple[Cell, ...]] = [
        (number, one.unit.short_name, one.received, one.overdue, one.on_time)
        for number, one in enumerate(late[:MOST_LATE], start=1)
    ]
    if is_cut:
        title = say("announcement.overdue_first", count=str(MOST_LATE))
        note = say("announcement.overdue_rest", of=str(len(late)), number=annex)
    else:
        title, note = say("announcement.overdue_title"), ""
    return Sheet("late", title, columns, rows, note=note).without_empty().grid(say, title)


def _classes(told: Told) -> list[Block]:
    """How many units have each class, by list, and the counts a publication prints itself."""
    lines = [_class_line(told, one) for one in told.below if one.scored]
    lines += _printed_classes(told)
    if lines:
        return [Items(lines)]
    say = told.say
    return [
        Items([say("announcement.class_unknown", level=list_name(one, say)) for one in told.below])
    ]


def _class_line(told: Told, one: UnitList) -> str:
    say, edition = told.say, one.baseline.edition
    counts = Counter(
        class_of(edition, row.total).code for row in one.scored if row.total is not None
    )
    nobody = [say.name(item.name) for item in edition.classes if not counts[item.code]]
    parts = [
        say(
            "announcement.class_part", name=say.name(item.name),
            part=part_of(counts[item.code], len(one.rows), say),
        )
        for item in edition.classes
        if counts[item.code]
    ]  # fmt: skip
    if nobody:
        parts.append(say("announcement.class_nobody", names=", ".join(nobody)))
    silent = len(one.rows) - len(one.scored)
    if silent:
        parts.append(say("announcement.class_silent", count=padded(silent, say)))
    level = list_name(one, say)
    return say("announcement.classes_line", level=level, parts=listed(parts))


def _printed_classes(told: Told) -> list[str]:
    say = told.say
    units_told = [told.view.unit, *(row.unit for one in told.below for row in one.rows)]
    return [
        say(
            "announcement.class_printed", name=f"{unit.short_name}: {say(f'facts.{fact.code}')}",
            value=padded(int(fact.value), say), raw=fact.raw or "",
        )
        for unit in units_told
        for fact in unit.facts
        if fact.code.startswith(_PRINTED) and fact.value is not None
    ]  # fmt: skip


def _idle(told: Told) -> list[Block]:
    say = told.say
    names = [
        inside(row.unit.short_name, say) for one in told.below for row in one.rows if row.is_idle
    ]
    if not names:
        return []
    return [Paragraph(say("announcement.idle", count=padded(len(names), say), names=listed(names)))]
