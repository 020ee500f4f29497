"""Which period a publication says its figures are of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simulator.readers.publication.passages import Passage, plain
from simulator.readers.publication.words import OTHER_PERIOD

_DATES = re.compile(
    r"\d{1,2}[/-]\d{1,2}[/-]\d{4}|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|\d+/\d{4}/[a-zđ]\S*"
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


def period_of_text(passages: Sequence[Passage], line: int) -> str:
    """The one period named where the first score stands (``line``), else above it.

    A code such as ``2023-02`` or ``2023-10m``; empty if none or more than one is named.
    """
    above = [one for one in passages if one.starts[0][1] <= line]
    for part in (above[-1:], above[:-1]):
        found = {code for passage in part for code in _periods(plain(passage.text))}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def _periods(text: str) -> set[str]:
    text = _DATES.sub(" ", text)
    found = set()
    for hit in _PERIODS.finditer(text):
        before = text[max(0, hit.start() - _NEAR) : hit.start()]
        if not OTHER_PERIOD.search(before) and not re.search(r"phấn đấu|giai đoạn", before):
            found.add(_code(hit))
    return found - {""}


def _code(hit: re.Match[str]) -> str:
    if hit["months"]:
        return f"{hit['y1']}-{int(hit['months'])}m" if 1 <= int(hit["months"]) <= 12 else ""
    if hit["month"]:
        return f"{hit['y2']}-{int(hit['month']):02}" if 1 <= int(hit["month"]) <= 12 else ""
    if hit["quarter"]:
        return f"{hit['y3']}-Q{_QUARTERS.get(hit['quarter'], hit['quarter'])}"
    return str(hit["y4"])
