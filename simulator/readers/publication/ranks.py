"""Ranks of the total, which look like scores and are none."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from simulator.readers.publication.context import Context, note_period, unit_at
from simulator.readers.publication.gathering import Gathering
from simulator.readers.publication.passages import Passage
from simulator.readers.publication.period import named_periods, period_of_figure
from simulator.readers.publication.units import Mention
from simulator.readers.publication.words import RANK, TARGET, Label, is_of_other_period
from simulator.readers.records import TOTAL

RANKED = "PUBLISHED_RANK"
POOL_SIZE = "PUBLISHED_POOL_SIZE"


def read_ranks(
    passage: Passage, span: tuple[int, int], labels: Sequence[Label], named: Sequence[Mention],
    context: Context, found: Gathering,
) -> None:  # fmt: skip
    """``xếp hạng 54/63``: a rank of the total, unless the sentence speaks of one group."""
    for hit in RANK.finditer(passage.plain, *span):
        rank, size = int(hit["rank"]), int(hit["of"])
        since = [x for x in labels if span[0] <= x.start and x.end <= hit.start()]
        is_of_group = bool(since) and since[-1].code != TOTAL
        before = passage.plain[span[0] : hit.start()]
        if is_of_group or TARGET.search(before[-60:]) or is_of_other_period(before[-60:], before):
            continue
        place = passage.place(hit.start(), hit.end())
        period = period_of_figure(passage, named_periods(passage), span[0], *hit.span())
        if context.is_other(period):
            note_period(period, context, place, found)
            continue
        if not 1 <= rank <= size:
            found.problem("publication_rank", place, rank=rank, size=size)
            continue
        unit = unit_at(passage, span[0], hit.start(), named, context)
        if context.main is None and unit.name:
            context.main = context.unit = unit
        found.fact(unit, RANKED, Fraction(rank), "rank", place)
        found.fact(unit, POOL_SIZE, Fraction(size), "unit", place)
