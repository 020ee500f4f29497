"""The plan among the units below: a summary, what the province keeps, and everyone's targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from simulator.allocation import Allocation
from simulator.errors import Notice
from simulator.levers import work_shown
from simulator.presentation.dividing import rows, words
from simulator.presentation.dividing.found import listed_of
from simulator.reports.announcement.written import day_of, listed
from simulator.reports.blocks import Align, Annex, Block, Grid, Items, Paragraph
from simulator.reports.paper.topic import Topic
from simulator.rules import Lever
from simulator.text import explain

KEY = "units"
# So many targets fit beside each other on a page turned sideways.
MOST_LEVERS = 6
# Columns of a table about all units that are not targets: before them, and after.
BEFORE, AFTER = 2, 4


def found(topic: Topic) -> Allocation | None:
    """The plan divided, of what at least one unit is given something; None where no units are
    listed, or nothing of it can be divided."""
    divided = topic.subject.divided
    if divided is None:
        return None
    allocation = divided.allocation
    return replace(allocation, rows=tuple(row for row in allocation.rows if row.named))


def units(topic: Topic) -> list[Block]:
    """How the plan is divided, whether it adds up, and what is not divided."""
    allocation, say = found(topic), topic.say
    if allocation is None:
        return []
    if not allocation.rows:
        return [Paragraph(say("paper.units_none_divided")), *_kept(topic, allocation)]
    figures = listed_of(topic.view, topic.subject.division)
    intro = say(
        "paper.units_intro", count=str(len(allocation.units)), title=say.name(figures.title),
        day=day_of(figures.captured_at, say), way=say(f"dividing.way_{allocation.way}").lower(),
    )  # fmt: skip
    texts = [intro, *_covered(topic, allocation)]
    texts.append(say("paper.units_annex", annex=topic.annexes[KEY]))
    return [
        *(Paragraph(text) for text in texts),
        _summary(topic, allocation),
        *(Paragraph(text) for text in _told(topic, allocation)),
        *_kept(topic, allocation),
    ]


def _covered(topic: Topic, allocation: Allocation) -> list[str]:
    """The total with all that is handed out and kept, beside the plan's."""
    plan, covered = allocation.plan.after.total, allocation.covered.after.total
    if plan is None or covered is None:
        return []
    total = topic.after(covered)
    if plan == covered:
        return [topic.say("paper.units_covered", total=total)]
    missing = topic.say.points(plan - covered)
    return [
        topic.say("paper.units_missing", total=total, missing=missing, plan=topic.after(plan))
    ]  # fmt: skip


def _told(topic: Topic, allocation: Allocation) -> list[str]:
    """What could not be handed out, or could not be kept to, as sentences."""
    divided, view = topic.subject.divided, topic.view
    assert divided is not None
    known = words.names((own.unit for own in allocation.units), topic.say)
    told = _alike(topic, allocation)
    for error in divided.refused:
        named = {**error.fields, "unit": known.get(str(error.fields.get("unit")), "")}
        told.append(
            explain(type(error)(error.code, **named), topic.say.language, view.edition)
        )  # fmt: skip
    return told


def _alike(topic: Topic, allocation: Allocation) -> list[str]:
    """Notices on targets, one for all targets of which the same has to be said.

    What is left over stands in the table.
    """
    say, view = topic.say, topic.view
    found: dict[tuple[str, tuple[tuple[str, object], ...]], list[str]] = {}
    for one in allocation.notices:
        if one.code != "allocation_shortfall":
            fields = tuple((name, at) for name, at in one.fields.items() if name != "lever")
            lever = say.name(view.edition.lever_by_code[str(one.fields["lever"])].name)
            found.setdefault((one.code, fields), []).append(lever)
    return [
        explain(Notice(code, {**dict(fields), "lever": listed(levers)}), say.language)
        for (code, fields), levers in found.items()
    ]


def _summary(topic: Topic, allocation: Allocation) -> Grid:
    say = topic.say
    table = rows.summary(topic.view, allocation, say).drop(
        columns=[say("dividing.responsible")]
    ).rename(columns={say("dividing.lever"): topic.column("lever")})  # fmt: skip
    count, has_sum = len(table.columns), len(allocation.rows) > 1
    return topic.grid(
        say("paper.units_title"), [str(one) for one in table.columns],
        [tuple(map(str, row)) for row in table.itertuples(index=False)],
        "l" + "r" * (count - 1), (44, *[16] * (count - 1)),
        (len(table) - 1,) if has_sum else (),
        " ".join([*([say("paper.hours_rounded")] if has_sum else []), say("paper.hours_differ")]),
    )  # fmt: skip


