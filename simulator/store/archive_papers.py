"""Letterheads and templates as parts of a backup, and back into a store.

What the store has for a unit, or for a kind of document, stays: a backup only adds.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import Connection, insert, select

from simulator.errors import DataError
from simulator.store.archive_values import moment_of, text_of
from simulator.store.paper_records import (
    KeptLetterhead,
    KeptTemplate,
    TemplateEntry,
    entry_of_row,
    letterhead_of_row,
    letterhead_row,
    template_row,
)
from simulator.store.records import digest
from simulator.store.schema import document_templates, letterheads


@dataclass(frozen=True)
class Papers:
    """All of a store, or of a backup."""

    letterheads: tuple[KeptLetterhead, ...]
    templates: tuple[KeptTemplate, ...]

    @property
    def count(self) -> int:
        return len(self.letterheads) + len(self.templates)


def stored(connection: Connection) -> Papers:
    """What is there, in an order that does not depend on when it was set."""
    heads = select(letterheads).order_by(letterheads.c.unit, letterheads.c.language)
    order = document_templates.c.part, document_templates.c.language
    templates = select(document_templates).order_by(*order)
    return Papers(
        tuple(letterhead_of_row(row) for row in connection.execute(heads)),
        tuple(
            KeptTemplate(entry_of_row(row), _proved(row.content, row.sha256))
            for row in connection.execute(templates)
        ),
    )


def files(papers: Papers) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the files of a backup: each content once."""
    for sha256, content in {it.entry.sha256: it.content for it in papers.templates}.items():
        yield _file(sha256), content


def _file(sha256: str) -> str:
    return f"templates/{sha256}.docx"


def listed(papers: Papers) -> dict[str, list[dict[str, Any]]]:
    """What is written into the list of a backup."""
    return {
        "letterheads": [_listed(one) for one in papers.letterheads],
        "templates": [_listed(one.entry) for one in papers.templates],
    }


def _listed(one: KeptLetterhead | TemplateEntry) -> dict[str, Any]:
    return asdict(one) | {"set_at": one.set_at.isoformat()}


def taken_out(
    archive: zipfile.ZipFile,
    heads: Sequence[Mapping[str, Any]],
    templates: Sequence[Mapping[str, Any]],
) -> Papers:
    """The papers of a backup; any error if they are not what :func:`listed` wrote."""
    found = Papers(
        tuple(_letterhead(raw) for raw in heads),
        tuple(_template(archive, raw) for raw in templates),
    )
    keys = {(one.unit, one.language) for one in found.letterheads}
    keys |= {(one.entry.part, one.entry.language) for one in found.templates}
    if len(keys) != found.count:
        raise ValueError("letterheads, templates")
    return found


def _letterhead(raw: Mapping[str, Any]) -> KeptLetterhead:
    texts = {text_of(name): text_of(value) for name, value in raw["fields"].items()}
    one = KeptLetterhead(
        text_of(raw["unit"]), text_of(raw["language"]), texts, moment_of(raw["set_at"]),
        text_of(raw["set_by"]),
    )  # fmt: skip
    letterhead_row(one)
    return one


def _template(archive: zipfile.ZipFile, raw: Mapping[str, Any]) -> KeptTemplate:
    names = [item.name for item in fields(TemplateEntry) if item.name not in ("size", "set_at")]
    texts = {name: text_of(raw[name]) for name in names}
    content = _proved(archive.read(_file(texts["sha256"])), texts["sha256"])
    one = KeptTemplate(
        TemplateEntry(**texts, size=len(content), set_at=moment_of(raw["set_at"])), content
    )
    template_row(one.entry, content)
    return one


def _proved(content: bytes, sha256: str) -> bytes:
    if digest(content) != sha256:
        raise DataError("store_damaged", what=_file(sha256))
    return content


def restore(connection: Connection, brought: Papers) -> int:
    """Add what the store has nothing for; how many that were."""
    there = stored(connection)
    heads = {(one.unit, one.language) for one in there.letterheads}
    parts = {(one.entry.part, one.entry.language) for one in there.templates}
    new_heads = [one for one in brought.letterheads if (one.unit, one.language) not in heads]
    new_templates = [
        one for one in brought.templates if (one.entry.part, one.entry.language) not in parts
    ]
    for head in new_heads:
        connection.execute(insert(letterheads), letterhead_row(head))
    for one in new_templates:
        connection.execute(insert(document_templates), template_row(one.entry, one.content))
    return len(new_heads) + len(new_templates)
