"""What the columns of tables are called, by meaning: the portal's keys and common wordings.

All names are folded: lower case, without diacritics (:func:`simulator.search.folded`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.readers.header_marks import without_brackets
from simulator.readers.records import TOTAL
from simulator.search import folded

# The first of a meaning's names that a table has is taken.
PLAIN: Mapping[str, tuple[str, ...]] = {
    "unit": ("department_code", "unit_code", "unit", "ma don vi", "ma co quan", "ma dinh danh",
             "ma"),
    "id": ("department_id", "unit_id", "portal_id"),
    "name": ("department_name", "unit_name", "name", "ten don vi", "ten co quan", "don vi",
             "co quan", "co quan, don vi", "dia phuong", "tinh, thanh pho", "ten"),
    "code": ("code", "indicator", "indicator_code", "ma chi tieu", "chi tieu"),
    "numerator": ("numerator", "tu so"),
    "denominator": ("denominator", "mau so"),
    "score": ("score", "points", "published", "diem"),
    "group": ("group", "nhom"),
    "flag": ("quality_flag", "data_quality_status", "flag"),
    "level": ("level", "child_group", "cap", "cap don vi", "loai don vi"),
    TOTAL: ("total_score", "total", "total_100", "tong_score", "tong diem", "tong so diem",
            "diem tong", "tong", "tong cong", "tong diem 766"),
    "number": ("tt", "stt", "so tt", "so thu tu", "no", "#"),
    "rank": ("row_stt", "rank", "hang", "xep hang", "thu hang", "vi thu", "thu tu xep hang"),
    "national": ("national_average", "binh quan ca nuoc", "trung binh ca nuoc", "ca nuoc",
                 "toan quoc", "mat bang chung", "mat bang chung cua ca nuoc"),
    "ignore": ("ghi chu", "note", "notes", "xep loai", "class"),
}  # fmt: skip
GROUPS: Mapping[str, tuple[str, ...]] = {
    "CKMB": ("cong khai minh bach", "muc do cong khai minh bach", "transparency", "openness"),
    "TDGQ": ("tien do", "tien do giai quyet ho so", "tien do ket qua giai quyet",
             "ket qua giai quyet", "giai quyet ho so", "progress"),
    "ONLINE": ("dvctt", "dich vu cong truc tuyen", "dvc truc tuyen", "dich vu truc tuyen",
               "cung cap dich vu truc tuyen", "cung cap dich vu cong truc tuyen",
               "cung cap dvctt", "online service"),
    "TTTT": ("thanh toan", "thanh toan truc tuyen", "payment"),
    "MDSH": ("so hoa", "so hoa ho so", "muc do so hoa", "muc do so hoa ho so",
             "so hoa ho so tthc", "digitization"),
    "MDHL": ("hai long", "muc do hai long", "muc do hai long cua nguoi dan doanh nghiep",
             "su hai long"),
}  # fmt: skip
INDICATORS: Mapping[str, tuple[str, ...]] = {
    "ON_TIME": ("dung han", "giai quyet dung han", "ho so dung han", "truoc va dung han"),
    "ONLINE_SUBMISSION": ("nop truc tuyen", "nop ho so truc tuyen", "ho so truc tuyen"),
    "DOSSIER_SYNC": ("dong bo", "dong bo ho so", "ho so dong bo"),
    "ORIGINAL_RESULT_AVAILABLE": ("ket qua dien tu", "cap ket qua dien tu"),
    "REUSED_DIGITIZED_DATA": ("tai su dung", "tai su dung du lieu so hoa"),
    "PAY_DOSSIER": ("ho so thanh toan truc tuyen",),
}
# Words that say what of an indicator or group a column holds, in front of or behind its name.
KINDS: Mapping[str, tuple[str, ...]] = {
    "numerator": ("tu so", "numerator"),
    "denominator": ("mau so", "denominator"),
    "rate": ("ty le", "ti le", "rate"),
    "points": ("diem so", "diem", "score", "points"),
}
MAXIMUM = re.compile(r"\(\s*(?:/|toi da|max|at most)?\s*(\d{1,3})\s*(?:d|diem|points?)?\s*\)|"
                     r"/\s*(\d{1,3})\s*(?:d|diem)?\s*$|_(\d{1,3})\s*$")  # fmt: skip
FILLERS = ("nhom chi so ", "chi so ", "nhom ", "ve ", "of ", "cua ")


@dataclass(frozen=True)
class Words:
    """A header taken apart.

    ``kind``: a key of :data:`KINDS` or None. ``name``: the rest without brackets and marks, and
    ``whole`` the same with the words of the kind. ``maximum``: points the header declares.
    ``is_percent``: it bears a percent sign.
    """

    kind: str | None
    name: str
    whole: str
    maximum: int | None
    is_percent: bool


def words_of(header: str) -> Words:
    """Take a header apart: ``Điểm số hóa hồ sơ (22)`` is points of "so hoa ho so", at most 22."""
    text = folded(header)
    found = MAXIMUM.search(text)
    declared = next((int(part) for part in found.groups() if part), None) if found else None
    name = whole = plain(MAXIMUM.sub("", text))
    kind = None
    for candidate, names in KINDS.items():
        for word in names:
            # "Điểm số hóa hồ sơ" is "điểm" of "số hóa hồ sơ".
            is_cut = word == "diem so" and name.startswith("diem so hoa")
            rest = None if is_cut else _without(name, word)
            if rest is not None and kind is None:
                kind, name = candidate, rest
    return Words(kind, name, whole, declared, "%" in text)


def plain(text: str) -> str:
    """A folded text without what stands in brackets behind it, without marks and fillers."""
    text = without_brackets(text)
    text = " ".join(re.sub(r"[^\w#]+|_", " ", text).split())
    for filler in FILLERS:
        text = text.removeprefix(filler)
    return text


def _without(name: str, word: str) -> str | None:
    """``name`` without ``word`` in front or behind; None if it is at neither end."""
    if name == word:
        return ""
    if name.startswith(f"{word} "):
        rest = name[len(word) + 1 :]
        for filler in FILLERS:
            rest = rest.removeprefix(filler)
        return rest
    return name[: -len(word) - 1] if name.endswith(f" {word}") else None
