"""Lines and sentences too long for a publication: refused with their place, not read for hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from simulator.errors import Place
from simulator.readers.publication.figures import RATE, SCORE
from simulator.readers.publication.gathering import Gathering
from simulator.readers.publication.passages import Line, Passage, place_of

LONGEST_LINE = 20_000
MOST_FIGURES = 200
# What of a long line is quoted.
_QUOTED = 40


def without_long_lines(lines: Sequence[Line], file: str, found: Gathering) -> list[Line]:
    """``lines`` with those above ``LONGEST_LINE`` characters emptied; each of them is a problem."""
    kept = []
    for line in lines:
        is_long = len(line.text) > LONGEST_LINE
        if is_long:
            place = place_of(file, line.number, line.text[:_QUOTED])
            _refuse(found, place, len(line.text))
        kept.append(replace(line, text="") if is_long else line)
    return kept


def without_long_passages(passages: Sequence[Passage], found: Gathering) -> list[Passage]:
    """``passages`` that can be read; problems name joined lines and sentences that are too long."""
    kept = []
    for passage in passages:
        if len(passage.text) > LONGEST_LINE:
            _refuse(found, passage.place(0, _QUOTED), len(passage.text))
        elif not _has_too_many(passage, found):
            kept.append(passage)
    return kept


def _refuse(found: Gathering, place: Place, length: int) -> None:
    found.problem("publication_line_long", place, count=length, limit=LONGEST_LINE)


def _has_too_many(passage: Passage, found: Gathering) -> bool:
    for begin, end in passage.sentences():
        count = sum(1 for _ in SCORE.finditer(passage.plain, begin, end))
        count += sum(1 for _ in RATE.finditer(passage.plain, begin, end))
        if count > MOST_FIGURES:
            found.problem("publication_figures_many", passage.place(begin, begin + _QUOTED),
                          count=count, limit=MOST_FIGURES)  # fmt: skip
            return True
    return False
