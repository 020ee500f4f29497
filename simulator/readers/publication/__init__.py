"""The text of an announcement or letter to checked rows, each with its line and its words.

Reads group scores, totals, national averages, rates, ranks and tables of units in the style of
the publications of 2022 to 2025. Where words leave two readings nothing is taken: a problem names
the line, the words and both. What could be read and should be looked at is among the doubts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from simulator.errors import DataError
from simulator.readers.publication.consistency import (
    check_document,
    check_spellings,
    confirm_maxima,
)
from simulator.readers.publication.context import Context, opened
from simulator.readers.publication.figures import RATE, scores_in
from simulator.readers.publication.gathering import Gathering, Points
from simulator.readers.publication.grids import grids_of
from simulator.readers.publication.leftovers import note_unread
from simulator.readers.publication.limits import without_long_lines, without_long_passages
from simulator.readers.publication.passages import Passage, lines_of, passages_of
from simulator.readers.publication.period import own_period, period_of_text
from simulator.readers.publication.rates import read_counts, read_rates, supply_from_counts
from simulator.readers.publication.sentences import read_scores
from simulator.readers.publication.tables import read_grid
from simulator.readers.publication.units import UNNAMED, mentions
from simulator.readers.records import (
    FactRow,
    IndicatorRow,
    Reading,
    Stated,
    UnitRef,
    one_line,
)
from simulator.rules import Edition

__all__ = ["read_publication"]

# Behind the name of an office whose decision is quoted.
_ISSUES = re.compile(r"\s*(?:ban hành|phê duyệt|quy định|về việc)")
Row = TypeVar("Row", Points, IndicatorRow, FactRow)


def read_publication(text: str, file: str, edition: Edition) -> Reading:
    """Read the text of a publication; ``file`` is how its places are named.

    ``problems`` holds what could not be read or has two readings (codes ``publication_...``).
    """
    name = one_line(file)
    found = Gathering()
    lines = without_long_lines(lines_of(text), name, found)
    context = Context(UnitRef(None, UNNAMED, None))
    grids = grids_of(lines)
    in_tables = {number for grid in grids for number in grid.lines}
    prose = passages_of([line for line in lines if line.number not in in_tables], name)
    prose = without_long_passages(prose, found)
    context.period = own_period(prose)
    _name_from_headings(prose, context)
    unread = []
    for passage in prose:
        unread.append((passage, _read_passage(passage, edition, context, found)))
    context.unit = context.main or context.unit
    used: set[int] = set()
    for grid in grids:
        used |= read_grid(grid, name, edition, context, found)
    rest = [line for line in lines if line.number in in_tables - used]
    for passage in without_long_passages(passages_of(rest, name), found):
        unread.append((passage, _read_passage(passage, edition, context, found)))
    note_unread(unread, found)
    _name_the_unnamed(found, context)
    check_spellings(found)
    found.join_units()
    confirm_maxima(found, edition)
    supply_from_counts(found)
    check_document(lines, grids, name, edition, found)
    first = min((int(one.place.fields["line"]) for one in found.points), default=0)
    reading = found.reading()
    stated = Stated(period=_period(context, period_of_text(prose, first), reading.problems))
    reading = replace(reading, stated=stated if stated.period else None)
    if not (reading.rows or reading.groups or reading.problems):
        return replace(reading, problems=(DataError("publication_nothing", file=name),))
    return reading


def _period(context: Context, named: str, problems: Sequence[DataError]) -> str:
    """Of the figures that were taken; ``named`` is the only one near the first of them, or ""."""
    own = context.period
    code = own.named.code if own.named else ""
    if not own.is_sure and any(one.code == "publication_two_values" for one in problems):
        return ""
    return (code or named) if own.is_sure or own.is_one_of_many else (named or code)


def _read_passage(
    passage: Passage, edition: Edition, context: Context, found: Gathering
) -> list[tuple[int, int]]:
    here = opened(passage, context)
    looked_at = read_scores(passage, edition, here, found)
    looked_at += read_rates(passage, edition, here, found)
    read_counts(passage, here, found)
    context.main = context.main or here.main
    if passage.plain.endswith(":"):
        context.unit = here.unit
    return looked_at


def _name_from_headings(prose: list[Passage], context: Context) -> None:
    """The one unit that the lines above the first score name, references to law aside."""
    named: dict[str, UnitRef] = {}
    for passage in prose:
        has_score = any(score.says_points for score in scores_in(passage.plain))
        if has_score or RATE.search(passage.plain):
            break
        if "căn cứ" not in passage.plain and "quyết định" not in passage.plain:
            for mention in mentions(passage.text):
                if _ISSUES.match(passage.plain, mention.end):
                    continue
                named.setdefault(mention.unit.key, mention.unit)
    if len(named) == 1:
        context.unit = next(iter(named.values()))


def _name_the_unnamed(found: Gathering, context: Context) -> None:
    """What stood before the name of the unit belongs to it too."""
    main = context.main
    if main is None:
        return
    found.points = [_with(one, main) for one in found.points]
    found.rows = [_with(one, main) for one in found.rows]
    found.facts = [_with(one, main) for one in found.facts]


def _with(row: Row, main: UnitRef) -> Row:
    return replace(row, unit=main) if row.unit.id == UNNAMED else row
