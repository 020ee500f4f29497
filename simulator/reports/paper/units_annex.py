"""Everyone's targets in one annex: the units that are given something, and what it brings them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from simulator.presentation.dividing import rows, words
from simulator.reports.blocks import Align, Annex, Block, Grid, Paragraph
from simulator.reports.paper import units
from simulator.reports.paper.topic import Topic

# So many targets fit beside each other on a page turned sideways.
MOST_LEVERS = 6
# Columns before the targets.
BEFORE = 2


def annex(topic: Topic) -> list[Block]:
    """The units with targets, their own score and place, on pages turned sideways."""
    allocation, say = units.found(topic), topic.say
    assert allocation is not None
    known = words.names((own.unit for own in allocation.units), say)
    given = {cell.unit for row in allocation.rows for cell in row.cells if cell.share > 0}
    taking = [own for own in allocation.units if own.unit.code in given]
    table = rows.all_table(allocation, list(enumerate(taking, start=1)), known, say)
    if not topic.tells_hours:
        table = table.drop(columns=[say("dividing.hours")])
    left = len(allocation.units) - len(taking)
    told = [Paragraph(say("paper.units_without", count=str(left)), is_note=True)] if left else []
    return [
        Annex(topic.annexes[units.KEY], say("paper.annex_units"), is_wide=True),
        *_grids(topic, table, len(allocation.rows)),
        *told,
    ]


def _grids(topic: Topic, table: pd.DataFrame, levers: int) -> list[Grid]:
    """``table`` in parts of at most :data:`MOST_LEVERS` targets; scores stand in the last."""
    columns = list(table.columns)
    targets, after = columns[BEFORE : BEFORE + levers], columns[BEFORE + levers :]
    texts = {column: _written(topic, table[column]) for column in columns}
    # Nothing to say of units without a total, or without a list they are ranked in.
    after = [one for one in after if set(texts[one]) != {topic.say("unit.unknown")}]
    grids = []
    for start in range(0, levers, MOST_LEVERS):
        is_last = start + MOST_LEVERS >= levers
        part = targets[start : start + MOST_LEVERS]
        names = [*columns[:BEFORE], *part, *(after if is_last else ())]
        grids.append(_part(topic, names, [texts[one] for one in names], is_last=is_last))
    return grids


def _part(
    topic: Topic, names: Sequence[str], cells: Sequence[Sequence[str]], *, is_last: bool
) -> Grid:  # fmt: skip
    say, lines = topic.say, list(zip(*cells, strict=True))
    places = say("dividing.places")
    head = [topic.column("places") if one == places else str(one) for one in names]
    key = "units_how" if places in names else "units_how_points"
    return Grid(
        "", head, lines, [Align.CENTER, Align.LEFT, *[Align.RIGHT] * (len(names) - 2)],
        (10, 44, *[20] * (len(names) - 2)), frozenset({len(lines) - 1}),
        say(f"paper.{key}") if is_last else "",
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
