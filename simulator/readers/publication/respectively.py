"""Lists with ``lần lượt``: several names, then as many figures in the same order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.readers.publication.figures import NUMBER
from simulator.readers.publication.passages import Passage
from simulator.readers.publication.units import listed_units
from simulator.readers.publication.words import RATES, Label
from simulator.readers.records import UnitRef

_MARKER = r"(?<!\w)(?:(?P<is_sure>lần lượt|theo thứ tự)|tương ứng)(?!\w)"
_POINTS = rf"{NUMBER}(?:\s*/\s*\d{{1,3}})?(?:\s*(?:điểm|đ)(?!\w))?(?![\d/]|[.,]\d|\s*%)"
_RATE = rf"{NUMBER}\s*%"
_AND = r"\s*(?:[,;]\s*và|[,;](?=\s)|và)\s*"
# A list may go on beyond a semicolon, up to so many characters.
_LONGEST = 400
_LISTS = {
    is_rate: re.compile(
        rf"{_MARKER}(?P<words>[^;.:,\d]{{0,60}}:?\s*)(?<![\d.,/])"
        rf"(?P<figures>{figure}(?:{_AND}{figure}){{0,30}})"
    )
    for is_rate, figure in ((False, _POINTS), (True, _RATE))
}
_RUN = re.compile(rf"(?<![\d.,/]){_POINTS}(?:{_AND}{_POINTS}){{1,30}}")
_ITEMS = {False: re.compile(_POINTS), True: re.compile(_RATE)}
_OF = re.compile(r"/\s*(\d{1,3})")


@dataclass(frozen=True)
class Figures:
    """Figures in a row at ``[start, end)``, each as printed; a maximum is 0 if none is printed.

    ``is_marked``: behind ``lần lượt`` or the like.
    """

    items: tuple[str, ...]
    maxima: tuple[int, ...]
    start: int
    end: int
    is_marked: bool


def figures_in_rows(
    passage: Passage, begin: int, end: int, *, is_rate: bool = False
) -> list[Figures]:
    """Rows of figures of a sentence that belong to as many names.

    Without a mark only scores of one maximum behind a list of units.
    """
    found = []
    for hit in _LISTS[is_rate].finditer(passage.plain, begin, end + _LONGEST):
        if hit.start() >= end:
            break
        row = _figures(hit["figures"], hit.start("figures"), True, is_rate)
        says = is_rate or row.maxima[-1] or re.search(r"điểm|đ$", hit["words"] + hit["figures"])
        if says and (len(row.items) > 1 or hit["is_sure"]):
            found.append(row)
    marked = {row.start for row in found}
    for hit in () if is_rate else _RUN.finditer(passage.plain, begin, end):
        row = _figures(hit[0], hit.start(), False, is_rate)
        is_alike = len(set(row.maxima)) == 1 and row.maxima[0] > 0
        names = listed_units(passage.text, begin, hit.start())
        if hit.start() not in marked and is_alike and len(names) > 1:
            found.append(row)
    return sorted(found, key=lambda row: row.start)


def _figures(text: str, start: int, is_marked: bool, is_rate: bool) -> Figures:
    items = [hit[0] for hit in _ITEMS[is_rate].finditer(text)]
    maxima = [int(of[1]) if (of := _OF.search(item)) else 0 for item in items]
    if maxima[-1] and not any(maxima[:-1]):
        maxima = [maxima[-1]] * len(items)
    values = tuple(hit[0] for item in items if (hit := re.match(NUMBER, item)))
    return Figures(values, tuple(maxima), start, start + len(text), is_marked)


def groups_of(labels: Sequence[Label], begin: int, end: int) -> list[str]:
    """Codes named in ``[begin, end)`` in their order; a name within a longer one does not count."""
    inside = [one for one in labels if begin <= one.start and one.end <= end]
    whole = [
        one
        for one in inside
        if not any(
            other.start <= one.start and one.end <= other.end and other != one for other in inside
        )
    ]
    return list(dict.fromkeys(one.code for one in sorted(whole, key=lambda one: one.start)))


def assigned(
    row: Figures, units: Sequence[UnitRef], groups: Sequence[str], unit: UnitRef
) -> list[tuple[UnitRef, str]] | None:
    """Unit and group of each figure; None if the numbers of names and figures differ."""
    count = len(row.items)
    if not row.is_marked:
        return None
    if len(units) == count > 1 and len(groups) == 1:
        return [(one, groups[0]) for one in units]
    if len(groups) == count > 1 and len(units) < 2:
        return [(unit, group) for group in groups]
    return None


def rates_named(text: str) -> set[str]:
    """Codes of all indicators and facts whose words are in ``text``."""
    return {code for code, words in RATES if words.search(text)}
