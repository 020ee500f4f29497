"""How published figures are written: with the decimals they were published with."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from simulator.baseline import Basis, Evidence, Unit
from simulator.numbers import format_date, format_percent, format_points, shown_percent
from simulator.presentation.speech import Speech
from simulator.reports.letterhead_names import ABOVE, KINDS, plain_name

LOWER_BOUND = "LOWER_BOUND"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_PLACES = (
    "Xã ", "Phường ", "Đặc khu ", "Huyện ", "Quận ", "Thị xã ", "Thị trấn ", "Thành phố ", "Tỉnh ",
    "Các ",
)  # fmt: skip
_OF_COMMITTEE = re.compile(rf"(?<=\bUBND )(?:{'|'.join(_PLACES)})")
# ``(TEMP_NATIONAL_REPORT_DENOMINATOR)``, ``(totalFeeDossierFormality)``.
_CODE = re.compile(r"\s*\((?:[A-Z0-9]+(?:_[A-Z0-9]+)+|[a-z]+(?:[A-Z][a-z0-9]*)+)\)")
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def points_decimals(scores: Iterable[int | None], say: Speech) -> int:
    """Decimals that show ``scores`` (hundredths) in full, at least those of the edition."""
    return 2 if any(score is not None and score % 10 for score in scores) else say.decimals


def points(hundredths: int | None, say: Speech, *, sign: bool = False) -> str:
    """``13,3``, ``60,08``; a dash if not published."""
    if hundredths is None:
        return say("unit.unknown")
    decimals = points_decimals([hundredths], say)
    return format_points(hundredths, decimals, say.language, sign=sign)


def of_max(hundredths: int | None, maximum: int, say: Speech) -> str:
    """``13,3/18``."""
    return f"{points(hundredths, say)}/{maximum}"


def percent(value: float | None, say: Speech) -> str:
    """A rate with one decimal, or with both that were printed."""
    if value is None:
        return say("unit.unknown")
    return format_percent(value, say.language, percent_decimals([value]))


def percent_decimals(values: Iterable[float | None]) -> int:
    """2 if one of the printed rates has two decimals, else 1."""
    known = [value for value in values if value is not None]
    return 2 if any(abs(value - round(value, 1)) > 1e-9 for value in known) else 1


def printed_rate(evidence: Evidence) -> float | None:
    """A rate in percent as it was published, or with one decimal where counts were; None where
    neither was."""
    value = evidence.rate_percent
    if evidence.basis is Basis.RATE:
        return evidence.numerator
    return None if value is None or evidence.assumed else shown_percent(value)


def rate(evidence: Evidence, say: Speech) -> str:
    """``77,93%``; ``hơn 31,0%`` where a publication gives a lower bound only."""
    if evidence.basis is not Basis.RATE:
        return say.percent(evidence.rate_percent)
    decimals = _printed_decimals(evidence.raw or "", evidence.numerator)
    told = format_percent(evidence.numerator, say.language, decimals)
    if evidence.flag == LOWER_BOUND:
        return say("announcement.more_than", rate=told)
    return told


def _printed_decimals(raw: str, value: float) -> int:
    """How many decimals a printed text gives ``value``; else those it needs, at least one."""
    for text in _NUMBER.findall(raw):
        if math.isclose(float(text.replace(",", ".")), value):
            return len(text.replace(",", ".").partition(".")[2])
    return percent_decimals([value])


def padded(count: int, say: Speech) -> str:
    """``09``: Vietnamese documents write counts below ten with a zero."""
    return f"{count:02d}" if say.language == "vi" and count < 10 else say.count(count)


def part_of(count: int, of: int, say: Speech) -> str:
    """``04/06``."""
    return f"{padded(count, say)}/{padded(of, say)}"


def listed(names: Sequence[str]) -> str:
    """Names that may hold commas."""
    return "; ".join(names)


def lowered(text: str) -> str:
    """``text`` inside a sentence: its first letter small unless it is a word of capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def unit_name(unit: Unit) -> str:
    """``UBND xã Kông Bơ La``: as an official text calls it, without the province behind a dash."""
    whole = plain_name(unit.name)
    own = _OF_COMMITTEE.sub(lambda kind: kind.group().lower(), ABOVE.sub("", whole))
    if unit.level != "department":
        # The name of its province stands above it in the heading.
        return own.partition(" - ")[0]
    above = ABOVE.search(whole)
    return own if above is None else _joined(own, lowered(above["above"]))


def _joined(office: str, above: str) -> str:
    """``Thanh tra tỉnh Gia Lai``: an office that ends with the kind of its place says it once."""
    kind = next(word for word in KINDS if above.lower().startswith(f"{word} "))
    if office.lower().endswith(f" {kind}"):
        office = office[: -len(kind) - 1]
    return f"{office} {above}"


def inside(name: str, say: Speech) -> str:
    """``xã Vân Canh``: a short name inside a sentence; other names keep their capital."""
    return lowered(name) if say.language == "vi" and name.startswith(_PLACES) else name


def without_codes(note: str) -> str:
    """``note`` without the names of the portal's own fields: they tell a reader nothing."""
    return _CODE.sub("", note)


def day_of(captured_at: str, say: Speech) -> str:
    """``đọc ngày 26/09/2026``, or that the publication has no date."""
    if not captured_at:
        return say("announcement.no_day")
    return say("announcement.read_on", day=format_date(captured_at))


def roman(number: int) -> str:
    """``I`` for 1."""
    return _NUMERALS[number - 1]
