"""Which unit the words of a passage are about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from simulator.errors import Place
from simulator.readers.publication.gathering import Gathering
from simulator.readers.publication.passages import Passage
from simulator.readers.publication.period import Named, OwnPeriod
from simulator.readers.publication.units import UNNAMED, Mention, mentions
from simulator.readers.records import UnitRef

# Words by which a sentence comes back to the unit the text is about.
_BACK_TO_ALL = re.compile(
    r"toàn (?:tỉnh|huyện|xã|thành phố)|\b(?:tỉnh|huyện|xã|thành phố)(?= (?:đạt|mới|chỉ|được))"
)
_OPENS_UNIT = re.compile(r"[\s\-–+•*\d.)]*(?:(?:đối với|tại) )?(?:ubnd )?")


@dataclass
class Context:
    """What the passages before have set: the unit a list of groups belongs to."""

    unit: UnitRef
    main: UnitRef | None = None
    period: OwnPeriod = field(default_factory=OwnPeriod)

    def is_other(self, named: Named | None) -> bool:
        """True if a figure's ``named`` period cannot be that of the text."""
        own = self.period.named
        return named is not None and own is not None and not own.is_like(named)

    def total_of(self, unit: UnitRef, opens_list: bool) -> None:
        """A total of ``unit`` was read; the first one with a name is the unit of the text."""
        if self.main is None and unit.id != UNNAMED:
            self.main = self.unit = unit
        elif opens_list:
            self.unit = unit


def unit_at(
    passage: Passage, begin: int, start: int, named: Sequence[Mention], context: Context
) -> UnitRef:
    """The unit named last before ``start`` in the sentence from ``begin``, or that of the text."""
    for mention in reversed(named):
        if begin <= mention.start and mention.end <= start:
            is_back = _BACK_TO_ALL.search(passage.plain, mention.end, start)
            is_same = mention.unit.id == context.unit.id
            return context.unit if is_back or is_same else mention.unit
    return context.unit


def opened(passage: Passage, context: Context) -> Context:
    """For ``Tỉnh Lào Cai: ...`` a context of that unit, for this passage."""
    named = mentions(passage.text)
    if not named or not _OPENS_UNIT.fullmatch(passage.plain, 0, named[0].start):
        return context
    if not passage.plain[named[0].end :].lstrip().startswith(":"):
        return context
    is_same = named[0].unit.id == context.unit.id
    return Context(context.unit if is_same else named[0].unit, context.main, context.period)


def note_period(named: Named | None, context: Context, place: Place, found: Gathering) -> None:
    """Say that a figure is left aside because its sentence names another period."""
    own = context.period.named
    if named is not None and own is not None:
        found.doubt("period_differs_not_read", place, period=named.words, own=own.words)
