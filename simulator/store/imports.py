"""The store of figures, scenarios and papers: every operation is one transaction of its own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection

import simulator.store.archive as archive
import simulator.store.reading as reading
import simulator.store.writing as writing
from simulator.imports import Tables
from simulator.store.engine import Database
from simulator.store.events import Action, Event, newest, note
from simulator.store.location import shown, store_url
from simulator.store.packed import each_row
from simulator.store.papers import Papers
from simulator.store.pin import Pin
from simulator.store.records import (
    Actor,
    Amounts,
    Entry,
    NewImport,
    Outcome,
    Restored,
    UnitFigures,
)
from simulator.store.scenarios import Scenarios
from simulator.store.schema import imports

NOBODY = Actor()


class Store:
    """Imported figures with their history and the files they came from.

    May be shared between threads. Every method raises :class:`DataError` if the database
    cannot be used, or for an id it does not have.
    """

    def __init__(self, url: str) -> None:
        """Open the store at ``url``, creating and migrating what is needed."""
        self._database = Database(url)
        self.scenarios = Scenarios(self._database)
        self.papers = Papers(self._database)
        self.pin = Pin(self._database)

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()

    @property
    def location(self) -> str:
        """Where it lies, for people: a path, or a URL without its password."""
        return shown(self._database.url)

    def add(self, new: NewImport, client: str = "") -> tuple[str, Outcome]:
        """The id of ``new`` and whether it was new, known, or deleted and is back.

        Known figures are left as they are: neither their name nor their files change.
        """
        prepared = writing.prepare(new)
        with self._database.writing() as connection:
            before = reading.version(connection)
            outcome = writing.add(connection, prepared)
            if reading.version(connection) != before:
                by = Actor(new.imported_by, client)
                self._note(connection, Action.FIGURES_IMPORTED, prepared.id, by)
            return prepared.id, outcome

    def entries(self, deleted: bool = False) -> tuple[Entry, ...]:
        """The imports in use, or the deleted ones; newest capture first, then newest import."""
        when = imports.c.deleted_at
        with self._database.reading() as connection:
            return reading.entries(connection, when.is_not(None) if deleted else when.is_(None))

    def entry(self, import_id: str) -> Entry | None:
        """One import, also a deleted one; None if there is none of that id."""
        with self._database.reading() as connection:
            return next(iter(reading.entries(connection, imports.c.id == import_id)), None)

    def with_file(self, sha256: str) -> tuple[Entry, ...]:
        """The imports, also deleted ones, that came from the file with this digest."""
        with self._database.reading() as connection:
            return reading.entries(connection, reading.of_file(sha256))

    def tables(self, import_id: str) -> Tables:
        """Rows by kind, exactly as they were added."""
        with self._database.reading() as connection:
            return reading.tables(connection, import_id)

    def baseline_tables(self, import_id: str) -> dict[str, Iterable[dict[str, Any]]]:
        """Like :meth:`tables`, but only the units at once: the others can be gone through once."""
        with self._database.reading() as connection:
            packed = reading.packed_tables(connection, import_id)
        found: dict[str, Iterable[dict[str, Any]]] = {
            kind: each_row(kind, content) for kind, content in packed.items()
        }
        return found | {"units": list(found["units"])}

    def holding(self, unit: str) -> tuple[UnitFigures, ...]:
        """The unit in every import that is not deleted, newest capture first."""
        with self._database.reading() as connection:
            return reading.holding(connection, unit)

    def content(self, sha256: str) -> bytes:
        """A file byte for byte; :class:`DataError` if it is not what was handed in."""
        with self._database.reading() as connection:
            return reading.content(connection, sha256)

    def version(self) -> int:
        """A number that grows with every change by any process."""
        with self._database.reading() as connection:
            return reading.version(connection)

    def delete(self, import_id: str, by: Actor = NOBODY) -> None:
        """Take an import out of the lists; :meth:`undelete` brings it back at any time."""
        with self._database.writing() as connection:
            writing.mark_deleted(connection, import_id)
            self._note(connection, Action.FIGURES_DELETED, import_id, by)

    def undelete(self, import_id: str, by: Actor = NOBODY) -> None:
        """Bring a deleted import back."""
        with self._database.writing() as connection:
            writing.undelete(connection, import_id)
            self._note(connection, Action.FIGURES_UNDELETED, import_id, by)

    def purge(self, import_id: str, by: Actor = NOBODY) -> None:
        """Remove a deleted import for good, with originals no other import came from."""
        with self._database.writing() as connection:
            self._note(connection, Action.FIGURES_PURGED, import_id, by)
            writing.purge(connection, import_id)

    def rename(self, import_id: str, name: str, by: Actor = NOBODY) -> None:
        """Give an import another name."""
        with self._database.writing() as connection:
            before = reading.entries(connection, imports.c.id == import_id)
            writing.rename(connection, import_id, name)
            note(connection, Action.FIGURES_RENAMED, f"{before[0].name} → {name}", by)

    def events(self, most: int = 100) -> tuple[Event, ...]:
        """Who did what, at most so many, the newest first."""
        with self._database.reading() as connection:
            return newest(connection, most)

    def _note(self, connection: Connection, action: Action, import_id: str, by: Actor) -> None:
        found = reading.entries(connection, imports.c.id == import_id)
        note(connection, action, found[0].name if found else import_id, by)

    def backup(self, path: Path) -> Amounts:
        """Write everything but the PIN, also what is deleted, into the ZIP file ``path``."""
        with self._database.reading() as connection:
            return archive.backup(connection, path)

    def restore(self, path: Path, by: Actor = NOBODY) -> Restored:
        """Add what a backup holds and the store does not.

        What is there stays as it is; a scenario that is there gets the versions it lacks. Any
        fault of the file: nothing is added.
        """
        with archive.opened(path) as parts, self._database.writing() as connection:
            done = archive.restore(connection, parts)
            if done.added.figures or done.added.versions or done.added.papers:
                note(connection, Action.BACKUP_RESTORED, path.name, by)
            return done


_opened: dict[str, Store] = {}
_opening = Lock()


def open_store(url: str | None = None) -> Store:
    """The store at ``url``, by default the one the environment names; opened once per process."""
    key = url or store_url()
    with _opening:
        if key not in _opened:
            _opened[key] = Store(key)
        return _opened[key]
