"""Points that were lost, are missing or were not reached, changes and ranges: no scores."""

from __future__ import annotations

import re

from simulator.readers.publication.figures import NUMBER
from simulator.readers.publication.gathering import Gathering
from simulator.readers.publication.passages import Passage

# Words before a figure are looked at up to this length.
_NEAR = 160
_FILL = r"(?:\s|(?:đi|mất|thêm|được|tới|đến|khoảng|gần|hơn|mức|mốc|số|điểm|tối đa|là)(?!\w))*"
_LOSS = r"(?:mất|thiếu(?: hụt)?|hụt|trừ|(?:chưa|không)(?: còn)? (?:đạt|được|bằng))"
# Right before a figure.
_LOST = re.compile(rf"(?<!\w)(?:{_LOSS}|giảm|tăng|kém){_FILL}$|(?<!\w)(?:mất|thiếu|hụt|trừ):\s*$")
# Farther before it, or a loss before another one: it may be lost or not.
_MAYBE = re.compile(
    r"(?<!\w)(?:điểm (?:còn |bị )*(?:mất|thiếu|hụt|trừ|chưa đạt|không đạt)"
    r"|(?:mất|thiếu|hụt|trừ)(?: nhiều| số)? điểm|(?:chưa|không) đạt:"
    rf"|{_LOSS}{_FILL}{NUMBER}\s*/)(?P<since>.*)$"
)
# After a loss: what follows is reached.
_REACHED = re.compile(r"(?<!chưa )(?<!không )(?<!\w)(?:đạt|chỉ|lên|xuống|còn(?! thiếu))(?!\w)|\)")
_MINUS = re.compile(r"−\s*$|(?:^|[\s:(,])[-–]$")
_SURE_MINUS = re.compile(r"−\s*$|[:(,]\s*[-–]$")
_OF = r"\s*(?:/\s*\d{1,3})?\s*(?:điểm|đ|%)?\s*"
_RANGE = re.compile(
    rf"(?:(?<!\w)từ\s*(?:mức\s*)?{NUMBER}{_OF}(?:lên|xuống|còn)|(?<![\d.,/])(?<!nhóm )(?<!mục )"
    rf"(?<!tiêu chí )(?<!chỉ số ){NUMBER}{_OF}(?:[-–—~]|đến|tới))(?: đến| tới)?\s*$"
)
_RISEN = re.compile(
    rf"(?<!\w)(?:tăng|giảm|nâng|hạ)(?: điểm)? từ\s*(?:mức\s*)?{NUMBER}[^;.:]{{0,40}}?"
    r"(?<!\w)(?:lên|xuống|còn)(?: còn| thành| mức)*\s*$"
)


def has_risen(before: str) -> bool:
    """True behind ``tăng từ 70 lên``: the figure that follows is the one reached."""
    return bool(_RISEN.search(before[-_NEAR:]))


def is_no_score(
    passage: Passage, begin: int, since: int, start: int, end: int, found: Gathering
) -> bool:
    """True if the score at ``[start, end)`` was lost, not reached or is the end of a range.

    ``begin``: of its sentence, ``since``: the end of the score before. Says so, or asks.
    """
    place = passage.place(max(since, start - 60), end)
    before = passage.plain[max(begin, start - _NEAR) : start]
    if _LOST.search(before) or _SURE_MINUS.search(before):
        found.doubt("loss_not_read", place)
        return True
    near = passage.plain[max(since, start - _NEAR) : start]
    if _RANGE.search(near) and not _RISEN.search(near):
        found.problem("publication_range", place)
        return True
    maybe = _MAYBE.search(near)
    if _MINUS.search(before) or (maybe and not _REACHED.search(maybe["since"])):
        found.problem("publication_score_or_loss", place)
        return True
    return False


def is_no_rate(passage: Passage, begin: int, start: int, end: int, found: Gathering) -> bool:
    """The same of a rate; nothing is asked, it is told that it was left aside."""
    before = passage.plain[max(begin, start - _NEAR) : start]
    if _LOST.search(before) or _SURE_MINUS.search(before):
        found.doubt("loss_not_read", passage.place(start - 60, end))
        return True
    if _RANGE.search(before) and not _RISEN.search(before):
        found.doubt("bound_not_read", passage.place(start - 60, end))
        return True
    return False
