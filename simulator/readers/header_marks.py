"""What stands beside the name in the header of a column: brackets, and words of other figures.

All texts are folded (:func:`simulator.search.folded`).
"""

from __future__ import annotations

import re

# What brackets may hold without changing what the column means: a maximum or a unit of measure.
HARMLESS = re.compile(
    r"(?:/|toi da|max|at most|thang|thang diem)?\s?\d{1,3}\s?(?:d|diem|points?|%)?"
    r"|(?:don vi tinh|dvt)?:?\s?(?:%|phan tram|percent|ty le %|diem|diem so|points?|d|ho so"
    r"|dossiers?|thu tuc|tthc|truong hop|luot|phan anh|pakn)?"
    r"|(?:diem )?(?:dat|dat duoc|thuc hien|ket qua)"
)
# Figures that were to be reached or are of another time.
OTHER = re.compile(
    r"\b(?:chi tieu (?:duoc |da )?giao|ke hoach|muc tieu|nam (?:\d{4}|truoc|ngoai)"
    r"|(?:ky|thang|quy) truoc|cung ky|targets?|plan|planned|(?:last|previous) (?:year|period)"
    r"|year \d{4})\b"
)


def without_brackets(text: str) -> str:
    """``text`` without the brackets at its end, in one pass over it."""
    bare = text.rstrip()
    if not bare.endswith((")", "]")):
        return text
    start = max(bare.rfind(mark, 0, len(bare) - 1) for mark in ")]") + 1
    found = [k for k in (bare.find(mark, start) for mark in "([") if k >= 0]
    return bare[: min(found)].rstrip() if found else text


def brackets_of(text: str) -> list[str]:
    """What stands in each pair of brackets of ``text``."""
    return [" ".join(part.split()) for part in re.findall(r"[(\[]([^()\[\]]*)[)\]]", text)]


def tells_other(text: str) -> bool:
    """True if words say that these are planned figures or those of another time."""
    return OTHER.search(text) is not None
