"""What an office sets for its papers: letterheads and templates, checked before they are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from simulator.errors import DataError, Place
from simulator.store.records import check_text, digest, one_line

MOST_LETTERS = 120  # of a line
# Lines of each part of a letterhead.
MOST_LINES = {
    "parent": 3, "authority": 3, "place": 1, "symbol": 1, "on_behalf": 2, "office": 2,
    "signer": 1, "recipients": 20,
}  # fmt: skip
MOST_BYTES = 5 * 2**20  # of a template
_MOST_CODE = 200  # letters of what names a unit, a part, a language


@dataclass(frozen=True)
class KeptLetterhead:
    """The letterhead of a unit in one language.

    ``fields``: texts by the names of :data:`MOST_LINES`, lines with line feeds between them.
    """

    unit: str
    language: str
    fields: Mapping[str, str]
    set_at: datetime
    set_by: str


@dataclass(frozen=True)
class TemplateEntry:
    """An office's own template without its content; ``part``: the document it is for."""

    part: str
    language: str
    name: str
    sha256: str
    size: int
    set_at: datetime
    set_by: str


@dataclass(frozen=True)
class KeptTemplate:
    """An office's own template; ``content`` is the file as it was handed in."""

    entry: TemplateEntry
    content: bytes


def as_lines(text: str) -> str:
    """``text`` as it is kept: every line printable as one, none empty at the beginning or end."""
    return "\n".join(one_line(line) for line in text.splitlines()).strip("\n")


def letterhead_row(kept: KeptLetterhead) -> dict[str, Any]:
    """The columns of a letterhead; :class:`DataError` for what cannot be kept or printed."""
    if kept.fields.keys() != MOST_LINES.keys():
        raise ValueError(sorted(kept.fields))
    fields = {name: as_lines(kept.fields[name]) for name in MOST_LINES}
    check_letterhead(fields)
    return {
        "unit": check_code("unit", kept.unit),
        "language": check_code("language", kept.language),
        "fields": json.dumps(fields, ensure_ascii=False),
        "set_at": kept.set_at,
        "set_by": check_code("set_by", one_line(kept.set_by)),
    }


def check_letterhead(fields: Mapping[str, str]) -> None:
    """:class:`DataError` for a part that is too long, or without an authority."""
    for name, text in fields.items():
        _check_lines(name, text.splitlines())
    if not fields["authority"].strip():
        raise DataError("letterhead_without_authority")


def _check_lines(name: str, lines: list[str]) -> None:
    part, most = Place(f"letterhead_{name}"), MOST_LINES[name]
    if len(lines) > most:
        raise DataError("letterhead_lines", part=part, count=len(lines), most=most)
    for line in lines:
        check_text(name, line)
        if len(line) > MOST_LETTERS:
            raise DataError("letterhead_long", part=part, length=len(line), most=MOST_LETTERS)


def template_row(entry: TemplateEntry, content: bytes) -> dict[str, Any]:
    """The columns of a template; :class:`DataError` for one that is empty or too large."""
    check_size(entry.name, content)
    return {
        "part": check_code("part", entry.part),
        "language": check_code("language", entry.language),
        "name": check_code("name", one_line(entry.name)[:MOST_LETTERS]),
        "sha256": digest(content), "size": len(content), "content": content,
        "set_at": entry.set_at, "set_by": check_code("set_by", one_line(entry.set_by)),
    }  # fmt: skip


def check_size(name: str, content: bytes) -> None:
    """:class:`DataError` for a file that is empty or larger than is kept."""
    if not content:
        raise DataError("template_empty", file=name)
    if len(content) > MOST_BYTES:
        raise DataError("template_large", file=name, most=MOST_BYTES // 2**20)


def check_code(column: str, value: str) -> str:
    """``value`` if it is short enough and the store can hold it."""
    if len(value) > _MOST_CODE:
        raise DataError("store_text", column=column, value=ascii(value[:80]))
    return check_text(column, value)


def letterhead_of_row(row: Row[Any]) -> KeptLetterhead:
    """The letterhead in a row of the database."""
    return KeptLetterhead(row.unit, row.language, json.loads(row.fields), row.set_at, row.set_by)


def entry_of_row(row: Row[Any]) -> TemplateEntry:
    """The template in a row of the database, without its content."""
    return TemplateEntry(
        row.part, row.language, row.name, row.sha256, row.size, row.set_at, row.set_by
    )
