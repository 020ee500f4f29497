"""What the columns of a table hold, by their headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from simulator.readers.publication.passages import plain
from simulator.readers.publication.words import NATIONAL, RATE_FACTS, group_labels, rate_label
from simulator.readers.records import TOTAL
from simulator.rules import Edition


class Kind(StrEnum):
    """How the figures of a column are read."""

    SCORE = "score"
    AVERAGE = "average"
    RATE = "rate"
    RATE_FACT = "rate fact"
    COUNT = "count"
    PAIR = "pair"
    RANK = "rank"
    OTHER = "other"


@dataclass(frozen=True)
class Column:
    """``code`` of a group, an indicator or a fact; "" where the row names it."""

    kind: Kind
    code: str = ""
    heading: str = ""


_OTHER = re.compile(r"xếp loại|ghi chú|tháng trước|kỳ trước|cùng kỳ|chênh lệch|tăng|giảm|so với")
_CERTIFIED = re.compile(r"chứng thực")
_COUNTS = (
    (re.compile(r"chưa triển khai"), Kind.COUNT, "CERTIFIED_COPY_UNITS_NOT_DEPLOYED"),
    (re.compile(r"đã triển khai"), Kind.PAIR, "ELECTRONIC_CERTIFIED_COPY"),
    (re.compile(r"số (?:lượng|hồ sơ).*"), Kind.COUNT, "CERTIFIED_COPIES"),
)


def column_of(heading: str, title: str, edition: Edition) -> Column | None:
    """The column under ``heading`` of a table under ``title``; None if it cannot be told."""
    words = plain(heading)
    is_rate = "tỷ lệ" in words or "%" in words
    if _OTHER.search(words):
        return Column(Kind.OTHER, heading=heading)
    if re.search(r"xếp hạng|thứ hạng|^hạng", words):
        return Column(Kind.RANK, heading=heading)
    counted = _counted(words, title, is_rate)
    if counted:
        return Column(*counted, heading=heading)
    if is_rate:
        return _rate(heading, words, edition)
    if NATIONAL.search(words):
        return Column(Kind.AVERAGE, heading=heading)
    labels = group_labels(words, edition)
    if labels:
        return Column(Kind.SCORE, labels[0].code, heading)
    return Column(Kind.SCORE, heading=heading) if words.startswith("điểm") else None


def _counted(words: str, title: str, is_rate: bool) -> tuple[Kind, str] | None:
    if is_rate:
        return None
    if re.search(r"quá hạn|trễ hạn", words):
        return Kind.COUNT, "OVERDUE"
    if _CERTIFIED.search(words) or _CERTIFIED.search(title):
        for pattern, kind, code in _COUNTS:
            if pattern.search(words):
                return kind, code
    return None


def _rate(heading: str, words: str, edition: Edition) -> Column | None:
    # A heading above several columns was run together with the one before it.
    label = rate_label(words.partition("%")[0] or words) or rate_label(words)
    if label is None:
        return None
    if label.code in RATE_FACTS:
        return Column(Kind.RATE_FACT, label.code, heading)
    return Column(Kind.RATE, label.code, heading) if label.code in edition.position else None


def total_if_unnamed(column: Column) -> str:
    """The group of a score column in a table of units: a plain "Điểm" is the total."""
    return column.code or TOTAL
