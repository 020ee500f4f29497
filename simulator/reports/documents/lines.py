"""What stands around the body of a document, as Decree 30/2020/NĐ-CP heads and ends it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from simulator.reports.letterhead import in_a_sentence
from simulator.reports.order import Letterhead
from simulator.text import say

# In place of a number that the records office gives later.
OPEN_NUMBER = "......"


class Kind(StrEnum):
    """What kind of document it is; its name and its abbreviation are in the catalogue."""

    PLAN = "plan"
    REPORT = "report"
    ANNOUNCEMENT = "announcement"
    SUMMARY = "summary"


def letterhead_fields(
    letterhead: Letterhead, day: date, language: str, kind: Kind
) -> dict[str, str]:
    """All single tags but ``trich_yeu``, what the document is about."""
    return {
        "quoc_hieu": say(language, "document.nation"),
        "tieu_ngu": say(language, "document.motto"),
        "co_quan_cap_tren": letterhead.parent,
        "co_quan": letterhead.authority,
        "so_ky_hieu": _number(letterhead, kind, language),
        "dia_danh_ngay": say(
            language, "document.place_and_day", place=letterhead.place, **_day(day, language)
        ),
        "ngay": _day(day, language)["day"],
        "thang": _day(day, language)["month"],
        "nam": str(day.year),
        "ten_loai": say(language, f"document.kind_{kind}"),
        "thay_mat": letterhead.on_behalf,
        "chuc_vu": letterhead.office,
        "nguoi_ky": letterhead.signer,
    }


def recipients(letterhead: Letterhead, language: str) -> tuple[str, ...]:
    """Lines of *Nơi nhận*, the file copy last."""
    return (*letterhead.recipients, say(language, "document.file_copy"))


def attached_to(fields: Mapping[str, str], unit: str, language: str) -> str:
    """``(Kèm theo Kế hoạch số ... ngày ... của ...)``: the line below the title of an annex.

    ``unit``: the name of the unit, whose letters those of the heading's capitals are.
    """
    number = OPEN_NUMBER + fields["so_ky_hieu"].split(":", 1)[-1].strip()
    return say(
        language, "document.attached_to", kind=fields["ten_loai"].capitalize(), number=number,
        day=fields["ngay"], month=fields["thang"], year=fields["nam"],
        authority=in_a_sentence(fields["co_quan"], unit, language),
    )  # fmt: skip


def _number(letterhead: Letterhead, kind: Kind, language: str) -> str:
    """Room for the number; a page for a meeting is signed by nobody and gets none."""
    if kind is Kind.SUMMARY:
        return say(language, "document.for_meeting")
    symbol = f"{say(language, f'document.symbol_{kind}')}-{letterhead.symbol}"
    return say(language, "document.number", symbol=symbol)


def _day(day: date, language: str) -> dict[str, str]:
    """Days below 10 and January, February with a nought before them; names of months in English."""
    name = say(language, f"document.month_{day.month}")
    two = language == "vi"
    return {"day": f"{day.day:02d}" if two else str(day.day), "month": name, "year": str(day.year)}
