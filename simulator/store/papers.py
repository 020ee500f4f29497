"""The office's own papers in the store: letterheads by unit, templates by kind of document.

One of each is in force. Who sets another one gets the one it took the place of, and the log tells
who did it; what was replaced is not kept, but is in earlier backups.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Delete, Table, and_, delete, insert, select

from simulator.errors import DataError
from simulator.store.engine import Database
from simulator.store.events import Action, note
from simulator.store.paper_records import (
    KeptLetterhead,
    KeptTemplate,
    TemplateEntry,
    entry_of_row,
    letterhead_of_row,
    letterhead_row,
    template_row,
)
from simulator.store.records import Actor, digest
from simulator.store.schema import document_templates, letterheads

ENTRY = [column for column in document_templates.c if column.name != "content"]


class Papers:
    """Letterheads and templates of one store; may be shared between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def letterhead(self, unit: str, language: str) -> KeptLetterhead | None:
        """What the office set for ``unit``; None if it set nothing."""
        with self._database.reading() as connection:
            return _letterhead(connection, unit, language)

    def set_letterhead(
        self, unit: str, language: str, fields: Mapping[str, str], by: Actor
    ) -> KeptLetterhead | None:
        """Keep ``fields``, and return what they take the place of.

        :class:`DataError` for a part that is too long, or without an authority.
        """
        new = KeptLetterhead(unit, language, fields, datetime.now(UTC), by.name)
        row = letterhead_row(new)
        with self._database.writing() as connection:
            before = _letterhead(connection, unit, language)
            connection.execute(_delete(letterheads, unit=unit, language=language))
            connection.execute(insert(letterheads), row)
            note(connection, Action.LETTERHEAD_SET, f"{unit} ({language})", by)
            return before

    def clear_letterhead(self, unit: str, language: str, by: Actor) -> KeptLetterhead | None:
        """Keep nothing for ``unit``, and return what was kept; None if nothing was."""
        with self._database.writing() as connection:
            before = _letterhead(connection, unit, language)
            if before is not None:
                connection.execute(_delete(letterheads, unit=unit, language=language))
                note(connection, Action.LETTERHEAD_CLEARED, f"{unit} ({language})", by)
            return before

    def template(self, part: str, language: str) -> KeptTemplate | None:
        """The office's own template; None if it has none.

        :class:`DataError` if it is not what was handed in.
        """
        at = _at(document_templates, part=part, language=language)
        with self._database.reading() as connection:
            row = connection.execute(select(document_templates).where(at)).one_or_none()
        if row is None:
            return None
        if digest(row.content) != row.sha256:
            raise DataError("store_damaged", what=row.name)
        return KeptTemplate(entry_of_row(row), row.content)

    def set_template(
        self, part: str, language: str, name: str, content: bytes, by: Actor
    ) -> TemplateEntry | None:
        """Keep the file ``name``, and return what it takes the place of.

        :class:`DataError` if it is empty or too large. Whether it is a template that can be
        filled is for the caller to check.
        """
        now = datetime.now(UTC)
        new = TemplateEntry(part, language, name, digest(content), len(content), now, by.name)
        row = template_row(new, content)
        with self._database.writing() as connection:
            before = _entry(connection, part, language)
            connection.execute(_delete(document_templates, part=part, language=language))
            connection.execute(insert(document_templates), row)
            change = f"{before.name} → {row['name']}" if before else row["name"]
            note(connection, Action.TEMPLATE_SET, f"{part} ({language}): {change}", by)
            return before

    def clear_template(self, part: str, language: str, by: Actor) -> TemplateEntry | None:
        """Use none of the office's own, and return what was kept; None if nothing was."""
        with self._database.writing() as connection:
            before = _entry(connection, part, language)
            if before is not None:
                connection.execute(_delete(document_templates, part=part, language=language))
                what = f"{part} ({language}): {before.name}"
                note(connection, Action.TEMPLATE_CLEARED, what, by)
            return before

    def listed(self) -> tuple[TemplateEntry, ...]:
        """All templates of the office, by part and language."""
        order = document_templates.c.part, document_templates.c.language
        with self._database.reading() as connection:
            rows = connection.execute(select(*ENTRY).order_by(*order))
            return tuple(entry_of_row(row) for row in rows)


def _at(table: Table, **key: str) -> ColumnElement[bool]:
    return and_(*(table.c[column] == value for column, value in key.items()))


def _delete(table: Table, **key: str) -> Delete:
    return delete(table).where(_at(table, **key))


def _letterhead(connection: Connection, unit: str, language: str) -> KeptLetterhead | None:
    query = select(letterheads).where(_at(letterheads, unit=unit, language=language))
    row = connection.execute(query).one_or_none()
    return None if row is None else letterhead_of_row(row)


def _entry(connection: Connection, part: str, language: str) -> TemplateEntry | None:
    query = select(*ENTRY).where(_at(document_templates, part=part, language=language))
    row = connection.execute(query).one_or_none()
    return None if row is None else entry_of_row(row)
