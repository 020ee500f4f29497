"""One spelling of a unit's name, where it is all there is to match by, and codes that are alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from simulator.readers.naming import CODE
from simulator.readers.records import Doubt, GroupRow, IndicatorRow

# A tone mark behind the second vowel of an open oa, oe or uy: hoá, Thuỷ (but quý).
LATE_TONE = re.compile(
    "(o(?=[ae])|(?<!q)u(?=y))([aey])([\u0300\u0301\u0303\u0309\u0323])(?![\\w\u0300-\u036f])", re.I
)


def unit_name(name: str | None) -> str | None:
    """A name as a key: single blanks, and one of the two places of tone marks (Thủy, not Thuỷ)."""
    text = " ".join((name or "").split())
    found = LATE_TONE.sub(r"\1\3\2", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", found) or None


def codes_alike(rows: Iterable[IndicatorRow | GroupRow]) -> list[Doubt]:
    """Doubts of two codes that differ only by zeros in front of their numbers: H44.1, H44.01."""
    first: dict[str, str] = {}
    found = {}
    for row in rows:
        code = row.unit.code
        if code and CODE.fullmatch(code):
            known = first.setdefault(re.sub(r"\.0+(?=\d)", ".", code), code)
            if known != code and code not in found:
                found[code] = Doubt("codes_alike", {"code": known, "other": code}, row.place)
    return list(found.values())
