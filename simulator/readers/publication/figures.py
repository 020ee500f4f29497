"""Single figures as publications print them: scores with their maximum, rates, plain numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

NUMBER = r"\d{1,3}(?:[.,]\d{1,4})?"
SCORE = re.compile(
    rf"(?<![\d.,/])(?P<value>{NUMBER})(?P<slip>\s*/\s*[.,]\d{{1,2}})?\s*(?P<before>điểm|đ)?\s*"
    rf"(?:/|trên(?: tổng(?: số)?)?)\s*(?P<of>\d{{1,3}})(?:[.,]0{{1,2}})?(?![\d/]|[.,]\d)"
    rf"\s*(?P<after>điểm|đ\b)?"
)
BARE = re.compile(
    rf"(?:đạt|được|là|:)\s*(?P<value>{NUMBER})\s*điểm(?!\s*(?:/|trên|%|phần trăm))"
    rf"|tổng (?:số )?điểm\s*(?:đạt|là|:)?\s*(?P<total>{NUMBER})"
    r"(?![\d/%]|[.,]\d|\s*(?:điểm|/|%|trên|đến|tới|lên|xuống|[-–~]\s*\d))"
)
RATE = re.compile(rf"(?<![\d.,/])(?P<value>{NUMBER})\s*(?:%|phần trăm)")


@dataclass(frozen=True)
class Score:
    """``value`` of ``maximum`` at ``[start, end)``; ``says_points`` if the word điểm stands there.

    ``slip``: a slash stood inside the number (``16/,6/20``); ``maximum`` is None if none is
    printed, ``value`` is None if it has more than two decimals.
    """

    value: Fraction | None
    maximum: int | None
    says_points: bool
    slip: bool
    start: int
    end: int


def scores_in(text: str) -> list[Score]:
    """Everything in ``text`` that may be a score, in its order."""
    found = [_with_maximum(hit) for hit in SCORE.finditer(text)]
    taken = [(one.start, one.end) for one in found]
    for hit in BARE.finditer(text):
        start, end = hit.start(hit.lastgroup or 0), hit.end()
        if not any(begin < end and start < stop for begin, stop in taken):
            found.append(Score(points(hit["value"] or hit["total"]), None, True, False, start, end))
    return sorted(found, key=lambda one: one.start)


def _with_maximum(hit: re.Match[str]) -> Score:
    says = bool(hit["before"] or hit["after"])
    slip = hit["slip"]
    printed = hit["value"] + re.sub(r"[\s/]", "", slip) if slip else hit["value"]
    return Score(points(printed), int(hit["of"]), says, bool(slip), hit.start(), hit.end())


def points(printed: str) -> Fraction | None:
    """A score with a decimal comma or point; None for more than two decimals or two marks."""
    if not re.fullmatch(r"\d+(?:[.,]\d{1,2})?", printed):
        return None
    return Fraction(printed.replace(",", "."))


def percent(printed: str) -> Fraction | None:
    """A rate; a single mark is always decimal. None if it is no number."""
    cleaned = printed.replace("%", "").strip()
    if not re.fullmatch(r"\d{1,3}(?:[.,]\d{1,4})?", cleaned):
        return None
    return Fraction(cleaned.replace(",", "."))


def count(printed: str) -> Fraction | None:
    """A whole number, grouped by dots or commas or not at all; None if it is none."""
    cleaned = printed.strip()
    if re.fullmatch(r"\d{1,12}", cleaned):
        return Fraction(int(cleaned))
    if re.fullmatch(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*", cleaned):
        return Fraction(int(re.sub(r"[.,]", "", cleaned)))
    return None
