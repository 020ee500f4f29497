"""Units as publications name them: names, codes with slips, and joining both."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.readers.naming import CODE, level_of
from simulator.readers.records import UnitRef
from simulator.search import folded

UNNAMED = "don-vi"
# Also codes with a dot lost or a digit doubled.
CODE_LIKE = re.compile(r"(?<![\w.])(?:000[.\d]*\.?H\d{2}|H\d{2}(?:\.\d{1,3})*)(?![\w.]*\d)")
_KIND = r"tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu"
_UPPER = "A-ZĐÀ-ÝĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_WORD = rf"(?:[{_UPPER}][\w']*|\d{{1,2}}(?![\d/,.%]))"
_NAME = rf"{_WORD}(?: (?:- )?{_WORD}){{0,4}}"
_PLACE = re.compile(
    rf"(?P<office>(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân) )?"
    rf"(?<!\w)(?P<kind>(?i:{_KIND})) (?P<name>{_NAME})"
    rf"(?:\s*(?:,|-|–|thuộc|của)?\s*(?:huyện|tỉnh|thành phố) {_NAME})*"
)
_OFFICE = re.compile(
    rf"(?<!\w)(?<!Theo )(?<!theo )(?P<name>(?:Sở|Chi cục|Thanh tra|Phòng|Ban) [{_UPPER}]"
    r"[^,:;.()\d]*?)(?=\s+(?:đạt|có|với|là|được|chỉ|mới|xếp|đứng|đã|đang|còn|chưa|tiếp)\b|\s*[,:;.()\d]|\s*$)"
)
_AND = r"(?:\s*,\s*và\s+|\s*,\s*|\s+và\s+)"
_LISTED = rf"(?:(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân) )?(?:(?i:{_KIND}) )?{_NAME}"
_LISTS = re.compile(
    rf"(?<!\w)(?:(?P<kind>(?i:{_KIND})):? )?(?P<names>{_LISTED}(?:{_AND}{_LISTED})+)"
)
_LISTED_NAME = re.compile(
    rf"(?:(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân) )?(?:(?P<kind>(?i:{_KIND})) )?(?P<name>{_NAME})"
)
_OFFICES = r"(?:Sở|Chi cục|Thanh tra|Phòng|Ban) "
_OFFICE_LISTS = re.compile(
    rf"(?<!\w){_OFFICES}[{_UPPER}][\w ]{{1,60}}?(?:{_AND}{_OFFICES}[{_UPPER}][\w ]{{1,60}}?)+"
    r"(?=\s+(?:lần lượt|theo thứ tự|tương ứng|đạt|có|là|được)\b|\s*$)"
)
# What these report is of somebody else.
_SOURCE = re.compile(r"(?:báo cáo|số liệu|thống kê|đề nghị|tham mưu|tổng hợp) (?:của|từ)\s*$")
_COLLECTIVE = re.compile(
    r"(?:các|tất cả các)(?: cơ quan,?)?(?: đơn vị)?(?: các)? sở,? (?:ban,? )?ngành", re.IGNORECASE
)
_NOT_NAMES = {"UBND", "HĐND", "TTHC", "CCHC", "DVC", "DVCTT", "PAKN"}


@dataclass(frozen=True)
class Mention:
    """A unit named at ``[start, end)``."""

    unit: UnitRef
    start: int
    end: int


def mentions(text: str) -> list[Mention]:
    """Units named in ``text`` (a kind and a proper name, or the departments together)."""
    found = []
    for hit in _PLACE.finditer(text):
        words = hit["name"].split()
        is_numbered = words[0].isdigit() and hit["kind"].lower() != "phường"
        if words[0] not in _NOT_NAMES and not is_numbered:
            found.append(Mention(named(hit["kind"], hit["name"]), hit.start(), hit.end()))
    for hit in _OFFICE.finditer(text):
        if not _SOURCE.search(text, 0, hit.start()):
            found.append(Mention(unit_of_row(hit["name"], None), hit.start(), hit.end()))
    for hit in _COLLECTIVE.finditer(text):
        unit = UnitRef(None, "cac-so-nganh", "Các sở, ngành", "department")
        found.append(Mention(unit, hit.start(), hit.end()))
    return sorted(found, key=lambda mention: mention.start)


def listed_units(text: str, begin: int, end: int) -> list[UnitRef]:
    """The units of the last list of names in ``[begin, end)``: at least two, or none.

    A kind before the first name is that of all that have none.
    """
    part = text[begin:end]
    offices = list(_OFFICE_LISTS.finditer(part))
    if offices:
        names = re.split(rf"{_AND}(?={_OFFICES})", offices[-1][0])
        return [unit_of_row(name, None) for name in names]
    lists = list(_LISTS.finditer(part))
    if not lists:
        return []
    kind, found = lists[-1]["kind"], []
    for name in re.split(_AND, lists[-1]["names"]):
        hit = _LISTED_NAME.fullmatch(name)
        if hit is None or hit["name"].split()[0] in _NOT_NAMES:
            return []
        kind = hit["kind"] or kind
        shown = hit["name"]
        found.append(named(kind, shown) if kind else UnitRef(None, slug(shown), shown))
    return found


def named(kind: str, name: str) -> UnitRef:
    """The unit of a kind (huyện) with a proper name (Na Rì)."""
    shown = f"{kind[0].upper()}{kind[1:].lower()} {name.title() if name.isupper() else name}"
    return UnitRef(None, slug(shown), shown, level_of("", None, shown))


def unit_of_row(name: str, code: str | None) -> UnitRef:
    """A unit from a table; its level from the first words of its name."""
    cleaned = " ".join(name.split())
    shown = re.sub(r"^(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân) ", "", cleaned).lower()
    level = "department" if "cơ quan chuyên môn" in shown else level_of("", None, cleaned)
    return UnitRef(
        code,
        None if code else slug(re.sub(r"\s+-\s+(?:tỉnh|thành phố)\s.*$", "", shown)),
        cleaned or None,
        level,
    )


def slug(name: str) -> str:
    """``Tỉnh Bình Thuận`` as ``tinh-binh-thuan``."""
    return re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-") or UNNAMED


def name_key(name: str) -> str:
    """What two spellings of one name share: case, office, province and place of tone marks aside.

    Tone marks stay, behind their word: Thuỷ and Thủy are one name, Phú and Phù are two.
    """
    text = re.sub(r"\s+-\s+(?:tỉnh|thành phố)\s.*$", "", " ".join(name.lower().split()))
    text = re.sub(r"^(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân) ", "", text)
    return " ".join(_tones_last(word) for word in text.split())


def _tones_last(word: str) -> str:
    tones = "\u0300\u0301\u0303\u0309\u0323"
    letters = unicodedata.normalize("NFD", word)
    kept = "".join(char for char in letters if char not in tones)
    return unicodedata.normalize("NFC", kept) + "".join(c for c in letters if c in tones)


def mended_code(code: str, others: Sequence[str]) -> str | None:
    """``code`` with its slip taken out, from what the codes of the same table share.

    ``000.25.331H53`` among ``000.NN.31.H53`` is ``000.25.31.H53``; None if they do not tell.
    """
    ends = {tuple(other.split(".")[2:]) for other in others if CODE.fullmatch(other)}
    if len(ends) != 1:
        return None
    end = next(iter(ends))
    start = re.match(r"000\.(\d{2,3})\.?", code)
    rest = code[start.end() :] if start else ""
    if not start or not _is_slip(rest.replace(".", ""), "".join(end)):
        return None
    mended = ".".join(("000", start[1], *end))
    return None if mended in others else mended


def _is_slip(found: str, right: str) -> bool:
    """True if ``found`` has one character more, one less, or just lost its dots."""
    longer, shorter = (found, right) if len(found) >= len(right) else (right, found)
    if found == right:
        return True
    cut = {longer[:k] + longer[k + 1 :] for k in range(len(longer))}
    return len(longer) - len(shorter) == 1 and shorter in cut
