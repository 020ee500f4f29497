"""The annexes of an announcement: in the document, and as sheets of a workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from simulator.presentation.data_notes import data_notes, flag_words
from simulator.reports.announcement import annex_own, annex_units
from simulator.reports.announcement.cells import Column, Kind, Sheet
from simulator.reports.announcement.told import Told, told_of
from simulator.reports.announcement.words import publisher
from simulator.reports.announcement.written import roman, unit_name, without_codes
from simulator.reports.blocks import Annex, Block, Items, Paragraph
from simulator.reports.documents.lines import attached_to
from simulator.reports.sheet import Table
from simulator.reports.subject import Subject

NOTES = "notes"
# An announcement simulates nothing.
_SIMULATED = re.compile(r"; (?:kết quả mô phỏng|simulated results)\b[^.;]*")


@dataclass(frozen=True)
class Part:
    """One annex: ``number`` in Roman figures, and its table, whose title it has."""

    number: str
    sheet: Sheet


def annexes(told: Told, *, with_ways: bool = False) -> tuple[Part, ...]:
    """Those there are figures for, numbered without gaps; ``with_ways``: the last one tells, too,
    through whose hands the figures went."""
    sheets: list[Sheet | None] = [annex_own.groups(told), annex_own.indicators(told)]
    sheets += [annex_units.ranked(told, one) for one in told.lists if one.has_scores]
    sheets.append(annex_units.components(told) if told.lists else None)
    sheets.append(annex_units.ranked(told, told.provinces) if told.provinces else None)
    sheets.append(_notes(told, _ways(told) if with_ways else []))
    found = [sheet for sheet in sheets if sheet is not None]
    return tuple(Part(roman(number), sheet) for number, sheet in enumerate(found, start=1))


def number_of(parts: Sequence[Part], key: str) -> str:
    """The number of an annex; empty if there is none."""
    return next((part.number for part in parts if part.sheet.key == key), "")


def _ways(told: Told) -> list[str]:
    """Where figures were taken that were not read at their publisher's."""
    lists = (*told.lists, *([told.provinces] if told.provinces else []))
    used = [told.view.baseline, *(one.baseline for one in lists)]
    return [
        told.say("announcement.provenance", title=told.say.name(one.title), source=one.source)
        for one in {one.id: one for one in used}.values()
        if publisher(one, "vi") != one.source
    ]


def _notes(told: Told, more: Sequence[str]) -> Sheet | None:
    """What a reader must know of the figures, and ``more``."""
    say = told.say
    columns = (Column(say("announcement.column_note"), Kind.TEXT),)
    twice = _told_again(told)
    known = dict.fromkeys(
        _SIMULATED.sub("", without_codes(note))
        for note in data_notes(told.view, say)
        if note not in twice
    )
    rows = [(note,) for note in (*known, *more)]
    return Sheet(NOTES, say("announcement.annex_notes"), columns, rows) if rows else None


def _told_again(told: Told) -> set[str]:
    """Notes on indicators whose flag a note on all of the figures explains."""
    view, say = told.view, told.say
    whole = " ".join(say.name(note) for note in view.baseline.notes)
    return {
        f"{say.name(item.name)}: {flag_words(evidence.flag, say)}"
        for item, evidence in zip(view.edition.indicators, view.unit.evidence, strict=True)
        if evidence.flag and evidence.flag in whole
    }


def blocks(told: Told, parts: Sequence[Part], fields: Mapping[str, str]) -> list[Block]:
    """The annexes of the document; ``fields`` name the document they belong to."""
    say = told.say
    attached = Paragraph(attached_to(fields, unit_name(told.view.unit), say.language), is_note=True)
    found: list[Block] = []
    for part in parts:
        number, sheet = say("announcement.annex", number=part.number), part.sheet
        found += [Annex(number, sheet.title.upper(), sheet.is_wide), attached]
        # Sentences are read as lines, not in cells.
        lines = Items([str(row[0]) for row in sheet.rows])
        found.append(lines if sheet.key == NOTES else sheet.printed().grid(say))
    return found


def tables(subject: Subject) -> tuple[Table, ...]:
    """The annexes as sheets of a workbook, in their order."""
    told = told_of(subject)
    return tuple(_table(part, told) for part in annexes(told, with_ways=True))


def _table(part: Part, told: Told) -> Table:
    """A sheet with a short name; what its annex is called stands above its note."""
    say, sheet = told.say, part.sheet
    table = sheet.table(say)
    name = sheet.short or say(f"announcement.sheet_{sheet.key}")
    title = say("announcement.sheet", number=part.number, name=name)
    return replace(table, title=title, note=f"{sheet.title}. {table.note}".strip())
