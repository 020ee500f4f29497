"""Numbers as Vietnamese documents write them, in and out.

Output: decimal comma, dot for thousands (12.345 hồ sơ; 61,89 điểm; 98,6%); English
output swaps the two. Input accepts both habits and refuses what is ambiguous.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

from simulator.errors import ScenarioError

_SWAP = str.maketrans(",.", ".,")
_SPACES = re.compile(r"[\s\u00a0\u202f]")
_PLAIN = re.compile(r"\d+")
_GROUPED = re.compile(r"[1-9]\d{0,2}((\.\d{3})+|(,\d{3})+)")
_ONE_GROUP = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_UNIT_WORDS = re.compile(
    r"(hồ\s*sơ|thủ\s*tục|xã|phản\s*ánh,?\s*kiến\s*nghị|phản\s*ánh|pakn|tthc|điểm\s*%|đ%)$",
    re.IGNORECASE,
)
# Asia/Ho_Chi_Minh has had no daylight saving time since 1979.
VIETNAM = timezone(timedelta(hours=7))
_PERCENTAGE_POINTS = re.compile(r"(điểm\s*%|đ%)$", re.IGNORECASE)
# Longer input is never a number somebody typed.
LONGEST_NUMBER = 40


def format_number(value: float, decimals: int, language: str = "vi", *, sign: bool = False) -> str:
    """Format with a fixed number of decimals; a true minus sign, ``+`` only if asked."""
    text = f"{abs(value):,.{decimals}f}"
    if language == "vi":
        text = text.translate(_SWAP)
    is_zero = not re.search(r"[1-9]", text)
    if value < 0 and not is_zero:
        return f"−{text}"
    return f"+{text}" if sign and not is_zero else text


def format_count(value: float, language: str = "vi", *, sign: bool = False) -> str:
    """A count, or with two decimals what is not a whole number (percentage points)."""
    decimals = 0 if float(value).is_integer() else 2
    return format_number(value, decimals, language, sign=sign)


def format_points(
    hundredths: int, decimals: int = 2, language: str = "vi", *, sign: bool = False
) -> str:
    """A score kept in hundredths of a point, half up on the last decimal shown."""
    shown = in_last_decimal(hundredths, decimals)
    return format_number(shown / 10**decimals, decimals, language, sign=sign)


def in_last_decimal(hundredths: Any, decimals: int) -> Any:
    """``hundredths`` as a whole number of the last decimal shown (2 or fewer), half up.

    Takes a number or an array of them.
    """
    step = 10 ** (2 - decimals)
    size = (abs(hundredths) + step // 2) // step
    return size * ((hundredths > 0) * 1 - (hundredths < 0) * 1)


def format_percent(percent: float, language: str = "vi", decimals: int = 1) -> str:
    """A rate as :func:`shown_percent` rounds it."""
    return f"{format_number(shown_percent(percent, decimals), decimals, language)}%"


def shown_percent(percent: float, decimals: int = 1) -> float:
    """A rate as it is shown: never 100 % for less than 100, nor 0 % for more than 0."""
    shown = round(percent, decimals)
    step = 10.0**-decimals
    if shown >= 100 > percent:
        return 100 - step
    if shown <= 0 < percent:
        return step
    return shown


def format_certainty(share: float, language: str = "vi") -> str:
    """A certainty (part of 1) in percent: with a decimal only if it has one."""
    return format_percent(100 * share, language, certainty_decimals(share))


def certainty_decimals(share: float) -> int:
    return 0 if round(100 * share, 6).is_integer() else 1


def plain_number(value: float) -> str:
    """``value`` as links and files write it: up to six decimals after a point, none for nothing."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def parse_number(text: str, language: str = "vi") -> Fraction:
    """Read a number typed by a person: 3000, 3.000, 1.234.567, 1234,5, 95.5.

    One group of three digits after the mark that is not the language's own for thousands
    (``12,345`` in Vietnamese, ``12.345`` in English) could be either: it is refused, not
    guessed. Raises :class:`ScenarioError` with the text as found.
    """
    composed = unicodedata.normalize("NFC", text.strip())
    cleaned = _SPACES.sub("", _UNIT_WORDS.sub("", composed))
    sign = 1
    if cleaned[:1] in ("+", "-", "−", "–"):
        sign = 1 if cleaned[0] == "+" else -1
        cleaned = cleaned[1:]
    if len(cleaned) > LONGEST_NUMBER or not cleaned.isascii():
        raise ScenarioError("not_a_number", value=text[:LONGEST_NUMBER])
    if _PLAIN.fullmatch(cleaned):
        return Fraction(cleaned) * sign
    if _ONE_GROUP.fullmatch(cleaned) and ("." in cleaned) == (language != "vi"):
        raise ScenarioError(
            "ambiguous_number", value=text,
            whole=re.sub(r"[.,]", "", cleaned), decimal=cleaned.replace(",", ".") + "0",
        )  # fmt: skip
    if _GROUPED.fullmatch(cleaned):
        return Fraction(re.sub(r"[.,]", "", cleaned)) * sign
    if _DECIMAL.fullmatch(cleaned):
        return Fraction(cleaned.replace(",", ".")) * sign
    raise ScenarioError("not_a_number", value=text[:LONGEST_NUMBER])


def is_percentage_points(text: str) -> bool:
    """True for ``5 điểm %``: a change of a rate, where ``5%`` is a rate to reach."""
    return bool(_PERCENTAGE_POINTS.search(unicodedata.normalize("NFC", text.strip())))


def parse_percent(text: str) -> Fraction:
    """Read a rate in percent, with or without the sign: a single mark is always decimal."""
    cleaned = _SPACES.sub("", text).removesuffix("%").replace(",", ".")
    if len(cleaned) > LONGEST_NUMBER or not re.fullmatch(r"[0-9]+(\.[0-9]+)?", cleaned):
        raise ScenarioError("not_a_number", value=text[:LONGEST_NUMBER])
    return Fraction(cleaned)


def format_date(moment: str) -> str:
    """An ISO date or moment as dd/mm/yyyy (hh:mm) in Vietnam's time; empty stays empty."""
    if not moment:
        return ""
    parsed = datetime.fromisoformat(moment)
    if len(moment) <= len("2026-10-10"):
        return parsed.strftime("%d/%m/%Y")
    if parsed.tzinfo is not None:
        parsed = parsed.astimezone(VIETNAM)
    return parsed.strftime("%d/%m/%Y %H:%M")
