"""Several files given at once, by name and content, with what a person said of their columns."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from simulator.errors import DataError
from simulator.readers import joined, read_bytes
from simulator.readers.outline import Outline, outline, sheets_of
from simulator.readers.records import Reading, one_line
from simulator.readers.table import read_sheet
from simulator.readers.text_files import is_prose
from simulator.readers.texts import text_of
from simulator.readers.workbook import read_workbook
from simulator.readers.workbook_bounds import ENDINGS
from simulator.rule_files import load_edition
from simulator.rules import Edition

Files = list[tuple[str, bytes]]
# (file, sheet or "") -> (column from 0, meaning); hashable, so that readings can be remembered.
Choices = dict[tuple[str, str], tuple[tuple[int, str], ...]]
TABLES = (".csv", ".tsv", ".txt", *ENDINGS)
NEWEST = "2026-portal"


def outlines(files: Sequence[tuple[str, bytes]], edition: Edition) -> list[Outline]:
    """Every table among the files; one that cannot be opened is told by reading it."""
    found: list[Outline] = []
    for file, content in files:
        if Path(file).suffix.lower() not in TABLES or is_publication(file, content):
            continue
        with suppress(DataError):
            found += outline(content, file, edition)
    return found


def is_publication(file: str, content: bytes) -> bool:
    """True for a text that is an announcement in words."""
    if Path(file).suffix.lower() != ".txt":
        return False
    try:
        return is_prose(text_of(content, one_line(file)), load_edition(NEWEST))
    except DataError:
        return False


def read_contents(
    files: Sequence[tuple[str, bytes]], edition: Edition, choices: Choices
) -> Reading:
    """Read and join all files; the columns named in ``choices`` mean what a person said."""
    readings, problems = [], []
    for file, content in files:
        try:
            readings.append(_read(file, content, edition, choices))
        except DataError as problem:
            problems.append(problem)
    reading = joined(readings, edition)
    found = (*problems, *reading.problems)
    if not reading.rows and not reading.groups and not found:
        names = ", ".join(one_line(file) for file, _ in files)
        found = (DataError("input_without_units", files=names),)
    return replace(reading, problems=found)


def _read(file: str, content: bytes, edition: Edition, choices: Choices) -> Reading:
    chosen = {sheet: dict(columns) for (of, sheet), columns in choices.items() if of == file}
    if not chosen:
        return read_bytes(content, file, edition)
    if Path(file).suffix.lower() in ENDINGS:
        return read_workbook(content, one_line(file), edition, chosen)
    [sheet] = sheets_of(content, file, edition)
    return read_sheet(sheet, edition, chosen[""])
