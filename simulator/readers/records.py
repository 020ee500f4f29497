"""What every reader returns, and the checks all of them share.

A published score is kept in hundredths of a point, like everywhere in the engine.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from simulator.errors import DataError, Place
from simulator.rules import Edition
from simulator.score import LARGEST_COUNT, to_hundredths

TOTAL = "TOTAL"
FULL_TOTAL = 100
# Found values are quoted in errors up to this length.
LONGEST_QUOTE = 40
# Half of a surrogate pair cannot be written as UTF-8.
BROKEN_TEXT = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A unit as a file names it: by the portal's code, its id, or both.

    ``level`` as a baseline names it (province, department, commune), None if the file is silent.
    """

    code: str | None
    id: str | None
    name: str | None
    level: str | None = None

    @property
    def key(self) -> str:
        return self.code or self.id or ""


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator of one unit in a file; both counts are None if printed without cases.

    ``is_rate``: only the rate is printed; ``numerator`` is in percent and ``denominator`` 100.
    """

    unit: UnitRef
    code: str
    numerator: float | None
    denominator: float | None
    published: int | None
    flag: str | None
    place: Place
    is_rate: bool = False


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The printed score of a group (or ``TOTAL``) of one unit.

    ``declared_maximum`` in points: the response of a single procedure lists fewer
    indicators and declares a smaller maximum than the group has. ``average``: the printed
    national average in hundredths.
    """

    unit: UnitRef
    group: str
    published: int | None
    declared_maximum: float | None
    place: Place
    average: int | None = None


@dataclass(frozen=True, slots=True)
class FactRow:
    """A number of one unit that is not part of its score, such as its finished dossiers."""

    unit: UnitRef
    code: str
    value: float
    value_unit: str
    place: Place


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file says of its own figures; an empty text where it is silent.

    ``period`` is a code such as ``2026-ytd``, ``captured_at`` an ISO day, ``edition`` a code.
    """

    period: str = ""
    captured_at: str = ""
    source: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a file that does not stop loading and has to be said.

    ``code`` is a key of the ``[findings]`` table of the text catalogue, filled with ``fields``;
    ``is_note`` where nothing can be wrong for it.
    """

    code: str
    fields: dict[str, Any]
    place: Place
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All rows of one or more files, and what in them could not be read.

    ``stated``: what the first file that says so states of its figures; ``doubts``: what could
    be read and should still be looked at.
    """

    rows: tuple[IndicatorRow, ...]
    groups: tuple[GroupRow, ...]
    problems: tuple[DataError, ...] = ()
    facts: tuple[FactRow, ...] = ()
    stated: Stated | None = None
    doubts: tuple[Doubt, ...] = ()


def one_line(value: object) -> str:
    """``value`` on one line, without characters that a terminal would act on."""
    text = " ".join(str(value).split())
    return "".join(char if char.isprintable() else "?" for char in text)


def quoted(value: object) -> str:
    """``value`` on one line and short, for an error message."""
    text = one_line(value)
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def clean_text(value: str | None, place: Place | None = None) -> str | None:
    """A name or code without outer blanks, in Unicode NFC; None if nothing is left.

    Raises :class:`DataError` for half a character or a NUL, which no file can hold.
    """
    if value is None:
        return None
    if BROKEN_TEXT.search(value):
        if place is None:
            raise DataError("text_characters", value=quoted(value))
        raise DataError("input_characters", place=place, value=quoted(value))
    return unicodedata.normalize("NFC", value.replace("\u00a0", " ").strip()) or None


def check_count(value: float, shown: object, place: Place) -> float:
    """Return ``value`` if it is a whole number from 0 that a double holds exactly."""
    if not 0 <= value < LARGEST_COUNT or value != math.floor(value):
        raise DataError("input_count", place=place, value=quoted(shown))
    return float(value)


def check_pair(numerator: float | None, denominator: float | None, place: Place) -> None:
    """Refuse half a pair of counts, and a numerator above its denominator."""
    if (numerator is None) != (denominator is None):
        empty = ""
        raise DataError(
            "input_half_pair",
            place=place,
            numerator=empty if numerator is None else numerator,
            denominator=empty if denominator is None else denominator,
        )
    if numerator is not None and denominator is not None and numerator > denominator:
        raise DataError("input_above", place=place, numerator=numerator, denominator=denominator)


def check_points(value: float, shown: object, maximum: float, place: Place) -> int:
    """Return published points as hundredths; refuse what is outside ``[0, maximum]``."""
    if not 0 <= value <= maximum:
        raise DataError("input_points", place=place, value=quoted(shown), maximum=maximum)
    return to_hundredths(value)


def check_group_points(
    value: float, shown: object, group: str, edition: Edition, place: Place
) -> int:
    """Like :func:`check_points` for a group; a payment above 10 tells that columns are swapped."""
    maximum = FULL_TOTAL if group == TOTAL else edition.group_by_code[group].maximum
    if group == "TTTT" and maximum < value <= edition.group_by_code["ONLINE"].maximum:
        raise DataError("input_groups_swapped", place=place, value=quoted(shown))
    return check_points(value, shown, maximum, place)


def find_group(name: str, edition: Edition) -> str | None:
    """Code of the group with that code or portal code (CLGQ is ONLINE), or ``TOTAL``."""
    for group in edition.groups:
        if name in (group.code, group.portal_code):
            return group.code
    return TOTAL if name == TOTAL else None