def _kept(topic: Topic, allocation: Allocation) -> list[Block]:
    say, view = topic.say, topic.view
    found = [
        (one.lever, one.change, explain(one.why, say.language, view.edition))
        for one in allocation.kept
        if not topic.is_adverse(one.lever.code)
    ]
    texts = [
        say(
            "dividing.kept_one", why=why, responsible=say.name(lever.responsible),
            change=say.count(work_shown(view.ranges[lever.code], change), sign=True),
            unit=say(f"unit.{view.ranges[lever.code].count_unit}"),
        )
        for lever, change, why in (*found, *_nobodys(topic))
    ]  # fmt: skip
    return [Paragraph(say("paper.units_kept")), Items(texts)] if texts else []


def _nobodys(topic: Topic) -> list[tuple[Lever, float, str]]:
    """What could be divided, but no unit is given anything of, and why."""
    divided = topic.subject.divided
    rows_found = () if divided is None else divided.allocation.rows
    return [
        (row.lever, row.change, topic.say(
            f"paper.{'keep_no_room' if row.cells else 'keep_no_unit'}",
            lever=topic.say.name(row.lever.name),
        ))
        for row in rows_found
        if not row.named
    ]  # fmt: skip


def needs_annex(topic: Topic) -> bool:
    """True where at least one task is divided."""
    allocation = found(topic)
    return allocation is not None and bool(allocation.rows)


def annex(topic: Topic) -> list[Block]:
    """All units with all targets, their own score and place, on pages turned sideways."""
    allocation, say = found(topic), topic.say
    assert allocation is not None
    known = words.names((own.unit for own in allocation.units), say)
    numbered = list(enumerate(allocation.units, start=1))
    table = rows.all_table(allocation, numbered, known, say)
    title = say("paper.annex_units")
    return [
        Annex(topic.annexes[KEY], title, is_wide=True),
        *_grids(topic, table, len(allocation.rows)),
    ]


def _grids(topic: Topic, table: pd.DataFrame, levers: int) -> list[Grid]:
    """``table`` in parts of at most :data:`MOST_LEVERS` targets; scores stand in the last."""
    columns = list(table.columns)
    targets = columns[BEFORE : BEFORE + levers]
    cuts = range(0, levers, MOST_LEVERS)
    shown = [_written(topic, table[column]) for column in columns]
    texts = dict(zip(columns, shown, strict=True))
    grids = []
    for start in cuts:
        is_last = start + MOST_LEVERS >= levers
        part = targets[start : start + MOST_LEVERS]
        names = [*columns[:BEFORE], *part, *(columns[BEFORE + levers :] if is_last else ())]
        grids.append(
            _part(topic, names, [texts[one] for one in names], len(part), is_last=is_last)
        )  # fmt: skip
    return grids


def _part(
    topic: Topic, names: Sequence[str], cells: Sequence[Sequence[str]], count: int, *,
    is_last: bool,
) -> Grid:  # fmt: skip
    lines = list(zip(*cells, strict=True))
    widths = (10, 44, *[22] * count, *([14, 16, 18, 20] if is_last else ()))
    return Grid(
        "", [str(one) for one in names], lines,
        [Align.CENTER, Align.LEFT, *[Align.RIGHT] * (len(names) - 2)], widths,
        frozenset({len(lines) - 1}), topic.say("dividing.all_how") if is_last else "",
    )  # fmt: skip


def _written(topic: Topic, column: pd.Series) -> list[str]:
    """The cells of a column as they are printed."""
    say, name = topic.say, column.name
    scores = (say("dividing.total_now"), say("dividing.total_after"))
    number = say("dividing.number")

    def cell(value: Any) -> str:
        if pd.isna(value):
            return "" if name == number else say("unit.unknown")
        if isinstance(value, str):
            return value
        if name in scores:
            return say.points(round(100 * value))
        return words.hours(value, say) if name == say("dividing.hours") else say.count(value)

    return [cell(value) for value in column.tolist()]
