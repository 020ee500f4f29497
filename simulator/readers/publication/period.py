"""Which period a publication, and a single figure of it, is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from simulator.readers.publication.figures import RATE, scores_in
from simulator.readers.publication.passages import Passage, plain
from simulator.readers.publication.words import OTHER_PERIOD, TARGET, is_of_other_period

_DATES = re.compile(
    r"\d{1,2}[/-]\d{1,2}[/-]\d{4}|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}"
    r"|(?<!\d)\d+/\d{4}/[a-zđ]\S*"
)
_YEAR = r"(?:\s*/\s*|\s*-\s*|\s+năm\s+|\s+)(?P<{0}>20\d{{2}})(?!\d)"
_PERIODS = re.compile(
    rf"(?P<months>\d{{1,2}}) tháng(?: đầu)?{_YEAR.format('y1')}"
    rf"|tháng (?P<month>\d{{1,2}}){_YEAR.format('y2')}"
    rf"|quý (?P<quarter>[1-4]|i{{1,3}}|iv){_YEAR.format('y3')}"
    r"|năm (?P<y4>20\d{2})(?![\d-])"
)
_QUARTERS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
# Words just before a period by which it is one to compare with, or still to come.
_NEAR = 20
# Between a figure and the period behind it, and what must not follow that period.
_BEHIND = re.compile(r"\s*(?:điểm\s*)?(?:(?:trong|của|vào|cho)\s+)?\(?")
_OPENS_OTHER = re.compile(r"\s*(?:\d|:|(?:tỉnh|đạt|là|được|chỉ|mới)(?!\w))")
# Headings whose year is that of a plan or a law, not of the figures.
_OF_OTHERS = re.compile(
    r"căn cứ|kế hoạch|quyết định|nghị quyết|chỉ thị|phương hướng|nhiệm vụ|nâng cao"
)
_TOGETHER = re.compile(r"\s*(?:và|,|-|–|đến)\s*")


@dataclass(frozen=True)
class Named:
    """A period as a text names it at ``[start, end)``: its code and its words."""

    code: str
    words: str
    start: int
    end: int

    def is_like(self, other: Named) -> bool:
        """True if both can be one period: the same, or a part of a year and that year."""
        years = self.code[:4], other.code[:4]
        return self.code == other.code or (
            years[0] == years[1] and min(self.code, other.code) == years[0]
        )


@dataclass
class OwnPeriod:
    """The period of a document; ``is_sure`` unless it is only that of the first figure.

    ``is_one_of_many``: the figures name others too.
    """

    named: Named | None = None
    is_sure: bool = False
    is_one_of_many: bool = False


def period_of_text(passages: Sequence[Passage], line: int) -> str:
    """The one period named where the first score stands (``line``), else above it.

    A code such as ``2023-02`` or ``2023-10m``; empty if none or more than one is named.
    """
    above = [one for one in passages if one.starts[0][1] <= line]
    for part in (above[-1:], above[:-1]):
        found = {named.code for passage in part for named in named_periods(passage)}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def own_period(passages: Sequence[Passage]) -> OwnPeriod:
    """The period of the figures of a document, by its headings and by what figures say."""
    for is_rate in (False, True):
        figures = [(k, at) for k, one in enumerate(passages) for at in _figures(one, is_rate)]
        if figures:
            break
    else:
        return OwnPeriod()
    first, (begin, _, _) = figures[0]
    periods = {k: named_periods(passages[k]) for k, _ in figures}
    own = [period_of_figure(passages[k], periods[k], *at) for k, at in figures]
    told = {one.code: one for one in reversed(own) if one}
    heading = _heading(passages, first, begin)
    is_many = len(told) > 1
    if heading and (own[0] is None or (is_many and heading.code in told)):
        return OwnPeriod(heading, True, is_many)
    earliest = next((one for one in own if one), None)
    return OwnPeriod(earliest, not is_many and earliest is not None, is_many)


def _figures(passage: Passage, is_rate: bool) -> list[tuple[int, int, int]]:
    """Sentence, start and end of each figure that is no target and no comparison."""
    found = []
    for begin, end in passage.sentences():
        text = passage.plain[begin:end]
        spans = [(one.start, one.end) for one in scores_in(text)]
        if is_rate:
            spans = [hit.span() for hit in RATE.finditer(text)]
        for start, stop in spans:
            near = text[max(0, start - 80) : start]
            if not TARGET.search(near) and not is_of_other_period(near, near):
                found.append((begin, begin + start, begin + stop))
    return found


def _heading(passages: Sequence[Passage], first: int, begin: int) -> Named | None:
    """The one period named above the first figure, in its own passage or else before."""
    own = [one for one in named_periods(passages[first]) if one.end <= begin]
    above = [
        one
        for passage in passages[:first]
        if not _OF_OTHERS.search(passage.plain)
        for one in named_periods(passage)
    ]
    for part in (own, above):
        codes = {one.code for one in part}
        if codes:
            return part[-1] if len(codes) == 1 else None
    return None


def period_of_figure(
    passage: Passage, named: Sequence[Named], begin: int, start: int, end: int
) -> Named | None:
    """The period that the sentence from ``begin`` names for its figure at ``[start, end)``."""
    text = passage.plain
    behind = next((one for one in named if end <= one.start), None)
    if behind is not None and _is_behind(text, end, behind):
        return behind
    before = [one for one in named if begin <= one.start and one.end <= start]
    before = [one for one in before if not _is_closed(text[one.end : start])]
    if not before:
        return None
    last = before[-1]
    pair = len(before) > 1 and before[-2].code != last.code
    if pair and _TOGETHER.fullmatch(text, before[-2].end, last.start):
        return None
    return last


def _is_behind(text: str, end: int, named: Named) -> bool:
    """True for ``15/20 (năm 2023)``, not for ``15/20 (năm 2023 đạt 14/20)``."""
    if not _BEHIND.fullmatch(text, end, named.start):
        return False
    if text[named.start - 1] == "(":
        return text[named.end :].lstrip().startswith(")")
    return not _OPENS_OTHER.match(text, named.end)


def _is_closed(text: str) -> bool:
    """True behind a parenthesis that ended since: what it said is not of this figure."""
    opening, closing = text.find("("), text.find(")")
    return closing >= 0 and not 0 <= opening < closing


def named_periods(passage: Passage) -> tuple[Named, ...]:
    """The periods that ``passage`` names, without those to compare with and still to come."""
    return _named(passage.text)


# Asked for each figure of a passage.
@lru_cache(maxsize=16)
def _named(passage: str) -> tuple[Named, ...]:
    text = _DATES.sub(lambda hit: " " * len(hit[0]), plain(passage))
    found = []
    for hit in _PERIODS.finditer(text):
        before = text[max(0, hit.start() - _NEAR) : hit.start()]
        code = _code(hit)
        if code and not OTHER_PERIOD.search(before) and not re.search(
            r"phấn đấu|giai đoạn", before
        ):  # fmt: skip
            found.append(Named(code, hit[0], hit.start(), hit.end()))
    return tuple(found)


def _code(hit: re.Match[str]) -> str:
    if hit["months"]:
        return f"{hit['y1']}-{int(hit['months'])}m" if 1 <= int(hit["months"]) <= 12 else ""
    if hit["month"]:
        return f"{hit['y2']}-{int(hit['month']):02}" if 1 <= int(hit["month"]) <= 12 else ""
    if hit["quarter"]:
        return f"{hit['y3']}-Q{_QUARTERS.get(hit['quarter'], hit['quarter'])}"
    return str(hit["y4"])
