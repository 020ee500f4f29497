"""What the name of a unit says of its place: of which kind it is, its own name, and what is above.

Names are written in many ways (``UBND Xã Ayun``, ``Tỉnh Phú Thọ``, ``Sở Y tế - tỉnh Gia Lai``);
what a name does not say is left open, never guessed from a similar one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from simulator import library
from simulator.allocation_units import list_above
from simulator.baseline import Baseline, Unit
from simulator.errors import ScenarioError

# Since 1 July 2025 communes are directly below the province.
DISTRICTS_UNTIL = date(2025, 7, 1)
KINDS = {
    "tỉnh": "province", "thành phố": "city", "tp": "city", "tp.": "city", "huyện": "district",
    "thị xã": "town", "quận": "urban_district", "xã": "commune", "phường": "ward",
    "thị trấn": "township", "đặc khu": "special_zone",
}  # fmt: skip
# Where a name does not say it.
_OF_LEVEL = {"province": "province", "district": "district", "commune": "commune"}
_KIND = "|".join(re.escape(word) for word in sorted(KINDS, key=len, reverse=True))
_COMMITTEE = re.compile(r"(?:UBND|[UỦ][ỷỶyY]? ban nhân dân)\s+", re.IGNORECASE)
_SEAT = re.compile(rf"(?P<kind>{_KIND})\s+(?P<name>.+)", re.IGNORECASE)
ABOVE = re.compile(r"\s+-\s+(?P<above>(?:tỉnh|thành phố|tp\.?)\s+.+)$", re.IGNORECASE)
_LAST_PLACE = re.compile(rf"\b(?:{_KIND})\s.+", re.IGNORECASE)
# Departments listed together are no office that issues papers.
_TOGETHER = re.compile(r"các\s", re.IGNORECASE)


@dataclass(frozen=True)
class Seat:
    """A place with its own committee; ``kind``: a value of :data:`KINDS`; ``name`` "" if open."""

    kind: str
    name: str = ""


def plain_name(text: str) -> str:
    """``text`` composed, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def seat_of(name: str, level: str) -> Seat:
    """The place a committee of this name sits in; its name is open where none is given."""
    text = _COMMITTEE.sub("", plain_name(name), count=1).partition(" - ")[0]
    found = _SEAT.fullmatch(text)
    kind = KINDS[found["kind"].lower()] if found else _OF_LEVEL.get(level, "province")
    own = found["name"] if found else text
    # "UBND tỉnh (không nêu tên)", "Tỉnh không nêu tên", "Một tỉnh".
    is_open = "(" in own or own.lower().startswith(("không ", "một "))
    return Seat(kind, "" if is_open else own)


def seat_in(name: str) -> Seat | None:
    """The place that a name of any kind ends with: ``Các sở, ngành tỉnh Bình Thuận``."""
    found = _LAST_PLACE.search(plain_name(name))
    return None if found is None else seat_of(found.group(), "")


def seat_above(baseline: Baseline, unit: Unit) -> Seat | None:
    """The place whose committee ``unit`` is under, its name open if it is not known; None for a
    province, which is under the Government and names no authority above."""
    if unit.level == "province":
        return None
    province = _province_of(baseline, unit.code)
    if province is not None:
        return province
    above = ABOVE.search(plain_name(unit.name))
    if above is not None:
        return seat_of(above["above"], "province")
    only = _only_one_above(baseline, unit)
    return only or Seat(_kind_above(baseline, unit))


def _province_of(baseline: Baseline, unit: str) -> Seat | None:
    """The province whose code the unit's begins with, by the name it has in any figures."""
    try:
        return _province_in(baseline.id, unit)
    except ScenarioError:
        # Figures of a file, which the library does not list.
        return _province_listed(baseline, unit)


@library.remembered(maxsize=512)
def _province_in(baseline_id: str, unit: str) -> Seat | None:
    return _province_listed(library.load(baseline_id), unit)


def _province_listed(baseline: Baseline, unit: str) -> Seat | None:
    listed = list_above(baseline, unit)
    if listed is None:
        return None
    province = library.load(listed[0]).unit(listed[1])
    return seat_of(province.name, province.level)


def _only_one_above(baseline: Baseline, unit: Unit) -> Seat | None:
    """Where the figures hold a single district, or province, they are those of its units."""
    levels = [_kind_above(baseline, unit)]
    if unit.level == "department":
        levels.append("district")
    for level in levels:
        found = [one for one in baseline.units.values() if one.level == level]
        if len(found) == 1:
            return seat_of(found[0].name, level)
        if found:
            break
    return None


def _kind_above(baseline: Baseline, unit: Unit) -> str:
    return "district" if unit.level == "commune" and has_districts(baseline) else "province"


def has_districts(baseline: Baseline) -> bool:
    """True for figures of the time before the district level was abolished."""
    try:
        return baseline.whole_period().last < DISTRICTS_UNTIL
    except ScenarioError:
        # When they were read is not known; the year is.
        return baseline.period[:4] < str(DISTRICTS_UNTIL.year)


def office_name(unit: Unit) -> str:
    """A department's own name, empty for several that are listed together."""
    text = plain_name(unit.name)
    text = ABOVE.sub("", text)
    if _TOGETHER.match(text):
        return ""
    # "Văn phòng UBND tỉnh": whose it is stands in the line above.
    return re.sub(r"^(Văn phòng)\s+(?:UBND|Ủy ban nhân dân)\b.*", r"\1", text, flags=re.IGNORECASE)
