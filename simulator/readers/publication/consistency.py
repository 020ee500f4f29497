"""A publication against itself: printed maxima, sums, counts, marks and names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from simulator.readers.publication.gathering import Gathering, Points, shown
from simulator.readers.publication.grids import Grid, footnote_marks
from simulator.readers.publication.passages import Line, place_of, plain
from simulator.readers.publication.units import UNNAMED, name_key
from simulator.readers.publication.words import maximum_of
from simulator.readers.records import TOTAL, IndicatorRow
from simulator.rules import Edition

_COMMA, _POINT = (
    re.compile(r"(?<![\d,])\d+,\d{1,2}(?!\d)"),
    re.compile(r"(?<![\d.])\d+\.\d{1,2}(?![\d.])"),
)
_FIGURE = re.compile(r"(?<![\w.,/])\d+[.,]\d{1,2}(?=\s*(?:%|/\d))")
# Fewer rows than this can be alike by chance.
_MANY = 5
# Counts that should add up: the whole and its parts.
_SUMS = (
    ("RECEIVED_AND_HANDLED", ("IN_PROGRESS", "DONE")),
    ("IN_PROGRESS", ("IN_PROGRESS_NOT_DUE", "IN_PROGRESS_OVERDUE")),
    ("DONE", ("DONE_ON_TIME", "DONE_OVERDUE")),
)
_SAME = 0.5


def confirm_maxima(found: Gathering, edition: Edition) -> None:
    """Take out scores above the full marks, and those beside a maximum of another group.

    A maximum that another place corrects with the same score is a slip and only doubted.
    """
    kept = []
    for one in found.points:
        right = maximum_of(one.group, edition)
        if one.value > right:
            found.problem("publication_points", one.place, value=shown(one.value),
                          group=one.group, maximum=right)  # fmt: skip
        elif one.maximum in (None, right):
            kept.append(one)
        elif _is_confirmed(one, right, found.points):
            found.doubt("maximum_misprinted", one.place, group=one.group, printed=one.maximum,
                        maximum=right, value=shown(one.value))  # fmt: skip
            kept.append(one)
        else:
            found.problem("publication_maximum", one.place, value=shown(one.value),
                          printed=one.maximum, group=one.group, maximum=right)  # fmt: skip
    found.points = kept


def _is_confirmed(one: Points, right: int, others: Sequence[Points]) -> bool:
    return any(
        (other.unit.key, other.group, other.value, other.is_average, other.maximum)
        == (one.unit.key, one.group, one.value, one.is_average, right)
        for other in others
    )


def check_document(
    lines: Sequence[Line], grids: Sequence[Grid], file: str, edition: Edition, found: Gathering
) -> None:
    """All doubts that need more than one figure."""
    _sums(edition, found)
    _counts(found)
    _copies(found)
    _rates_alike(found)
    _columns_alike(found)
    _marks(lines, file, found)
    _footnotes(lines, grids, file, found)
    unnamed = next((one for one in found.points if one.unit.id == UNNAMED), None)
    if unnamed:
        found.note("unit_not_named", unnamed.place)


def _sums(edition: Edition, found: Gathering) -> None:
    """Groups that do not add up to the total only because they were rounded."""
    units: dict[tuple[str, bool], dict[str, Points]] = {}
    for one in found.points:
        units.setdefault((one.unit.key, one.is_average), {}).setdefault(one.group, one)
    for known in units.values():
        total = known.get(TOTAL)
        groups = [one for group, one in known.items() if group != TOTAL]
        parts = sum((one.value for one in groups), Fraction(0))
        if total and len(groups) == len(edition.groups) and parts != total.value:
            slack = sum(5 for one in (*groups, total) if (one.value * 10).denominator == 1)
            if abs(parts - total.value) * 100 <= slack + len(groups):
                found.note("sum_rounded", total.place, parts=shown(parts),
                           total=shown(total.value))  # fmt: skip


def _counts(found: Gathering) -> None:
    """Numbers of dossiers that do not add up, and a local on-time rate unlike the printed one."""
    facts = {(fact.unit.key, fact.code): fact for fact in found.facts}
    for (unit, code), whole in facts.items():
        for name, parts in _SUMS:
            values = [facts[unit, part].value for part in parts if (unit, part) in facts]
            if code == name and len(values) == len(parts) and sum(values) != whole.value:
                found.doubt("counts_differ", whole.place, whole=whole.value, parts=sum(values),
                            rest=abs(whole.value - sum(values)))  # fmt: skip
    for row in found.rows:
        done, good = facts.get((row.unit.key, "DONE")), facts.get((row.unit.key, "DONE_ON_TIME"))
        if row.code == "ON_TIME" and row.is_rate and done and good and done.value:
            local = good.value / done.value * 100
            if abs(local - (row.numerator or 0)) > _SAME:
                fields = {"good": good.value, "done": done.value, "printed": _percent(row)}
                found.doubt("local_rate_differs", row.place,
                            local=f"{local:.1f}".replace(".", ","), **fields)  # fmt: skip


def _copies(found: Gathering) -> None:
    """A number of a whole in the text against the sum of a table."""
    facts = [fact for fact in found.facts if fact.code == "CERTIFIED_COPIES"]
    whole = [fact for fact in facts if not fact.unit.code]
    parts = [fact.value for fact in facts if fact.unit.code]
    if len(whole) == 1 and len(parts) > 1 and sum(parts) != whole[0].value:
        found.doubt("sum_differs", whole[0].place, whole=whole[0].value, parts=sum(parts))


def _rates_alike(found: Gathering) -> None:
    """One uneven rate for two indicators of a unit: it may have been copied."""
    seen: dict[tuple[str, float], IndicatorRow] = {}
    for row in found.rows:
        if not row.is_rate or row.numerator is None or row.numerator.is_integer():
            continue
        first = seen.setdefault((row.unit.key, row.numerator), row)
        if first.code != row.code:
            found.doubt("rate_printed_twice", row.place, indicator=row.code, partner=first.code,
                        value=_percent(row))  # fmt: skip


def _columns_alike(found: Gathering) -> None:
    """A column that says 100 or 0 for nearly every unit: a default rather than a measurement."""
    columns: dict[str, list[IndicatorRow]] = {}
    for row in found.rows:
        if row.is_rate and row.unit.code:
            columns.setdefault(row.code, []).append(row)
    for code, rows in columns.items():
        for value in (0.0, 100.0):
            alike = [row for row in rows if row.numerator == value]
            if len(alike) >= _MANY and 10 * len(alike) >= 9 * len(rows):
                found.note("column_alike", alike[0].place, indicator=code, count=len(alike),
                           of=len(rows), value=_percent(alike[0]))  # fmt: skip


def _marks(lines: Sequence[Line], file: str, found: Gathering) -> None:
    """Decimal commas and decimal points in one text."""
    commas, points = [], []
    for line in lines:
        figures = _FIGURE.findall(line.text)
        is_row = bool(re.search(r"\.H\d{2}\b|H\d{2}\s", line.text))
        text = re.sub(r"\S*H\d{2}\S*", " ", line.text) if is_row else " ".join(figures)
        commas += [(line, hit[0]) for hit in _COMMA.finditer(text)]
        points += [(line, hit[0]) for hit in _POINT.finditer(text)]
    if commas and points:
        line, example = min(commas, points, key=len)[0]
        other = max(commas, points, key=len)[0][1]
        place = place_of(file, line.number, line.text)
        found.note("decimal_marks_mixed", place, first=other, second=example)


def _footnotes(lines: Sequence[Line], grids: Sequence[Grid], file: str, found: Gathering) -> None:
    """Footnote marks in headings: what they say belongs to the figures below."""
    for grid in grids:
        for mark in dict.fromkeys(footnote_marks(grid, lines)):
            place = place_of(file, grid.line, " | ".join(grid.headings))
            is_told = any(plain(line.text).startswith(mark) for line in lines)
            code = "footnote_told" if is_told else "footnote_missing"
            found.note(code, place, mark=mark)


def check_spellings(found: Gathering) -> None:
    """One unit under two spellings."""
    seen: dict[str, str] = {}
    told = set()
    named = [(one.unit, one.place) for one in found.points]
    named += [(row.unit, row.place) for row in found.rows]
    named += [(fact.unit, fact.place) for fact in found.facts]
    for unit, place in named:
        key = name_key(unit.name or "")
        first = seen.setdefault(key, unit.name or "")
        if key not in told and _bare(first) != _bare(unit.name or ""):
            told.add(key)
            found.note("unit_spelt_twice", place, first=first, second=unit.name)


def _bare(name: str) -> str:
    text = re.sub(r"\s+-\s+tỉnh\s.*$", "", " ".join(name.lower().split()))
    return re.sub(r"^(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân) ", "", text)


def _percent(row: IndicatorRow) -> str:
    return f"{row.numerator:g}%".replace(".", ",")
