"""The announcement of a period's results: what its document says, section by section."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from simulator.presentation.speech import Speech
from simulator.reports.announcement import annexes
from simulator.reports.announcement.group_results import groups
from simulator.reports.announcement.requests import requests
from simulator.reports.announcement.result import bases, overall
from simulator.reports.announcement.strengths import strong_and_weak
from simulator.reports.announcement.told import told_of
from simulator.reports.announcement.units import units
from simulator.reports.announcement.words import period
from simulator.reports.announcement.written import roman, unit_name
from simulator.reports.blocks import Block, Content, Heading, Paragraph
from simulator.reports.documents.lines import Kind, letterhead_fields, recipients
from simulator.reports.documents.tags import sections_of
from simulator.reports.order import Letterhead, Part
from simulator.reports.subject import Subject

SECTIONS = sections_of(Part.ANNOUNCEMENT)
_HEADINGS = {
    "ket_qua_chung": "result", "nhom_chi_so": "groups", "uu_diem_han_che": "points",
    "don_vi_truc_thuoc": "units", "yeu_cau": "requests",
}  # fmt: skip


def announcement(subject: Subject, letterhead: Letterhead, day: date) -> Content:
    """The results of the subject's unit as published; nothing of its scenario."""
    told = told_of(subject)
    say = told.say
    fields = letterhead_fields(letterhead, day, subject.language, Kind.ANNOUNCEMENT)
    parts = annexes.annexes(told)
    written: dict[str, list[Block]] = {
        "can_cu": bases(told),
        "ket_qua_chung": overall(told),
        "nhom_chi_so": _with(groups(told), _see(say, parts, "groups")),
        "uu_diem_han_che": _with(strong_and_weak(told), _see(say, parts, "indicators")),
        "don_vi_truc_thuoc": units(told, annexes.number_of(parts, "components")),
        "yeu_cau": requests(told),
        "phu_luc": annexes.blocks(told, parts, fields),
    }
    abstract = say("announcement.abstract", period=period(told), unit=unit_name(told.view.unit))
    headed = [name for name in _HEADINGS if written[name]]
    for number, name in enumerate(headed, start=1):
        title = say(f"announcement.heading_{_HEADINGS[name]}")
        written[name].insert(0, Heading(f"{roman(number)}. {title}"))
    return Content(
        {**fields, "trich_yeu": abstract},
        {name: written[name] for name in SECTIONS},
        {"noi_nhan": recipients(letterhead, subject.language)},
    )


def _with(blocks: list[Block], more: list[Block]) -> list[Block]:
    """``blocks`` and ``more``; none where there are no blocks to add to."""
    return [*blocks, *more] if blocks else []


def _see(say: Speech, parts: Sequence[annexes.Part], key: str) -> list[Block]:
    """Where an annex tells more."""
    number = annexes.number_of(parts, key)
    return [Paragraph(say("announcement.see_annex", number=number), is_note=True)] if number else []
